using Nightjar.Analytics;
using Nightjar.Analytics.Tuning;
using Nightjar.Analytics.Where;
using Nightjar.Knowledge;
using Nightjar.Scenarios;
using Nightjar.Tests.House;
using Xunit;

namespace Nightjar.Tests.Analytics;

/// <summary>Each thing that the language can say, in an analytic that says little else, with tests inside it. A folder is a thing; there is no list.</summary>
public sealed class LanguageTests
{
    private const string Folder = "tests/Nightjar.Tests/Analytics/Language";

    public static TheoryData<string> Things => [.. Repository.FilesUnder(Folder, "/analytic.yml")];

    [Theory]
    [MemberData(nameof(Things))]
    public void What_the_language_says_is_what_the_engine_does(string path)
    {
        var report = ScenarioSuite.Run([], [new AnalyticSource(path, Repository.Read(path))], ReferenceData.Shipped);
        Complaints.None(report.Diagnostics.Where(item => item.Code != "NJ2052").Select(item => item.ToString()));
        Assert.NotEmpty(report.Results);
        Complaints.None(from result in report.Results from failure in result.Failures select $"{result.Scenario.Name}: {failure.What}\n{failure.Detail}");
    }

    [Theory]
    [InlineData("sequence of stages, optional, absent, window", "stages")]
    [InlineData("stages in any order", "any-order")]
    [InlineData("keyed by device alone", "device-key")]
    [InlineData("what another app does", "other-app")]
    [InlineData("joins: same file, same destination, same class", "joins")]
    [InlineData("at least n, n different, a rate", "counts")]
    [InlineData("a requirement of a number", "requires")]
    [InlineData("events of the chain that count", "with-chain")]
    [InlineData("context as of the event", "context")]
    [InlineData("policy and inventory", "inventory")]
    [InlineData("drift of an app", "drift")]
    [InlineData("baseline", "baseline")]
    [InlineData("periodic, of even size, inbound above outbound, a sum", "shape")]
    [InlineData("a burst and then a steady flow", "burst-then-steady")]
    [InlineData("exceptions with a reason", "exceptions")]
    [InlineData("base, contributions, thresholds", "score")]
    [InlineData("which matches are taken", "select-first", "select-each", "select-all")]
    [InlineData("an interval counts", "interval")]
    [InlineData("what could not be seen", "blind")]
    [InlineData("a tunable of each type", "tunables")]
    [InlineData("functions", "functions")]
    [InlineData("selections with modifiers", "selection-text", "selection-contains", "selection-startswith", "selection-endswith", "selection-contains-all", "selection-re", "selection-cidr",
        "selection-lt", "selection-gte", "selection-exists", "selection-fieldref", "selection-expand", "selection-cased")]
    public void Everything_that_an_analytic_must_be_able_to_say_has_its_example(string what, params string[] folders) =>
        Complaints.None(folders.Where(folder => !Repository.Files.Contains($"{Folder}/{folder}/analytic.yml")).Select(folder => $"{what}: {folder} is missing."));

    [Fact]
    public void Every_function_is_shown_by_an_example_or_by_an_analytic_of_ours()
    {
        var texts = Repository.Files.Where(path => path.EndsWith("/analytic.yml", StringComparison.Ordinal) && (path.StartsWith(Folder, StringComparison.Ordinal) || path.StartsWith("analytics/", StringComparison.Ordinal))).Select(Repository.Read).ToArray();
        Complaints.None(Functions.Manual.Where(item => !texts.Any(text => text.Contains(item.Name + "(", StringComparison.Ordinal))).Select(item => $"{item.Name} is shown nowhere."));
    }

    [Fact]
    public void Every_type_of_tunable_is_shown() =>
        Complaints.None(TunableKinds.All.Where(kind => !Repository.Read($"{Folder}/tunables/analytic.yml").Contains($"type: {kind},", StringComparison.Ordinal)).Select(kind => $"{kind} is shown nowhere."));
}
