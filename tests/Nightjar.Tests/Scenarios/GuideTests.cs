using Nightjar.Analytics;
using Nightjar.Events;
using Nightjar.Knowledge;
using Nightjar.Scenarios;
using Nightjar.Scenarios.Reading;
using Nightjar.Tests.House;
using Xunit;

namespace Nightjar.Tests.Scenarios;

/// <summary>What the guide for authors of analytics says of scenarios: its examples pass, and it names every word.</summary>
public sealed class GuideTests
{
    private static readonly string Guide = Repository.Read("docs/guides/add-an-analytic.md");

    [Fact]
    public void The_scenarios_of_the_guide_pass_with_the_golden_text_that_is_shown()
    {
        var analytic = Assert.Single(Fences("yaml analytic")).Text;
        var files = Fences("yaml scenario ").Select(fence => new ScenarioSource($"scenarios/{Name(fence)}.yml", fence.Text))
            .Concat(Fences("text golden ").Select(fence => new ScenarioSource($"scenarios/{Name(fence)}.golden.txt", fence.Text.TrimEnd('\n') + "\n")));
        var report = ScenarioSuite.Run(files, [new AnalyticSource("analytic.yml", analytic)], ReferenceData.Shipped);
        Assert.Equal(["NJ2052"], report.Diagnostics.Select(item => item.Code));
        Assert.Equal(2, report.Results.Count);
        Complaints.None(report.Results.SelectMany(result => result.Failures).Select(failure => failure.What + "\n" + failure.Detail));
    }

    [Fact]
    public void Every_word_for_an_event_is_named_with_its_numbers() =>
        Complaints.None(
            from word in EventWords.All
            let kind = EventWords.Parse(word)!.Value
            let text = $"`{word}` {kind.Class.Uid()}/{kind.Activity}"
            where !Guide.Contains(text, StringComparison.Ordinal)
            select text);

    [Fact]
    public void Every_short_key_and_every_key_of_a_scenario_is_named() =>
        Complaints.None(
            from key in EventLines.ShortFields.Keys.Concat(EventLines.ShortKeys.Keys).Concat(ScenarioReading.Keys).Concat(JudgementReading.ReasonKeys.Keys).Concat(JudgementReading.ExpectKeys)
            where !Guide.Contains($"`{key}`", StringComparison.Ordinal)
            select key);

    private static IEnumerable<Fence> Fences(string info) => Markdown.Parse(Guide).Fences.Where(fence => fence.Info.StartsWith(info, StringComparison.Ordinal));

    private static string Name(Fence fence) => fence.Info.Split(' ')[^1];
}
