using Nightjar.Analytics;
using Nightjar.Knowledge;
using Nightjar.Scenarios;
using Xunit;

namespace Nightjar.Tests.Scenarios;

/// <summary>How scenarios pass and fail, and what is derived from those that fire.</summary>
public sealed class ScenarioSuiteTests
{
    private const string OnlyWrite = SmallSuite.Head + "events: |\n  +0 file_create file.path=/data/data/com.example.torch/files/a.dex\n";

    [Fact]
    public void A_scenario_that_fires_passes_with_the_golden_text_that_it_gave()
    {
        var first = SmallSuite.One("fires-a.yml", SmallSuite.WriteThenLoad);
        Assert.Equal("It has no golden text yet.", Assert.Single(first.Failures).What);
        Assert.Equal("small/scenarios/fires-a.golden.txt", first.NewGolden!.Path);
        var second = SmallSuite.Run(SmallSuite.Analytic(), ("fires-a.yml", SmallSuite.WriteThenLoad), ("fires-a.golden.txt", first.NewGolden.Text));
        Assert.True(second.IsGood);
        Assert.Empty(second.Goldens);
    }

    [Fact]
    public void Another_judgement_than_the_golden_text_is_shown_as_a_difference()
    {
        var golden = SmallSuite.One("fires-a.yml", SmallSuite.WriteThenLoad).Text.Replace(": 60 (Medium)", ": 55 (Medium)", StringComparison.Ordinal);
        var report = SmallSuite.Run(SmallSuite.Analytic(), ("fires-a.yml", SmallSuite.WriteThenLoad), ("fires-a.golden.txt", golden));
        var failure = Assert.Single(Assert.Single(report.Results).Failures);
        Assert.StartsWith("- T1 com.example.torch on phone-1: 55 (Medium), severity High\n+ T1 com.example.torch on phone-1: 60 (Medium), severity High\n", failure.Detail, StringComparison.Ordinal);
        Assert.Single(report.Goldens);
    }

    [Fact]
    public void The_golden_text_tells_what_every_near_miss_gives() =>
        Assert.EndsWith(
            """

            near misses
              without write: quiet
              without load: quiet
              reversed: quiet
              stretched past the window: quiet
              another app from load on: quiet
              another device from load on: quiet

            """,
            SmallSuite.One("fires-a.yml", SmallSuite.WriteThenLoad).Text,
            StringComparison.Ordinal);

    [Fact]
    public void A_quiet_scenario_that_fires_fails_and_one_that_is_quiet_passes()
    {
        Assert.Equal("It must be quiet and is not.", SmallSuite.One("quiet-a.yml", SmallSuite.WriteThenLoad).Failures[0].What);
        Assert.Empty(SmallSuite.One("quiet-a.yml", OnlyWrite).Failures);
        Assert.Equal("It must report and is quiet.", Assert.Single(SmallSuite.One("fires-a.yml", OnlyWrite).Failures).What);
    }

    [Fact]
    public void A_near_miss_that_scores_no_less_is_a_failure_and_gives_no_golden_text()
    {
        var analytic = SmallSuite.Analytic(where: "module.type == 'dex'", rest: """
              chains:
                - {name: both, stages: [write, load], score: 60}
                - {name: load, stages: [load], score: 60}
            """);
        var result = SmallSuite.One("fires-a.yml", SmallSuite.WriteThenLoad, analytic);
        Assert.Contains(result.Failures, item => item.What == "A near miss scores no less than the scenario itself: without write.");
        Assert.Null(result.NewGolden);
    }

    [Fact]
    public void Another_chain_may_explain_a_near_miss_for_less()
    {
        var analytic = SmallSuite.Analytic(where: "module.type == 'dex'", rest: """
              chains:
                - {name: both, stages: [write, load], score: 60}
                - {name: load, stages: [load], score: 40}
            """);
        var result = SmallSuite.One("fires-a.yml", SmallSuite.WriteThenLoad, analytic);
        Assert.Equal("It has no golden text yet.", Assert.Single(result.Failures).What);
        Assert.Contains("  without write: 40 (load)\n", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_analytic_about_devices_is_split_between_devices_only()
    {
        var analytic = SmallSuite.Analytic(where: "true", rest: "  key: [device]\n");
        var result = SmallSuite.One("fires-a.yml", SmallSuite.WriteThenLoad, analytic);
        Assert.DoesNotContain("another app", result.Text, StringComparison.Ordinal);
        Assert.Contains("another device from load on: quiet", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_depends_on_the_clock_of_the_source_is_judged_differently_from_two_sources()
    {
        var close = SmallSuite.Head + """
            events: |
              +2 file_create file.path=/data/data/com.example.torch/files/a.dex
              +1 load module.file.path=/data/data/com.example.torch/files/a.dex
              +9 file_create file.path=/data/data/com.example.torch/files/b.dex
              +20 load module.file.path=/data/data/com.example.torch/files/b.dex
            """;
        var failures = SmallSuite.One("fires-a.yml", close).Failures;
        Assert.Contains(failures, item => item.What == "The same behaviour is judged differently: from two sources.");
        Assert.DoesNotContain(failures, item => item.What.Contains("saved and restored", StringComparison.Ordinal));
    }

    [Fact]
    public void A_scenario_may_set_values_of_its_own()
    {
        var slow = SmallSuite.WriteThenLoad.Replace("+1 load", "+90s load", StringComparison.Ordinal);
        Assert.Empty(SmallSuite.One("quiet-a.yml", slow).Failures);
        Assert.Single(SmallSuite.One("fires-a.yml", "tunables: {Window: 2m}\n" + slow).Findings);
    }

    [Fact]
    public void A_value_with_which_a_stage_sees_nothing_is_no_mistake()
    {
        var analytic = SmallSuite.Analytic(where: "Switch").Text.Replace("  tunables:\n", "  tunables:\n    Switch: {type: boolean, default: \"true\", description: Whether to look.}\n", StringComparison.Ordinal);
        var result = SmallSuite.One("quiet-a.yml", "tunables: {Switch: \"false\"}\n" + SmallSuite.WriteThenLoad, new AnalyticSource("small/analytic.yml", analytic));
        Assert.Empty(result.Failures);
    }

    [Fact]
    public void Other_analytics_run_only_on_request_and_decide_nothing()
    {
        var other = SmallSuite.Analytic(where: "true") is var source ? new AnalyticSource("other/analytic.yml", source.Text.Replace("uid: T1", "uid: T2", StringComparison.Ordinal)) : null!;
        ScenarioSource[] files = [new("small/scenarios/quiet-a.yml", OnlyWrite + "  +1 load module.file.path=/data/data/com.example.torch/files/b.dex\n")];
        Assert.Empty(ScenarioSuite.Run(files, [SmallSuite.Analytic(), other], ReferenceData.Shipped).Results[0].Others);
        var result = ScenarioSuite.Run(files, [SmallSuite.Analytic(), other], ReferenceData.Shipped, new ScenarioOptions { AllAnalytics = true }).Results[0];
        Assert.True(result.HasPassed);
        Assert.Equal("T2", Assert.Single(result.Others).Analytic.Uid);
    }

    [Fact]
    public void An_analytic_with_few_scenarios_is_told_of()
    {
        var diagnostic = Assert.Single(SmallSuite.Run(SmallSuite.Analytic(), ("quiet-a.yml", OnlyWrite)).Diagnostics);
        Assert.Equal(("NJ2052", "It has 0 that fire and 1 that are quiet."), (diagnostic.Code, diagnostic.Reason));
    }

    [Fact]
    public void What_is_normal_for_an_app_is_asked_of_the_scenario_that_runs()
    {
        var analytic = SmallSuite.Analytic(where: "vetted()");
        string one = new('C', 64), other = new('d', 64);
        var load = SmallSuite.WriteThenLoad.Replace("a.dex\n  +1 load", $"a.dex\n  +1 load module.file.hashes=AB,{one}", StringComparison.Ordinal);
        var report = SmallSuite.Run(analytic, ("fires-a.yml", load + $"\nreviewed: {{com.example.torch: [{one.ToLowerInvariant()}]}}\n"), ("quiet-a.yml", load + $"\nreviewed: {{com.example.torch: [{other}]}}\n"), ("quiet-b.yml", load));
        Assert.Equal([1, 0, 0], report.Results.Select(item => item.Findings.Count));
    }
}
