using System.Text.Json;
using Nightjar.Knowledge;
using Nightjar.Tests.House;
using Xunit;

namespace Nightjar.Conformance.Knowledge;

/// <summary>The catalogue says what the published bundle says.</summary>
public sealed class AttackBundleTests
{
    private static readonly AttackCatalog Catalog = ReferenceData.Shipped.Attack;
    private static readonly Lazy<List<JsonElement>> Bundle = new(Read);

    private static string BundlePath => Path.Combine(Repository.Root, "../shared/attack", $"mobile-attack-{Catalog.Release}.json");

    [Fact]
    public void Every_object_has_its_name_version_and_day()
    {
        foreach (var o in Published("attack-pattern", "x-mitre-tactic", "x-mitre-data-component", "x-mitre-detection-strategy", "x-mitre-analytic"))
        {
            var found = Catalog.Find(Id(o));
            Assert.NotNull(found);
            Assert.Equal(o.GetProperty("name").GetString(), found.Name);
            Assert.Equal(o.GetProperty("x_mitre_version").GetString(), found.Identity.Version);
            Assert.StartsWith(found.Identity.Modified, o.GetProperty("modified").GetString());
            Assert.EndsWith("--" + found.Identity.Stix, o.GetProperty("id").GetString());
            Assert.Equal(Flag(o, "revoked") || Flag(o, "x_mitre_deprecated"), found.Identity.IsRetired);
        }
    }

    [Fact]
    public void Nothing_is_there_that_the_bundle_does_not_hold() =>
        Assert.Equal(
            Published("attack-pattern", "x-mitre-tactic", "x-mitre-data-component", "x-mitre-detection-strategy", "x-mitre-analytic").Select(Id).Order(StringComparer.Ordinal),
            Catalog.Tactics.Cast<AttackObject>().Concat(Catalog.Techniques).Concat(Catalog.DataComponents).Concat(Catalog.Strategies).Concat(Catalog.Analytics)
                .Select(o => o.Id).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_analytic_has_its_platform_sources_and_mutable_elements()
    {
        foreach (var o in Published("x-mitre-analytic"))
        {
            var analytic = Catalog.Analytic(Id(o))!;
            Assert.Equal([analytic.Platform], Texts(o, "x_mitre_platforms"));
            Assert.Equal(
                Items(o, "x_mitre_log_source_references").Select(s => new AttackLogSource(Id(ByStixId(s.GetProperty("x_mitre_data_component_ref").GetString()!)), s.GetProperty("name").GetString()!.Trim())).ToHashSet(),
                analytic.LogSources.ToHashSet());
            Assert.Equal(analytic.LogSources.Select(s => s.DataComponent).Distinct(), analytic.DataComponents);
            Assert.Equal(Items(o, "x_mitre_mutable_elements").Select(m => m.GetProperty("field").GetString()!.Trim()).Distinct(), analytic.MutableElements);
        }
    }

    [Fact]
    public void Every_strategy_has_its_analytics_and_techniques()
    {
        foreach (var o in Published("x-mitre-detection-strategy"))
        {
            var strategy = Catalog.Strategy(Id(o))!;
            Assert.Equal(Texts(o, "x_mitre_analytic_refs").Select(r => Id(ByStixId(r))).Order(StringComparer.Ordinal), strategy.Analytics);
            Assert.Equal(Related("detects", o).Order(StringComparer.Ordinal), strategy.Techniques);
            Assert.All(strategy.Analytics, id => Assert.Equal(strategy.Id, Catalog.Analytic(id)!.Strategy));
        }
    }

    [Fact]
    public void Every_technique_has_its_tactics_platforms_and_parent()
    {
        foreach (var o in Published("attack-pattern"))
        {
            var technique = Catalog.Technique(Id(o))!;
            Assert.Equal(Items(o, "kill_chain_phases").Select(p => p.GetProperty("phase_name").GetString()!).ToHashSet(),
                technique.Tactics.Select(id => ((AttackTactic)Catalog.Find(id)!).ShortName).ToHashSet());
            Assert.Equal(Texts(o, "x_mitre_platforms").Order(StringComparer.Ordinal), technique.Platforms);
            Assert.Equal(Related("subtechnique-of", o).SingleOrDefault(), technique.Parent);
        }
    }

    private static IEnumerable<JsonElement> Published(params string[] types)
    {
        Assert.SkipUnless(File.Exists(BundlePath), "The published ATT&CK bundle does not lie beside the repository.");
        return Bundle.Value.Where(o => types.Contains(o.GetProperty("type").GetString()));
    }

    private static List<JsonElement> Read() =>
        [.. JsonDocument.Parse(File.ReadAllBytes(BundlePath)).RootElement.GetProperty("objects").EnumerateArray()];

    private static JsonElement ByStixId(string id) => Bundle.Value.Single(o => o.GetProperty("id").GetString() == id);

    private static string Id(JsonElement o) =>
        Items(o, "external_references").Find(r => r.GetProperty("source_name").GetString()!.StartsWith("mitre", StringComparison.Ordinal)).GetProperty("external_id").GetString()!;

    private static IEnumerable<string> Related(string kind, JsonElement from) =>
        Bundle.Value.Where(o => o.GetProperty("type").GetString() == "relationship" && o.GetProperty("relationship_type").GetString() == kind
            && o.GetProperty("source_ref").GetString() == from.GetProperty("id").GetString()).Select(o => Id(ByStixId(o.GetProperty("target_ref").GetString()!)));

    private static List<JsonElement> Items(JsonElement o, string key) => o.TryGetProperty(key, out var array) ? [.. array.EnumerateArray()] : [];

    private static IEnumerable<string> Texts(JsonElement o, string key) => Items(o, key).Select(t => t.GetString()!);

    private static bool Flag(JsonElement o, string key) => o.TryGetProperty(key, out var flag) && flag.ValueKind == JsonValueKind.True;
}
