using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Nightjar.Knowledge;

/// <summary>Short words for the pieces of a JSON schema, draft 2020-12.</summary>
internal static class Shape
{
    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A whole schema as it is published, with a line end.</summary>
    public static string Document(string title, JsonObject shape)
    {
        var schema = new JsonObject { ["$schema"] = "https://json-schema.org/draft/2020-12/schema", ["title"] = title };
        foreach (var (key, value) in shape.ToArray())
        {
            shape.Remove(key);
            schema[key] = value;
        }
        return schema.ToJsonString(Written) + "\n";
    }

    /// <summary>A single value as a person writes it: YAML takes <c>5</c> for a number and <c>5m</c> for a text.</summary>
    public static JsonObject Value(string description) => new() { ["type"] = new JsonArray("string", "number", "boolean"), ["description"] = description };

    public static JsonObject Text(string description) => new() { ["type"] = "string", ["description"] = description };

    public static JsonObject Flag(string description) => new() { ["type"] = "boolean", ["description"] = description };

    public static JsonObject Whole(string description, int low, int high) =>
        new() { ["type"] = "integer", ["minimum"] = low, ["maximum"] = high, ["description"] = description };

    public static JsonObject OneOf(string description, IEnumerable<string> words) => new() { ["enum"] = Words(words), ["description"] = description };

    /// <summary>A list, or one value alone.</summary>
    public static JsonObject Some(string description, JsonObject item) =>
        new() { ["description"] = description, ["anyOf"] = new JsonArray(item.DeepClone(), new JsonObject { ["type"] = "array", ["items"] = item.DeepClone() }) };

    public static JsonObject List(string description, JsonObject item) => new() { ["type"] = "array", ["description"] = description, ["items"] = item };

    public static JsonObject Ref(string name, string? description = null)
    {
        var shape = new JsonObject { ["$ref"] = "#/$defs/" + name };
        if (description is not null) shape["description"] = description;
        return shape;
    }

    /// <summary>A map with these keys and no other.</summary>
    public static JsonObject Map(string description, IEnumerable<(string Key, JsonObject Shape)> keys, params ReadOnlySpan<string> required)
    {
        var properties = new JsonObject();
        foreach (var (key, shape) in keys) properties[key] = shape;
        var map = new JsonObject { ["type"] = "object", ["description"] = description, ["properties"] = properties, ["additionalProperties"] = false };
        if (required.Length > 0) map["required"] = Words([.. required]);
        return map;
    }

    /// <summary>A map with any keys, whose values have one shape.</summary>
    public static JsonObject Named(string description, JsonObject item) => new() { ["type"] = "object", ["description"] = description, ["additionalProperties"] = item };

    /// <summary>None of the keys is there.</summary>
    public static JsonObject Without(IEnumerable<string> keys) =>
        new() { ["not"] = new JsonObject { ["anyOf"] = new JsonArray([.. keys.Select(key => (JsonNode)Having(key))]) } };

    public static JsonObject Having(string key) => new() { ["required"] = Words([key]) };

    public static JsonArray Words(IEnumerable<string> words) => new([.. words.Select(word => (JsonNode)JsonValue.Create(word)!)]);
}
