using System.Text.Json.Nodes;
using Nightjar.Sources.Mapping;
using Nightjar.Tests.House;
using Xunit;

namespace Nightjar.Tests.Sources.Mapping;

/// <summary>The published schema says what the reader of mappings takes.</summary>
/// <remarks><c>NIGHTJAR_APPROVE=1 ./test unit MappingSchema</c> writes the schema anew.</remarks>
public sealed class MappingSchemaTests
{
    private const string File = "docs/reference/schema/mapping.schema.json";

    private static readonly JsonObject Schema = JsonNode.Parse(MappingSchema.Write())!.AsObject();

    [Fact]
    public void The_published_schema_is_the_present_one()
    {
        if (Approval.IsAsked) System.IO.File.WriteAllText(Path.Combine(Repository.Root, File), MappingSchema.Write());
        Assert.Equal(Repository.Read(File), MappingSchema.Write());
    }

    /// <summary>Every key of the schema is asked for by the reader, at its place.</summary>
    [Theory]
    [InlineData("", "{0}: {{}}\n")]
    [InlineData("recognise", "recognise:\n  {0}: {{}}\n")]
    [InlineData("ignore", "ignore:\n  {0}: {{}}\n")]
    [InlineData("events", "events:\n- {0}: {{}}\n")]
    [InlineData("field", "events:\n- class: log_line\n  set:\n    file.name:\n      {0}: {{}}\n")]
    [InlineData("moment", "events:\n- class: log_line\n  set:\n    end_time:\n      {0}: {{}}\n")]
    [InlineData("time", "events:\n- class: log_line\n  set:\n    time:\n      {0}: {{}}\n")]
    [InlineData("app", "events:\n- class: log_line\n  set:\n    actor.app_uid:\n      {0}: {{}}\n")]
    [InlineData("comparison", "events:\n- class: log_line\n  when:\n    a:\n      {0}: {{}}\n")]
    [InlineData("fields", "events:\n- class: log_line\n  set:\n    {0}: x\n")]
    public void A_key_of_the_schema_is_known(string place, string text)
    {
        var keys = Properties(place).Select(pair => pair.Key).ToList();
        Assert.NotEmpty(keys);
        Complaints.None(keys.Where(key => Codes(string.Format(System.Globalization.CultureInfo.InvariantCulture, text, key)).Any(code => code is "NJ3007" or "NJ3010" or "NJ3013")).Select(key => $"{place}: {key} is not known."));
        Assert.Contains(Codes(string.Format(System.Globalization.CultureInfo.InvariantCulture, text, "nonsense")), code => code is "NJ3007" or "NJ3010");
    }

    /// <summary>And every key that a shipped mapping uses is in the schema.</summary>
    [Fact]
    public void Every_key_of_a_shipped_mapping_is_in_the_schema() =>
        Complaints.None(
            from source in MappingLoader.Shipped
            from line in source.Text.Split('\n')
            where line.Length > 0 && char.IsAsciiLetterLower(line[0])
            let key = line[..line.IndexOf(':', StringComparison.Ordinal)]
            where !Properties("").ContainsKey(key)
            select $"{source.Path}: {key}");

    private static JsonObject Properties(string place) => (place switch
    {
        "" => Schema["properties"],
        "recognise" => Schema["properties"]!["recognise"]!["properties"],
        "ignore" or "events" => Schema["properties"]![place]!["anyOf"]![0]!["properties"],
        "field" or "moment" or "time" or "app" => Schema["$defs"]![place]!["anyOf"]![1]!["properties"],
        _ => Schema["$defs"]![place]!["properties"],
    })!.AsObject();

    private static IEnumerable<string> Codes(string yaml) => MappingLoader.Load([new MappingSource("a.yml", yaml)]).Diagnostics.Select(item => item.Code);
}
