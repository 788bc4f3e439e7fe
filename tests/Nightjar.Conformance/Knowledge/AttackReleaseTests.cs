using System.Text.Json;
using Nightjar.Knowledge;
using Nightjar.Knowledge.Bundles;
using Nightjar.Knowledge.Releases;
using Nightjar.Tests.House;
using Xunit;

namespace Nightjar.Conformance.Knowledge;

/// <summary>The shipped catalogues and their difference, held against a count of the published bundles that shares no code with them.</summary>
public sealed class AttackReleaseTests
{
    private static readonly string[] Kept = ["x-mitre-tactic", "attack-pattern", "x-mitre-data-component", "x-mitre-detection-strategy", "x-mitre-analytic", "course-of-action"];
    private static readonly AttackReleases Releases = ReferenceData.Shipped.AttackReleases;
    private static readonly AttackAliases Aliases = ReferenceData.Shipped.AttackAliases;

    [Theory]
    [InlineData("18.1"), InlineData("19.1")]
    public void The_shipped_catalogue_is_what_import_makes_of_the_published_bundle(string release)
    {
        using var stream = File.OpenRead(BundlePath(release));
        var import = AttackBundle.Read(stream, BundlePath(release), null);
        Assert.Empty(import.Diagnostics.Select(item => item.ToString()));
        Assert.Equal(ReferenceData.ShippedFiles[AttackReleases.PathOf(release)], import.Catalogue);
    }

    [Theory]
    [InlineData("18.1"), InlineData("19.1")]
    public void No_sentence_of_the_bundle_is_in_the_catalogue(string release)
    {
        var catalogue = ReferenceData.ShippedFiles[AttackReleases.PathOf(release)];
        var sentences = Objects(release).SelectMany(Sentences).Where(text => text.Count(c => c == ' ') >= 6).ToList();
        Assert.True(sentences.Count > 400);
        Assert.DoesNotContain(sentences, text => catalogue.Contains(JsonSerializer.Serialize(text)[1..^1], StringComparison.Ordinal) || catalogue.Contains(text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("x-mitre-analytic", AttackKind.Analytic), InlineData("attack-pattern", AttackKind.Technique), InlineData("x-mitre-data-component", AttackKind.DataComponent)]
    [InlineData("x-mitre-detection-strategy", AttackKind.Strategy), InlineData("x-mitre-tactic", AttackKind.Tactic), InlineData("course-of-action", AttackKind.Mitigation)]
    public void The_counts_of_the_difference_are_those_of_the_bundles(string type, AttackKind kind)
    {
        var (before, after) = (ById("18.1", type), ById("19.1", type));
        var both = before.Keys.Intersect(after.Keys).ToList();
        var told = Difference().Summary.Single(item => item.Kind == kind);
        Assert.Equal((before.Count, after.Count), (told.Before, told.After));
        Assert.Equal(after.Keys.Except(before.Keys).Count(), told.Added);
        Assert.Equal(before.Keys.Except(after.Keys).Count(), told.Removed);
        Assert.Equal(both.Count(id => Text(before[id], "x_mitre_version") != Text(after[id], "x_mitre_version")), told.Versions);
        Assert.Equal(both.Count(id => Text(before[id], "name") != Text(after[id], "name")), told.Renamed);
        Assert.Equal(both.Count(id => !Flag(before[id], "revoked") && Flag(after[id], "revoked")), told.Revoked);
        Assert.Equal(both.Count(id => !Flag(before[id], "x_mitre_deprecated") && Flag(after[id], "x_mitre_deprecated") && !Flag(after[id], "revoked")), told.Deprecated);
        Assert.Equal(both.Count(id => JsonElement.DeepEquals(before[id], after[id])), told.Same);
    }

    [Fact]
    public void Each_of_the_211_analytics_differs_as_the_bundles_say()
    {
        var (before, after) = (ById("18.1", "x-mitre-analytic"), ById("19.1", "x-mitre-analytic"));
        var told = Difference().Objects.ToDictionary(item => item.Object.Id);
        Assert.Equal(211, before.Keys.Union(after.Keys).Count());
        foreach (var id in before.Keys)
        {
            var changes = told.TryGetValue(id, out var item) ? item.Changes : [];
            Assert.Equal(Elements(after[id]).Except(Elements(before[id])).Order(StringComparer.Ordinal), Came(changes, "mutable_element"));
            Assert.Equal(Sources(after[id], "19.1").Except(Sources(before[id], "18.1")).Order(StringComparer.Ordinal), Came(changes, "log_source"));
            Assert.Equal(Sources(before[id], "18.1").Except(Sources(after[id], "19.1")).Order(StringComparer.Ordinal), changes.Where(change => change.What == "log_source" && change.After is null).Select(change => change.Before!).Order(StringComparer.Ordinal));
            Assert.Equal(Text(before[id], "x_mitre_version") != Text(after[id], "x_mitre_version"), changes.Any(change => change.What == "version"));
            Assert.DoesNotContain(changes, change => change.What == "platform");
        }
    }

    // Names that differ only in case, blanks or punctuation mean one thing; each must be listed.
    [Fact]
    public void Every_name_that_is_spelt_in_two_ways_is_among_the_aliases()
    {
        var sources = new[] { "18.1", "19.1" }.SelectMany(Objects)
            .SelectMany(o => Items(o, "x_mitre_log_source_references").Concat(Items(o, "x_mitre_log_sources"))).Select(source => Text(source, "name"));
        foreach (var names in new[] { sources, Objects("19.1").SelectMany(Elements) })
            Assert.Empty(names.Distinct().GroupBy(Plain).Where(group => group.Select(Aliases.Official).Distinct().Count() > 1).Select(group => string.Join(" | ", group)));
    }

    [Fact]
    public void Every_alias_of_a_mutable_element_is_a_name_of_the_release_and_rarer_than_the_official_one()
    {
        var uses = Objects("19.1").SelectMany(Elements).GroupBy(name => name).ToDictionary(group => group.Key, group => group.Count());
        Assert.Equal(320, uses.Count);
        foreach (var (official, others) in Aliases.MutableElements)
            foreach (var other in others)
                Assert.True(uses[official] > uses[other] || (uses[official] == uses[other] && string.CompareOrdinal(official, other) < 0), $"{official} {other}");
    }

    private static ReleaseDifference Difference() => ReleaseDifference.Between(Releases.Find("18.1")!, Releases.Find("19.1")!, Aliases);

    private static IEnumerable<string> Came(IEnumerable<AttackChange> changes, string what) =>
        changes.Where(change => change.What == what && change.Before is null).Select(change => change.After!).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Sources(JsonElement analytic, string release)
    {
        var components = ById(release, "x-mitre-data-component").ToDictionary(pair => Text(pair.Value, "id"), pair => pair.Key);
        return Items(analytic, "x_mitre_log_source_references").Select(source => $"{components[Text(source, "x_mitre_data_component_ref")]} {Text(source, "name").Trim()}").Distinct();
    }

    private static IEnumerable<string> Elements(JsonElement analytic) => Items(analytic, "x_mitre_mutable_elements").Select(element => Text(element, "field").Trim()).Distinct();

    private static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    private static IEnumerable<string> Sentences(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Where(member => member.Name != "name" || member.Value.ValueKind != JsonValueKind.String).SelectMany(member => Sentences(member.Value)),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Sentences),
        JsonValueKind.String => [value.GetString()!],
        _ => [],
    };

    private static Dictionary<string, JsonElement> ById(string release, string type) => Objects(release).Where(o => Text(o, "type") == type).ToDictionary(Id);

    private static string Id(JsonElement o) =>
        Text(Items(o, "external_references").Find(r => Text(r, "source_name").StartsWith("mitre", StringComparison.Ordinal)), "external_id");

    private static string Text(JsonElement o, string key) => o.GetProperty(key).GetString()!;

    private static bool Flag(JsonElement o, string key) => o.TryGetProperty(key, out var flag) && flag.ValueKind == JsonValueKind.True;

    private static List<JsonElement> Items(JsonElement o, string key) => o.TryGetProperty(key, out var array) ? [.. array.EnumerateArray()] : [];

    private static readonly Dictionary<string, List<JsonElement>> Read = [];

    private static List<JsonElement> Objects(string release)
    {
        lock (Read)
        {
            if (!Read.TryGetValue(release, out var objects))
                Read.Add(release, objects = [.. JsonDocument.Parse(File.ReadAllBytes(BundlePath(release))).RootElement.GetProperty("objects").EnumerateArray().Where(o => Kept.Contains(Text(o, "type")))]);
            return objects;
        }
    }

    private static string BundlePath(string release)
    {
        var path = Path.Combine(Repository.Root, "../shared/attack", $"mobile-attack-{release}.json");
        Assert.SkipUnless(File.Exists(path), "The published ATT&CK bundle does not lie beside the repository.");
        return path;
    }
}
