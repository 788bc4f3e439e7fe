using System.CommandLine;
using Nightjar.Cli;
using Nightjar.Cli.Commands;
using Nightjar.Tests.House;
using Xunit;

namespace Nightjar.Tests.Cli;

/// <summary>The exit codes of the contract, through the program's own entry.</summary>
[Collection(TheConsole.Name)]
public sealed class ExitCodeTests
{
    private static readonly string Fleet = Path.Combine(Repository.Root, "samples", "fleet");

    [Fact]
    public void Each_command_is_called_by_its_name() => Assert.All(
        Program.Commands, pair => Assert.Equal(pair.Key, pair.Value(new GlobalOptions(new Command("nightjar")), CancellationToken.None).Name));

    [Theory]
    [InlineData(0, "--help")]
    [InlineData(0, "analytics", "list")]
    [InlineData(0, "analytics", "show", "AN1848")]
    [InlineData(0, "analytics", "lint")]
    [InlineData(0, "analytics", "lint", "--portable")]
    [InlineData(0, "analytics", "lint", "samples/sigma")]
    [InlineData(0, "analytics", "import", "samples/sigma")]
    [InlineData(2, "analytics", "export", "AN1848")]
    [InlineData(3, "analytics", "export", "AN9999")]
    [InlineData(3, "analytics", "export", "9a3b6f52-1c58-4d43-8b0e-5d2f6c7a1e01", "--analytics", "samples/sigma")]
    [InlineData(3, "analytics", "import", "/no/such/folder")]
    [InlineData(0, "sources")]
    [InlineData(0, "sources", "lint")]
    [InlineData(3, "sources", "lint", "/no/such/folder")]
    [InlineData(3, "scan", "x", "--mapping", "/no/such/mapping.yml")]
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
    [InlineData(0, "coverage", "samples/fleet", "--by", "technique", "--day")]
    [InlineData(3, "coverage")]
    [InlineData(3, "coverage", "samples/fleet", "--by", "weather")]
    [InlineData(4, "coverage", "/no/such/file")]
    [InlineData(3, "why-not")]
    [InlineData(3, "why-not", "AN9999", "android-0012", "com.example.torch.plus", "samples")]
    [InlineData(3, "why-not", "AN1677", "phone", "app", "/no/such/file")]
    public void A_command_ends_with_the_code_of_the_contract(int code, params string[] args) =>
        Assert.Equal(code, Quiet([.. args.Select(arg => arg.StartsWith("samples/", StringComparison.Ordinal) ? Path.Combine(Repository.Root, arg) : arg)]));

    [Fact]
    public void Import_writes_once_and_overwrites_only_when_told()
    {
        var folder = Directory.CreateTempSubdirectory("nightjar-import-").FullName;
        try
        {
            var rules = Path.Combine(Repository.Root, "samples", "sigma");
            Assert.Equal(0, Quiet("analytics", "import", rules, "-o", folder));
            Assert.Equal(3, Quiet("analytics", "import", rules, "-o", folder));
            Assert.Equal(0, Quiet("analytics", "import", rules, "-o", folder, "--force"));
            Assert.Equal(0, Quiet("analytics", "lint", folder));
            Assert.Equal(2, Directory.GetFiles(folder, "analytic.yml", SearchOption.AllDirectories).Length);
            Assert.Equal(0, Quiet("analytics", "export", "9a3b6f52-1c58-4d43-8b0e-5d2f6c7a1e01", "--analytics", folder, "-o", Path.Combine(folder, "rules.yml")));
            Assert.Equal(0, Quiet("analytics", "lint", Path.Combine(folder, "rules.yml")));
            File.WriteAllText(Path.Combine(folder, "bad.yml"), "title: t\nlogsource: {product: android}\ndetection: {s: {no: 1}, condition: s}\n");
            Assert.Equal(2, Quiet("analytics", "import", Path.Combine(folder, "bad.yml")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Findings_at_the_asked_confidence_are_told_by_the_code()
    {
        Assert.Equal(0, Quiet("scan", Fleet, "-q"));
        Assert.Equal(1, Quiet("scan", Fleet, "-q", "--fail-on", "high"));
        Assert.Equal(0, Quiet("scan", Fleet, "-q", "--fail-on", "high", "--analytics", "AN1771"));
    }

    private static int Quiet(params string[] args) => ProgramRun.Of(args).Code;

    [Fact]
    public void Why_not_answers_for_what_was_quiet_and_for_what_was_not()
    {
        Assert.Equal(0, Quiet("why-not", "AN1677", "android-0012", "com.example.torch.plus", Fleet));
        Assert.Equal(0, Quiet("why-not", "an1677", "android-0044", "com.whatsapp", Fleet, "-q"));
        Assert.Equal(3, Quiet("why-not", "AN1677", "android-004", "com.whatsapp", Fleet));
        Assert.Equal(3, Quiet("why-not", "AN1677", "android-0044", "com.example.absent", Fleet));
        Assert.Equal(4, Quiet("why-not", "AN1677", "android-0044", "com.whatsapp", Fleet, "/no/such/file"));
    }
}
