using Nightjar.Cli;
using Nightjar.Tests.House;
using Xunit;

namespace Nightjar.Tests.Cli;

/// <summary><c>analytics test</c>, <c>lint</c> and <c>schema</c> through the program's own entry, on a folder of their own.</summary>
[Collection(TheConsole.Name)]
public sealed class AnalyticsTestCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nightjar-analytics-").FullName;

    public AnalyticsTestCommandTests()
    {
        var own = Directory.CreateDirectory(Path.Combine(_folder, "small", "scenarios"));
        File.WriteAllText(Path.Combine(_folder, "small", "analytic.yml"), Scenarios.SmallSuite.Analytic().Text);
        File.WriteAllText(Path.Combine(own.FullName, "fires-a.yml"), Scenarios.SmallSuite.WriteThenLoad);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Accepting_and_changing_together_do_both()
    {
        var (code, text) = ProgramRun.Of("analytics", "test", _folder, "--accept", "--mutate", "--tunables");
        Assert.Contains("written: ", text, StringComparison.Ordinal);
        Assert.Contains("unnoticed: T1: ", text, StringComparison.Ordinal);
        Assert.Contains("T1 Window: ", text, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Found, code);
        Assert.True(File.Exists(Path.Combine(_folder, "small", "scenarios", "fires-a.golden.txt")));
        Assert.Equal(ExitCode.Done, ProgramRun.Of("analytics", "test", _folder).Code);
    }

    [Fact]
    public void A_tunable_without_an_effect_is_told_by_the_code()
    {
        Assert.Equal(ExitCode.Found, ProgramRun.Of("analytics", "test", _folder, "--tunables").Code);
        File.WriteAllText(Path.Combine(_folder, "small", "scenarios", "fires-a.yml"), Scenarios.SmallSuite.WriteThenLoad.Replace("+1 load", "+40 load", StringComparison.Ordinal));
        var (code, text) = ProgramRun.Of("analytics", "test", _folder, "--tunables");
        Assert.Equal("T1 Window: 30s: fires-a 60 → quiet\n", text);
        Assert.Equal(ExitCode.Done, code);
    }

    [Fact]
    public void Lint_tells_of_mistakes_in_scenarios_too()
    {
        File.WriteAllText(Path.Combine(_folder, "small", "scenarios", "quiet-b.yml"), "title: What happens\n");
        var (code, text) = ProgramRun.Of("analytics", "lint", _folder);
        Assert.Contains("quiet-b.yml:1:1: error NJ2610", text, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Mistakes, code);
    }

    [Fact]
    public void The_schema_is_the_one_in_the_documents()
    {
        Assert.Equal(Repository.Read("docs/reference/schema/scenario.schema.json"), ProgramRun.Of("analytics", "schema", "scenario").Text);
        Assert.Equal(Repository.Read("docs/reference/schema/analytic.schema.json"), ProgramRun.Of("analytics", "schema").Text);
        Assert.Equal(ExitCode.Usage, ProgramRun.Of("analytics", "schema", "policy").Code);
    }
}
