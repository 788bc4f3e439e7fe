using System.Text.RegularExpressions;
using Nightjar.Analytics;
using Nightjar.Analytics.Reading;
using Nightjar.Analytics.Tuning;
using Nightjar.Analytics.Where;
using Nightjar.Events;
using Nightjar.Knowledge;
using Xunit;

namespace Nightjar.Tests.House;

/// <summary>The guide for authors of analytics says what the language is.</summary>
public partial class AnalyticGuideTests
{
    private static readonly string Text = Repository.Read("docs/guides/add-an-analytic.md");

    [Fact]
    public void The_analytic_of_the_guide_has_no_mistake()
    {
        var text = Assert.Single(Markdown.Parse(Text).Fences, fence => fence.Info == "yaml analytic").Text;
        var set = AnalyticLoader.Load([new AnalyticSource("guide.yml", text)], new SymbolTable(), ReferenceData.Shipped, DefaultTuning.Instance);
        Complaints.None(set.Diagnostics.Select(mistake => mistake.ToString()));
        Assert.Single(set.Analytics);
    }

    [Fact]
    public void The_guide_names_every_function_with_its_parameters_and_no_other() =>
        Assert.Equal(
            Functions.Manual.Select(item => $"{item.Name}({item.Parameters})").Order(StringComparer.Ordinal),
            Rows("| function | gives |").SelectMany(Calls).Order(StringComparer.Ordinal));

    [Fact]
    public void The_guide_names_every_type_of_tunable_and_no_other() =>
        Assert.Equal(TunableKinds.All.Order(StringComparer.Ordinal), Rows("| type | written as |").SelectMany(Calls).Order(StringComparer.Ordinal));

    [Fact]
    public void The_guide_names_every_text_that_several_fields_may_hold() =>
        Assert.Equal(
            Names.Composites.Order(StringComparer.Ordinal),
            Rows("| name | the first of these that the event has |").SelectMany(Calls).Order(StringComparer.Ordinal));

    [Fact]
    public void The_guide_names_every_key_of_a_measure_and_no_other() =>
        Assert.Equal(
            MeasureReading.Keys.Concat(["stage", "where"]).Order(StringComparer.Ordinal),
            Rows("| key of a measure | |").SelectMany(Calls).Order(StringComparer.Ordinal));

    private static IEnumerable<string> Rows(string heading) =>
        Text.Split('\n').SkipWhile(line => line != heading).Skip(2).TakeWhile(line => line.StartsWith('|')).Select(line => line.Split(" | ")[0]);

    private static IEnumerable<string> Calls(string cell) => Code().Matches(cell).Select(match => match.Groups[1].Value);

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();
}
