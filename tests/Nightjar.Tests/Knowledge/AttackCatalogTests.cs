using Nightjar.Knowledge;
using Xunit;

namespace Nightjar.Tests.Knowledge;

public sealed class AttackCatalogTests
{
    private static readonly AttackCatalog Catalog = ReferenceData.Shipped.Attack;

    [Fact]
    public void The_whole_release_is_there()
    {
        Assert.Equal("19.1", Catalog.Release);
        Assert.Equal(211, Catalog.Analytics.Count);
        Assert.Equal(124, Catalog.Strategies.Count);
        Assert.Equal(124, Catalog.Techniques.Count(t => !t.Identity.IsRetired));
        Assert.Equal(12, Catalog.Tactics.Count(t => !t.Identity.IsRetired));
        Assert.Equal(131, Catalog.Analytics.Count(a => a.MutableElements.Count > 0));
        Assert.Equal(320, Catalog.Analytics.SelectMany(a => a.MutableElements).Distinct().Count());
    }

    [Fact]
    public void An_analytic_knows_all_that_it_hangs_on()
    {
        var analytic = Catalog.Analytic("AN1848")!;
        Assert.Equal("DET0718", analytic.Strategy);
        Assert.Equal(["T1544"], analytic.Techniques);
        Assert.Equal(["TA0037"], analytic.Tactics);
        Assert.Equal("Android", analytic.Platform);
        Assert.Contains(new AttackLogSource("DC0039", "MobileEDR:telemetry"), analytic.LogSources);
        Assert.Equal(["TimeWindow", "AllowedAppList", "AllowedDestinationList", "AllowedPathList", "IngressBytesThreshold", "ForegroundStateRequired", "FileTypeRiskPatterns"], analytic.MutableElements);
    }

    [Fact]
    public void A_strategy_names_its_techniques_and_analytics()
    {
        Assert.Equal(["AN1762", "AN1763"], Catalog.Strategy("DET0667")!.Analytics);
        Assert.Equal(["T1521.002"], Catalog.Strategy("DET0667")!.Techniques);
        Assert.Equal("T1521", Catalog.Technique("T1521.002")!.Parent);
    }

    [Fact]
    public void A_revoked_technique_names_its_successor()
    {
        var revoked = Catalog.Techniques.First(t => t.RevokedBy is not null);
        Assert.True(revoked.Identity.IsRetired);
        Assert.NotNull(Catalog.Technique(revoked.RevokedBy!));
    }

    [Fact]
    public void Every_relation_leads_somewhere()
    {
        Assert.All(Catalog.Analytics, a => Assert.IsType<AttackStrategy>(Catalog.Find(a.Strategy)));
        Assert.All(Catalog.Analytics, a => Assert.NotEmpty(a.Techniques));
        Assert.All(Catalog.Analytics.SelectMany(a => a.DataComponents), id => Assert.IsType<AttackDataComponent>(Catalog.Find(id)));
        Assert.All(Catalog.Techniques.Where(t => t.Parent is not null), t => Assert.NotNull(Catalog.Technique(t.Parent!)));
    }

    [Fact]
    public void No_log_source_carries_a_space_at_its_end() =>
        Assert.All(Catalog.Analytics.SelectMany(a => a.LogSources), source => Assert.Equal(source.Name.Trim(), source.Name));

    [Fact]
    public void Every_object_has_its_hash_and_the_day_of_its_making() =>
        Assert.All(Catalog.Objects, item => Assert.True(item.Identity.Sha256.Length == 64 && item.Identity.Created.Length == 10, item.Id));

    [Fact]
    public void A_mitigation_names_what_it_mitigates() =>
        Assert.Contains("T1407", ((AttackMitigation)Catalog.Find("M1006")!).Techniques);

    [Fact]
    public void What_is_not_there_is_null()
    {
        Assert.Null(Catalog.Find("T9999"));
        Assert.Null(Catalog.Analytic("DET0718"));
        Assert.Null(Catalog.Strategy(""));
    }

    [Theory]
    [InlineData(""), InlineData("null"), InlineData("[]"), InlineData("{"), InlineData("{\"nightjar_attack\": 1, \"analytics\": 3}"), InlineData("{\"nightjar_attack\": 1, \"analytics\": [3, null, {}]}")]
    [InlineData("{\"nightjar_attack\": 1, \"analytics\": [{\"id\": 7}]}"), InlineData("{\"nightjar_attack\": 1, \"techniques\": [{\"id\": \"\\ud800\"}]}"), InlineData("[[[[[[[[[[[[[[[["), InlineData("{\"nightjar_attack\": 2}"), InlineData("{\"nightjar_attack\": 1e99}")]
    public void A_broken_catalogue_is_empty_and_said_to_be_broken(string text)
    {
        var diagnostics = new List<Diagnostic>();
        Assert.Empty(AttackCatalog.Parse("mobile.json", text, diagnostics).Analytics);
        if (text != "{\"nightjar_attack\": 1, \"analytics\": 3}") Assert.Contains(diagnostics, d => d.Code == "NJ1012");
    }
}
