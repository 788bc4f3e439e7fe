using Nightjar.Analytics;
using Nightjar.Knowledge;
using Nightjar.Scenarios;
using Xunit;

namespace Nightjar.Tests.Scenarios;

/// <summary>Scenarios inside their analytic: the same form, with what they expect in the place of a golden text.</summary>
public sealed class InlineTests
{
    private const string Fires = """
        tests:
          - name: fires-written-then-loaded
            title: A file is written and loaded
            expect: {score: 60, level: medium, stages: [write, load], findings: 1, title: com.example.torch loaded /data/data/com.example.torch/files/a.dex}
            defaults: {app: com.example.torch}
            events: |
              +0 file_create file.path=/data/data/com.example.torch/files/a.dex
              +10 load module.file.path=/data/data/com.example.torch/files/a.dex

        """;

    private const string Quiet = """
          - name: quiet-only-written
            title: A file is written
            reason: It is not loaded.
            because: {missing: load}
            defaults: {app: com.example.torch}
            events: |
              +0 file_create file.path=/data/data/com.example.torch/files/a.dex

        """;

    [Fact]
    public void They_run_with_near_misses_and_count_as_scenarios()
    {
        var report = Run(Fires + Quiet);
        Assert.Equal(2, report.Passed);
        Assert.Empty(report.Goldens);
        Assert.All(report.Results, result => Assert.Equal("small/analytic.yml", result.Scenario.File));
        Assert.Contains("without load: quiet", report.Results[0].Text, StringComparison.Ordinal);
        Assert.Equal("It has 1 that fire and 1 that are quiet.", Assert.Single(report.Diagnostics).Reason);
    }

    [Theory]
    [InlineData("score: 60", "score: 61", "It expects score 61 and gives 60.")]
    [InlineData("level: medium", "level: high", "It expects level High and gives Medium.")]
    [InlineData("stages: [write, load]", "stages: [load]", "It expects stages load and gives load, write.")]
    [InlineData("findings: 1", "findings: 2", "It expects findings 2 and gives 1.")]
    [InlineData("files/a.dex}", "files/b.dex}", "It expects title")]
    [InlineData("findings: 1", "adds: [late]", "It expects adds late and gives .")]
    [InlineData("+10 load", "+90 load", "It must report and is quiet.")]
    public void What_is_not_as_expected_is_told(string before, string after, string what) =>
        Assert.StartsWith(what, Assert.Single(Run(Fires.Replace(before, after, StringComparison.Ordinal), Late).Results.Single().Failures).What, StringComparison.Ordinal);

    [Theory]
    [InlineData("name: fires-written-then-loaded", "name: written", "21:11 NJ2603")]
    [InlineData("name: fires-written-then-loaded", "nmae: fires", "21:5 NJ2611|21:5 NJ2610")]
    [InlineData("title: A file", "titel: A file", "22:5 NJ2611|21:5 NJ2610")]
    [InlineData("    expect:", "    #", "21:5 NJ2610")]
    [InlineData("score: 60", "score: much", "23:21 NJ2613")]
    [InlineData("level: medium", "level: hihg", "23:32 NJ2613")]
    [InlineData("stages: [write, load]", "stages: [laod]", "23:13 NJ2615")]
    [InlineData("stages: [write, load]", "stage: [load]", "23:40 NJ2611")]
    [InlineData("file_create file.path", "file_create file.pth", "26:22 NJ2623")]
    [InlineData("+10 load", "later load", "27:7 NJ2620")]
    [InlineData("+10 load", "+10 laod", "27:11 NJ2621")]
    [InlineData("tests:\n  - name", "tests:\n  a:\n    name", "21:3 NJ2612")]
    public void Their_mistakes_are_told_at_their_place_in_the_analytic(string before, string after, string expected)
    {
        Assert.Contains(before, Fires, StringComparison.Ordinal);
        var found = Run(Fires.Replace(before, after, StringComparison.Ordinal)).Diagnostics.Where(item => item.Severity == DiagnosticSeverity.Error);
        Assert.Equal(expected.Split('|').Order(StringComparer.Ordinal), found.Select(item => $"{item.Line}:{item.Column} {item.Code}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Two_of_one_name_are_told() =>
        Assert.Contains(Run(Fires + Fires.Replace("tests:\n", "", StringComparison.Ordinal)).Diagnostics, item => item.Code == "NJ2616");

    [Theory]
    [InlineData("because: {missing: load}", "expect: {score: 5}")]
    public void What_a_quiet_one_expects_is_a_mistake(string before, string after) =>
        Assert.Contains(Run(Fires + Quiet.Replace(before, after, StringComparison.Ordinal)).Diagnostics, item => item.Code == "NJ2613");

    [Fact]
    public void Checking_without_running_finds_the_same_mistakes()
    {
        var analytic = With(Fires.Replace("+10 load", "+10 laod", StringComparison.Ordinal));
        Assert.Equal(["NJ2052", "NJ2621"], ScenarioSuite.Check([], [analytic], ReferenceData.Shipped).Select(item => item.Code));
    }

    private const string Late = "{base: 60, add: [{name: late, points: 5, reason: late, when: is_device_locked}]}";

    private static ScenarioReport Run(string tests, string score = "{base: 60}") => ScenarioSuite.Run([], [With(tests, score)], ReferenceData.Shipped);

    private static AnalyticSource With(string tests, string score = "{base: 60}")
    {
        var small = SmallSuite.Analytic();
        return small with { Text = small.Text.Replace("{base: 60}", score, StringComparison.Ordinal).TrimEnd('\n') + "\n" + tests };
    }
}
