using System.Text.Json.Nodes;
using Nightjar.Knowledge;
using Nightjar.Policies;
using Nightjar.Tests.House;
using Nightjar.Tests.Scenarios.Schemas;
using Xunit;

namespace Nightjar.Tests.Policies;

/// <summary>The schema for editors says what the reader accepts.</summary>
/// <remarks><c>NIGHTJAR_APPROVE=1 ./test unit PolicySchema</c> takes the present schema over; then read the difference and commit it.</remarks>
public sealed class PolicySchemaTests
{
    private const string File = "docs/reference/schema/policy.schema.json";

    private static readonly JsonObject Schema = JsonNode.Parse(PolicySchema.Write(ReferenceData.Shipped))!.AsObject();
    private static readonly SchemaCheck Check = new(Schema);

    /// <summary>A policy with a key that nobody knows in each map, and where the schema describes the map.</summary>
    public static TheoryData<string, string> Maps => new()
    {
        { "zz: 1\npolicy: a", "" },
        { "policy: a\ngroups: {g: {zz: 1}}", "/$defs/group" },
        { "policy: a\napps: [{zz: 1}]", "/$defs/app" },
        { "policy: a\nunlisted_apps: {zz: 1}", "/properties/unlisted_apps" },
        { "policy: a\nallow: [{zz: 1}]", "/$defs/allowance" },
        { "policy: a\ntunables: [{zz: 1}]", "/$defs/values" },
        { "policy: a\nbaseline: {zz: 1}", "/properties/baseline" },
        { "policy: a\nexceptions: [{zz: 1}]", "/$defs/exception" },
    };

    [Fact]
    public void The_documents_hold_the_present_schema()
    {
        if (Approval.IsAsked) System.IO.File.WriteAllText(Path.Combine(Repository.Root, File), PolicySchema.Write(ReferenceData.Shipped));
        Assert.Equal(PolicySchema.Write(ReferenceData.Shipped), Repository.Read(File).ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Policies_without_mistakes_are_valid()
    {
        Complaints.None(Check.Complaints(YamlJson.Read(SomePolicy.Good)));
        Complaints.None(Check.Complaints(YamlJson.Read(Repository.Read("samples/policy.yml"))));
    }

    [Theory]
    [MemberData(nameof(Maps))]
    public void The_keys_of_a_map_are_those_that_the_reader_accepts(string text, string pointer)
    {
        const string Begin = "Known here are ";
        var told = SomePolicy.Read(text).Diagnostics.Single(item => item.Code == "NJ5007").Hint;
        Assert.StartsWith(Begin, told, StringComparison.Ordinal);
        var map = pointer.Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate((JsonNode)Schema, (node, part) => node[part]!);
        Assert.False((bool)map["additionalProperties"]!);
        Assert.Equal(told[Begin.Length..^1].Split(", "), map["properties"]!.AsObject().Select(item => item.Key).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("policy: acme\n", "")]
    [InlineData("platforms: [android]", "platforms: [symbian]")]
    [InlineData("roles: [file_sync]\n  approved", "roles: [gardener]\n  approved")]
    [InlineData("approved: true", "approved: perhaps")]
    [InlineData("[cloud_storage]", "[clouds]")]
    [InlineData("id: sync-1", "id: sync 1")]
    [InlineData("  owner: mobile@acme.example\n", "")]
    [InlineData("  expires: 2027-01-01", "")]
    [InlineData("reason: It", "raeson: It")]
    public void What_the_reader_refuses_is_invalid_too(string before, string after)
    {
        Assert.Contains(before, SomePolicy.Good, StringComparison.Ordinal);
        var text = SomePolicy.Good.Replace(before, after, StringComparison.Ordinal);
        Assert.NotEmpty(SomePolicy.Mistakes(text));
        Assert.NotEmpty(Check.Complaints(YamlJson.Read(text)));
    }
}
