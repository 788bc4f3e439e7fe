using Nightjar.Analytics;
using Nightjar.Analytics.Mapping;
using Nightjar.Analytics.Tuning;
using Nightjar.Events;
using Nightjar.Knowledge;
using Nightjar.Knowledge.Releases;
using Xunit;

namespace Nightjar.Tests.Analytics.Mapping;

/// <summary>How our analytics stand to ATT&amp;CK: what they speak of, what a release means for them, what of it can be read.</summary>
public sealed class AttackMappingTests
{
    private static readonly ReferenceData Reference = ReferenceData.Shipped;
    private static readonly AttackCatalog Catalog = Reference.Attack;

    [Theory]
    [InlineData("AN1848", "AN1848"), InlineData("DET0718", "AN1848"), InlineData("T1544", "AN1848"), InlineData("TA0037", "AN1848"), InlineData("DC0085", "AN1848")]
    [InlineData("AN1849", ""), InlineData("DET0667", ""), InlineData("T1407", ""), InlineData("DC0018", ""), InlineData("M1006", "")]
    public void An_object_knows_who_speaks_of_it(string id, string ours) =>
        Assert.Equal(ours, string.Join(' ', new AttackContent(Catalog, Ours("19.1")).Naming(Catalog.Find(id)!).Select(item => item.Uid)));

    [Fact]
    public void Content_never_claims_more_than_its_parts()
    {
        var content = new AttackContent(Catalog, Ours("19.1"));
        var official = content.Official(Catalog.Find("DET0718")!);
        Assert.Equal(["AN1848", "AN1849"], official.Select(item => item.Id));
        Assert.Equal(["AN1848"], official.Where(content.Has).Select(item => item.Id));
    }

    [Fact]
    public void To_an_analytic_of_the_earlier_release_the_later_one_means_work()
    {
        var told = Consequences("18.1");
        Assert.Contains("AN1848 to do new mutable elements without a tunable here: AllowedDestinationList AllowedPathList FileTypeRiskPatterns ForegroundStateRequired IngressBytesThreshold", told);
        Assert.Contains("AN1848 known new mutable elements, which are tunables here: AllowedAppList TimeWindow", told);
        Assert.Contains("AN1848 to do another version: compare it and name the later release: 1.0 → 1.1", told);
        Assert.Contains("AN1848 to do new log sources, whose data component no stage looks at: DC0021 MobileEDR:telemetry DC0039 MobileEDR:telemetry DC0114 android:MDMLog DC0123 MobileEDR:telemetry", told);
        Assert.Contains("AN1848 known new log sources, whose data component a stage looks at: DC0085 NSM:Flow", told);
    }

    [Fact]
    public void One_that_names_the_later_release_need_only_add_what_it_lacks() =>
        Assert.Equal(["AN1848 to do new mutable elements without a tunable here: AllowedDestinationList AllowedPathList FileTypeRiskPatterns ForegroundStateRequired IngressBytesThreshold"],
            Consequences("19.1").Where(line => line.Contains(" to do ", StringComparison.Ordinal)));

    [Fact]
    public void A_log_source_is_given_where_a_reader_fills_its_component_under_its_name()
    {
        var supply = new LogSourceSupply([new SuppliedLogSource("MobileEDR:telemetry", DataComponents.FileCreation)], Reference.AttackAliases);
        Assert.True(supply.Gives(new AttackLogSource("DC0039", "MobileEDR:telemetry")));
        Assert.True(supply.Gives(new AttackLogSource("DC0039", "MobiledEDR:telemetry")));
        Assert.False(supply.Gives(new AttackLogSource("DC0085", "MobileEDR:telemetry")));
        Assert.False(supply.Gives(new AttackLogSource("DC0039", "NSM:Flow")));
    }

    [Fact]
    public void What_no_reader_gives_is_a_note_with_its_number()
    {
        var supply = new LogSourceSupply([new SuppliedLogSource("MobileEDR:telemetry", DataComponents.FileCreation)], Reference.AttackAliases);
        var notes = supply.Check(Ours("19.1"), Reference.AttackReleases);
        Assert.Equal(4, notes.Count);
        Assert.Equal("t.yml: note NJ2058: AN1848 looks for DC0085 in `NSM:Flow` as ATT&CK 19.1 has it, which no reader gives. What it would show stays unseen. Add a mapping or a reader for it, or take it as not observable.",
            Assert.Single(notes, item => item.Reason.Contains("DC0085", StringComparison.Ordinal)).ToString());
    }

    private static List<string> Consequences(string release) =>
        [.. AttackConsequences.Of(ReleaseDifference.Between(Reference.AttackReleases.Find("18.1")!, Catalog, Reference.AttackAliases), Ours(release))
            .Where(item => item.Object == "AN1848").Select(item => $"{item.Object} {(item.NeedsWork ? "to do" : "known")} {item.Meaning}: {string.Join(' ', item.Subjects.Order(StringComparer.Ordinal))}")];

    private static IReadOnlyList<Analytic> Ours(string release)
    {
        var text = $$"""
            title: Fetched
            logsource: {product: android}
            analytic:
              uid: AN1848
              version: 1.0.0
              attack: {release: "{{release}}", strategy: DET0718, techniques: [T1544]}
              within: TimeWindow
              tunables:
                TimeWindow: {type: duration, default: 5m, description: longest}
                AllowedAppList: {type: apps, default: [], description: allowed}
              stages:
                - id: flow
                  detection: {s: {class_uid: 4001}, condition: s}
              allow:
                - {name: apps, reason: allowed, where: actor.app_uid in AllowedAppList}
              score: {base: 60}
              finding: {title: "{app}", description: "{state}"}
            """;
        var set = AnalyticLoader.Load([new AnalyticSource("t.yml", text)], new SymbolTable(), Reference, DefaultTuning.Instance);
        Assert.Empty(set.Diagnostics.Where(item => item.Severity == DiagnosticSeverity.Error).Select(item => item.ToString()));
        return set.Analytics;
    }
}
