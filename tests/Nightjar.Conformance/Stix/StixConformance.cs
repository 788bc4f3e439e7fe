using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Nightjar.Conformance.Schemas;
using Nightjar.Findings;
using Nightjar.Sinks.Formats;
using Nightjar.Sinks.Stix;
using Nightjar.Tests.House;
using Nightjar.Tests.Sinks;
using Xunit;

namespace Nightjar.Conformance.Stix;

/// <summary>Bundles against OASIS's own schemas of STIX 2.1: each object against that of its type, and the whole against that of bundles.</summary>
public sealed class StixConformance
{
    private const string Folder = "stix/schemas";

    private static readonly Dictionary<string, JsonSchema> Schemas = new(StringComparer.Ordinal);

    [Fact]
    public void The_findings_of_the_samples_conform() => Complaints.None(Errors(Bundle(SampleFindings.All().Append(SampleFindings.Hostile()))));

    [Fact]
    public void A_bundle_of_no_findings_conforms() => Complaints.None(Errors(Bundle([])));

    [Fact]
    public void Findings_of_any_shape_conform() => Check.One(GeneratedFindings.Config, Prop.ForAll(
        GeneratedFindings.Any.ToArbitrary(), finding => Assert.Empty(Errors(Bundle([finding])))));

    [Fact]
    public void Every_reference_leads_to_an_object_of_the_bundle_or_to_ATTACK()
    {
        var bundle = Bundle(SampleFindings.All());
        var ids = Objects(bundle).Select(item => (string)item["id"]!).ToHashSet();
        Assert.Equal(ids.Count, Objects(bundle).Count());
        Complaints.None(Objects(bundle).SelectMany(References).Distinct().Where(id => !ids.Contains(id) && !id.StartsWith("attack-pattern--", StringComparison.Ordinal)).Select(id => $"{id} is nowhere."));
    }

    [Fact]
    public void Every_kind_of_object_that_is_promised_is_there() =>
        Assert.Superset(
            new HashSet<string>(["identity", "infrastructure", "observed-data", "indicator", "sighting", "relationship", "course-of-action", "software", "file", "directory", "domain-name", "network-traffic", "url"]),
            Objects(Bundle(SampleFindings.All())).Select(item => (string)item["type"]!).ToHashSet());

    [Theory]
    [InlineData("sighting", "sighting_of_ref", null)]
    [InlineData("sighting", "count", "-1")]
    [InlineData("indicator", "valid_from", "\"yesterday\"")]
    [InlineData("indicator", "pattern", "5")]
    [InlineData("observed-data", "number_observed", "0")]
    [InlineData("infrastructure", "created", "\"2026-01-01T00:00:00Z\"")]
    [InlineData("infrastructure", "infrastructure_types", "[]")]
    [InlineData("file", "hashes", "{\"SHA-256\": \"abc\"}")]
    [InlineData("network-traffic", "dst_port", "70000")]
    [InlineData("relationship", "target_ref", "\"sighting--3c10e93f-798e-5a26-a0c1-08156efab7f5\"")]
    [InlineData("course-of-action", "name", null)]
    [InlineData("software", "id", "\"software--1\"")]
    [InlineData("identity", "spec_version", "\"3.0\"")]
    public void A_fault_is_caught(string type, string property, string? value)
    {
        var bundle = Bundle([SampleFindings.LoadedCode()]);
        var seeded = Objects(bundle).First(item => (string?)item["type"] == type);
        if (value is null) seeded.Remove(property);
        else seeded[property] = JsonNode.Parse(value);
        Assert.NotEmpty(Errors(bundle));
    }

    [Fact]
    public void No_keyword_of_the_schemas_is_passed_over()
    {
        foreach (var type in Objects(Bundle(SampleFindings.All())).Select(item => (string)item["type"]!).Distinct().Append("bundle")) Assert.Empty(Schema(type).Unread());
    }

    [Fact]
    public void Observables_have_the_ids_that_other_tools_give_them()
    {
        Assert.Equal("ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c4", StixIds.OfObservable("ipv4-addr", CanonicalJson.Of(new JsonObject { ["value"] = "198.51.100.3" })));
        Assert.Equal("domain-name--bedb4899-d24b-5401-bc86-8f6b4cc18ec7", StixIds.OfObservable("domain-name", CanonicalJson.Of(new JsonObject { ["value"] = "example.com" })));
    }

    [Theory]
    [InlineData("203.0.113.7", "ipv4-addr", "203.0.113.7")]
    [InlineData("2001:db8::1", "ipv6-addr", "2001:db8::1")]
    [InlineData("::ffff:10.0.0.1", "ipv4-addr", "10.0.0.1")]
    [InlineData("64:ff9b::10.0.0.1", "ipv6-addr", "64:ff9b:0:0:0:0:a00:1")]
    public void An_address_with_the_tail_of_another_is_written_as_STIX_takes_it(string ip, string type, string value) => Assert.Equal((type, value), StixObservables.AddressOf(ip));

    [Fact]
    public void Canonical_JSON_sorts_its_keys_and_escapes_only_what_it_must() =>
        Assert.Equal(
            "{\"a\":[\"é\",1],\"b\":\"\\n\\u0007\\\"\"}",
            CanonicalJson.Of(new JsonObject { ["b"] = "\n\u0007\"", ["a"] = new JsonArray("é", 1L) }));

    private static JsonObject Bundle(IEnumerable<Finding> findings)
    {
        using var output = new MemoryStream();
        FormatCatalog.Write(FormatCatalog.Find("stix")!, findings, output);
        return (JsonObject)JsonNode.Parse(output.ToArray())!;
    }

    private static IEnumerable<JsonObject> Objects(JsonObject bundle) => bundle["objects"]!.AsArray().Select(item => (JsonObject)item!);

    private static List<string> Errors(JsonObject bundle) =>
        [.. Schema("bundle").Errors(bundle), .. Objects(bundle).SelectMany(item => Schema((string)item["type"]!).Errors(item).Select(error => $"{item["id"]}: {error}"))];

    private static IEnumerable<string> References(JsonObject item) =>
        from member in item
        where member.Key.EndsWith("_ref", StringComparison.Ordinal) || member.Key.EndsWith("_refs", StringComparison.Ordinal)
        from id in member.Value is JsonArray list ? list.Select(entry => (string)entry!) : [(string)member.Value!]
        select id;

    private static JsonSchema Schema(string type)
    {
        lock (Schemas)
        {
            if (Schemas.TryGetValue(type, out var known)) return known;
            var found = new[] { "common", "sdos", "sros", "observables" }.Select(room => JsonSchema.Beside($"{Folder}/{room}/{type}.json")).FirstOrDefault(schema => schema is not null);
            if (found is null) Assert.Skip($"The schemas of STIX are not beside the repository (../shared/{Folder}).");
            return Schemas[type] = found!;
        }
    }
}
