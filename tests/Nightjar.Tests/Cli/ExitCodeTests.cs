using Nightjar.Tests.House;
using Xunit;

namespace Nightjar.Tests.Cli;

/// <summary>The exit codes of the contract, through the program's own entry.</summary>
public sealed class ExitCodeTests
{
    private static readonly string Fleet = Path.Combine(Repository.Root, "samples", "fleet");

    [Theory]
    [InlineData(0, "--help")]
    [InlineData(0, "analytics", "list")]
    [InlineData(0, "analytics", "show", "AN1848")]
    [InlineData(0, "analytics", "lint")]
    [InlineData(0, "sources")]
    [InlineData(3)]
    [InlineData(3, "scan")]
    [InlineData(3, "nosuch")]
    [InlineData(3, "scan", "x", "--fail-on", "everything")]
    [InlineData(3, "scan", "x", "--since", "yesterday")]
    [InlineData(3, "scan", "x", "--analytics", "AN9999")]
    [InlineData(3, "scan", "x", "--device-map", "/no/such/map.csv")]
    [InlineData(3, "analytics", "show", "AN9999")]
    [InlineData(3, "explain", "abc", "--in", "/no/such/folder")]
    [InlineData(4, "scan", "/no/such/file")]
    public void A_command_ends_with_the_code_of_the_contract(int code, params string[] args) => Assert.Equal(code, Quiet(args));

    [Fact]
    public void Findings_at_the_asked_confidence_are_told_by_the_code()
    {
        Assert.Equal(0, Quiet("scan", Fleet, "-q"));
        Assert.Equal(1, Quiet("scan", Fleet, "-q", "--fail-on", "high"));
        Assert.Equal(0, Quiet("scan", Fleet, "-q", "--fail-on", "high", "--analytics", "AN1771"));
    }

    private static int Quiet(params string[] args) => ProgramRun.Of(args).Code;
}
