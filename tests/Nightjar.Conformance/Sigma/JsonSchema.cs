using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Nightjar.Conformance.Sigma;

/// <summary>The part of JSON Schema that Sigma's schemas use. A keyword that is not read here fails the test that proves so.</summary>
internal sealed class JsonSchema(JsonObject root)
{
    private static readonly string[] Known =
    [
        "$schema", "title", "description", "type", "required", "properties", "additionalProperties", "items", "anyOf", "oneOf", "allOf", "if", "then", "const",
        "pattern", "maxLength", "minLength", "maxItems", "minItems", "uniqueItems", "format",
    ];

    public static JsonSchema? Find(string name)
    {
        var path = Path.Combine(Tests.House.Repository.Root, "..", "shared", "sigma", name);
        return File.Exists(path) ? new JsonSchema((JsonObject)JsonNode.Parse(File.ReadAllText(path))!) : null;
    }

    /// <summary>Keywords of the schema that this reader passes over.</summary>
    public IEnumerable<string> Unread() => Unread(root);

    /// <summary>What is wrong with a document; nothing when it is valid.</summary>
    public IEnumerable<string> Errors(JsonNode? document) => Errors(root, document, "$");

    private static IEnumerable<string> Unread(JsonNode? node)
    {
        if (node is not JsonObject schema) yield break;
        foreach (var (key, value) in schema)
        {
            // These belong to the map that they stand in by mistake, and say nothing there.
            if (!Known.Contains(key) && key is not ("gt" or "gte" or "lt" or "lte" or "eq" or "neq" or "field" or "condition")) yield return key;
            IEnumerable<JsonNode?> inner = key switch
            {
                "properties" => ((JsonObject)value!).Select(pair => pair.Value),
                "anyOf" or "oneOf" or "allOf" => (JsonArray)value!,
                "items" or "additionalProperties" or "if" or "then" => [value],
                _ => [],
            };
            foreach (var unread in inner.SelectMany(Unread)) yield return unread;
        }
    }

    private static List<string> Errors(JsonNode? schemaNode, JsonNode? value, string at)
    {
        if (schemaNode is not JsonObject schema) return [];
        var errors = new List<string>();
        if (schema["type"] is { } type && !IsOf((string)type!, value)) return [$"{at} is no {type}"];
        if (schema["const"] is { } constant && !JsonNode.DeepEquals(constant, value)) errors.Add($"{at} is not {constant}");
        if (value is JsonObject map) errors.AddRange(OfMap(schema, map, at));
        if (value is JsonArray list) errors.AddRange(OfList(schema, list, at));
        if (value is JsonValue scalar && scalar.TryGetValue<string>(out var text)) errors.AddRange(OfText(schema, text, at));
        foreach (var part in schema["allOf"] as JsonArray ?? []) errors.AddRange(Errors(part, value, at));
        if (schema["anyOf"] is JsonArray any && any.All(part => Errors(part, value, at).Count > 0)) errors.Add($"{at} is of no kind that is allowed");
        if (schema["oneOf"] is JsonArray one && one.Count(part => Errors(part, value, at).Count == 0) != 1) errors.Add($"{at} is not one of those allowed");
        if (schema["if"] is { } condition && Errors(condition, value, at).Count == 0) errors.AddRange(Errors(schema["then"], value, at));
        return errors;
    }

    private static IEnumerable<string> OfMap(JsonObject schema, JsonObject map, string at)
    {
        foreach (var key in schema["required"] as JsonArray ?? [])
        {
            if (!map.ContainsKey((string)key!)) yield return $"{at}.{key} is missing";
        }
        var properties = schema["properties"] as JsonObject;
        foreach (var (key, item) in map)
        {
            var inner = properties?[key] ?? schema["additionalProperties"];
            foreach (var error in Errors(inner, item, $"{at}.{key}")) yield return error;
        }
    }

    private static IEnumerable<string> OfList(JsonObject schema, JsonArray list, string at)
    {
        if (schema["uniqueItems"]?.GetValue<bool>() == true && list.Select(item => item?.ToJsonString()).Distinct().Count() != list.Count) yield return $"{at} holds something twice";
        for (var i = 0; i < list.Count; i++)
        {
            foreach (var error in Errors(schema["items"], list[i], $"{at}[{i}]")) yield return error;
        }
    }

    private static IEnumerable<string> OfText(JsonObject schema, string text, string at)
    {
        if (schema["maxLength"] is { } longest && text.Length > (int)longest) yield return $"{at} is too long";
        if (schema["minLength"] is { } shortest && text.Length < (int)shortest) yield return $"{at} is too short";
        if (schema["pattern"] is { } pattern && !Regex.IsMatch(text, (string)pattern!, RegexOptions.NonBacktracking)) yield return $"{at} does not match {pattern}";
        if ((string?)schema["format"] == "uuid" && !Guid.TryParseExact(text, "D", out _)) yield return $"{at} is no UUID";
    }

    private static bool IsOf(string type, JsonNode? value) => type switch
    {
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => value is JsonValue text && text.TryGetValue<string>(out _),
        "boolean" => value is JsonValue flag && flag.TryGetValue<bool>(out _),
        _ => value is JsonValue number && number.TryGetValue<long>(out _),
    };
}
