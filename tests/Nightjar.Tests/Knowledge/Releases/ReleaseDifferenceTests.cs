using Nightjar.Knowledge;
using Nightjar.Knowledge.Releases;
using Xunit;

namespace Nightjar.Tests.Knowledge.Releases;

public sealed class ReleaseDifferenceTests
{
    private const string Before = """
        {"nightjar_attack": 1, "about": {"version": "1"},
        "tactics": [{"id": "TA1", "name": "Hiding", "shortname": "hiding"}],
        "techniques": [
          {"id": "T1", "name": "One", "version": "1.0", "platforms": ["Android"], "tactics": ["TA1"], "sha256": "a"},
          {"id": "T2", "name": "Two", "sha256": "a"}, {"id": "T3", "name": "Three", "sha256": "a"}, {"id": "T4", "name": "Four", "sha256": "a"}],
        "data_components": [{"id": "DC1", "name": "Files", "log_sources": ["a:log"]}],
        "strategies": [{"id": "DET1", "name": "S", "techniques": ["T1"], "analytics": ["AN1"]}],
        "analytics": [{"id": "AN1", "platforms": ["Android"], "mutable_elements": ["Gone", "ForegroundRequired", "time window"],
          "log_sources": [{"component": "DC1", "name": "a:log", "channels": ["#1"]}, {"component": "DC1", "name": "b:log"}]}]}
        """;

    private const string After = """
        {"nightjar_attack": 1, "about": {"version": "2"},
        "tactics": [{"id": "TA1", "name": "Stealth", "shortname": "stealth"}],
        "techniques": [
          {"id": "T1", "name": "One", "version": "1.1", "platforms": ["Android", "iOS"], "tactics": [], "sha256": "b"},
          {"id": "T2", "name": "Two", "revoked": true, "revoked_by": "T1", "sha256": "b"}, {"id": "T3", "name": "Three", "deprecated": true, "sha256": "b"},
          {"id": "T4", "name": "Four", "modified": "2026-01-01", "sha256": "b"}, {"id": "T5", "name": "Five", "version": "1.0"}],
        "data_components": [{"id": "DC1", "name": "Files", "log_sources": ["a:log", "b:log"]}],
        "strategies": [{"id": "DET1", "name": "S", "techniques": ["T1"], "analytics": ["AN1", "AN2"]}],
        "analytics": [{"id": "AN1", "platforms": ["Android"], "mutable_elements": ["ForegroundStateRequired", "TimeWindow", "New"],
          "log_sources": [{"component": "DC1", "name": "a:log", "channels": ["#2"]}, {"component": "DC1", "name": "c:log"}]}, {"id": "AN2", "version": "1.0"}]}
        """;

    private static readonly ReleaseDifference Difference = Between(Before, After);

    [Theory]
    [InlineData("TA1", "name Hiding > Stealth; shortname hiding > stealth")]
    [InlineData("T1", "version 1.0 > 1.1; platform  > iOS; tactic TA1 > ")]
    [InlineData("T2", "status current > revoked; successor  > T1")]
    [InlineData("T3", "status current > deprecated")]
    [InlineData("T4", "text  > 2026-01-01")]
    [InlineData("T5", "object  > 1.0")]
    [InlineData("DC1", "log_source  > b:log")]
    [InlineData("DET1", "analytic  > AN2")]
    [InlineData("AN1", "log_source DC1 b:log > ; log_source  > DC1 c:log; channels DC1 a:log #1 > DC1 a:log #2; mutable_element Gone > ; mutable_element ForegroundRequired > ForegroundStateRequired; mutable_element time window > TimeWindow; mutable_element  > New")]
    public void Each_object_tells_what_became_of_it(string id, string changes) =>
        Assert.Equal(changes, string.Join("; ", Difference.Objects.Single(item => item.Object.Id == id).Changes.Select(change => $"{change.What} {change.Before} > {change.After}")));

    [Fact]
    public void The_other_way_round_what_came_is_what_goes()
    {
        var back = Between(After, Before);
        Assert.Equal(["object 1.0 "], back.Objects.Single(item => item.Object.Id == "T5").Changes.Select(change => $"{change.What} {change.Before} {change.After}"));
        Assert.Equal(Difference.Objects.Select(item => item.Object.Id), back.Objects.Select(item => item.Object.Id));
    }

    [Fact]
    public void A_release_does_not_differ_from_itself()
    {
        var same = Between(Before, Before);
        Assert.Empty(same.Objects);
        Assert.All(same.Summary, kind => Assert.Equal(kind.After, kind.Same));
    }

    [Fact]
    public void The_counts_are_those_of_the_objects()
    {
        var techniques = Difference.Summary.Single(kind => kind.Kind == AttackKind.Technique);
        Assert.Equal(new KindSummary(AttackKind.Technique, 4, 5, Added: 1, Removed: 0, Revoked: 1, Deprecated: 1, Renamed: 0, Versions: 1, Changed: 3, TextOnly: 1), techniques);
        Assert.Equal(0, techniques.Same);
    }

    private static ReleaseDifference Between(string before, string after) => ReleaseDifference.Between(Catalog(before), Catalog(after), ReferenceData.Shipped.AttackAliases);

    private static AttackCatalog Catalog(string text)
    {
        var diagnostics = new List<Diagnostic>();
        var catalog = AttackCatalog.Parse("t.json", text, diagnostics);
        Assert.Empty(diagnostics);
        return catalog;
    }
}
