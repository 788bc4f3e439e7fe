using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Nightjar.Conformance.Schemas;

/// <summary>The part of JSON Schema that the schemas of Sigma and STIX use. A keyword that is not read here fails the tests that prove so.</summary>
/// <param name="root">The schema.</param>
/// <param name="folder">Where the files lie that it refers to.</param>
internal sealed class JsonSchema(JsonObject root, string folder)
{
    private static readonly string[] Known =
    [
        "$schema", "$id", "title", "description", "type", "required", "properties", "patternProperties", "additionalProperties", "propertyNames", "items", "contains",
        "anyOf", "oneOf", "allOf", "not", "if", "then", "const", "enum", "$ref", "definitions",
        "pattern", "maxLength", "minLength", "maxItems", "minItems", "minProperties", "minimum", "maximum", "uniqueItems", "format",
    ];

    private readonly Dictionary<string, JsonSchema> _others = new(StringComparer.Ordinal);

    /// <summary>The schema of a file; null when there is none.</summary>
    public static JsonSchema? Load(string path) =>
        File.Exists(path) ? new JsonSchema((JsonObject)JsonNode.Parse(File.ReadAllText(path))!, Path.GetDirectoryName(path)!) : null;

    /// <summary>The schema of a name among those that lie beside the repository; null when they do not.</summary>
    public static JsonSchema? Beside(string name) => Load(Path.Combine(Tests.House.Repository.Root, "..", "shared", name));

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
                "properties" or "patternProperties" or "definitions" => ((JsonObject)value!).Select(pair => pair.Value),
                "anyOf" or "oneOf" or "allOf" => (JsonArray)value!,
                "items" or "additionalProperties" or "if" or "then" or "not" or "contains" or "propertyNames" => [value],
                _ => [],
            };
            foreach (var unread in inner.SelectMany(Unread)) yield return unread;
        }
    }

    private List<string> Errors(JsonNode? schemaNode, JsonNode? value, string at)
    {
        if (schemaNode is JsonValue flag && flag.TryGetValue<bool>(out var isAllowed) && !isAllowed) return [$"{at} may not be there"];
        if (schemaNode is not JsonObject schema) return [];
        var errors = new List<string>();
        if (schema["type"] is { } type && !IsOf((string)type!, value)) return [$"{at} is no {type}"];
        if (schema["$ref"] is { } reference) errors.AddRange(Referred((string)reference!, value, at));
        if (schema["const"] is { } constant && !JsonNode.DeepEquals(constant, value)) errors.Add($"{at} is not {constant}");
        if (schema["enum"] is JsonArray words && !words.Any(word => JsonNode.DeepEquals(word, value))) errors.Add($"{at} is not one of {words.ToJsonString()}");
        if (value is JsonObject map) errors.AddRange(OfMap(schema, map, at));
        if (value is JsonArray list) errors.AddRange(OfList(schema, list, at));
        if (value is JsonValue scalar && scalar.TryGetValue<string>(out var text)) errors.AddRange(OfText(schema, text, at));
        if (value is JsonValue number && number.TryGetValue<double>(out var amount)) errors.AddRange(OfNumber(schema, amount, at));
        errors.AddRange(OfParts(schema, value, at));
        return errors;
    }

    private IEnumerable<string> OfParts(JsonObject schema, JsonNode? value, string at)
    {
        foreach (var error in (schema["allOf"] as JsonArray ?? []).SelectMany(part => Errors(part, value, at))) yield return error;
        if (schema["anyOf"] is JsonArray any && any.All(part => Errors(part, value, at).Count > 0)) yield return $"{at} is of no kind that is allowed";
        if (schema["oneOf"] is JsonArray one && one.Count(part => Errors(part, value, at).Count == 0) != 1) yield return $"{at} is not one of those allowed";
        if (schema["not"] is { } not && Errors(not, value, at).Count == 0) yield return $"{at} is what it may not be";
        if (schema["if"] is not { } condition || Errors(condition, value, at).Count > 0) yield break;
        foreach (var error in Errors(schema["then"], value, at)) yield return error;
    }

    private List<string> Referred(string reference, JsonNode? value, string at)
    {
        if (reference.StartsWith("#/", StringComparison.Ordinal)) return Errors(reference[2..].Split('/').Aggregate((JsonNode?)root, (node, part) => node?[part]) ?? throw new InvalidOperationException(reference), value, at);
        if (!_others.TryGetValue(reference, out var other)) _others[reference] = other = Load(Path.Combine(folder, reference)) ?? throw new InvalidOperationException(reference);
        return [.. other.Errors(other.Root, value, at)];
    }

    private JsonObject Root => root;

    private IEnumerable<string> OfMap(JsonObject schema, JsonObject map, string at)
    {
        foreach (var key in schema["required"] as JsonArray ?? [])
        {
            if (!map.ContainsKey((string)key!)) yield return $"{at}.{key} is missing";
        }
        if (schema["minProperties"] is { } fewest && map.Count < (int)fewest) yield return $"{at} has too few members";
        var properties = schema["properties"] as JsonObject;
        foreach (var (key, item) in map)
        {
            var patterns = (schema["patternProperties"] as JsonObject ?? []).Where(pair => Matches(key, pair.Key)).Select(pair => pair.Value).ToList();
            if (properties?[key] is { } own) patterns.Add(own);
            if (patterns.Count == 0) patterns.Add(schema["additionalProperties"]);
            foreach (var error in patterns.SelectMany(inner => Errors(inner, item, $"{at}.{key}"))) yield return error;
            foreach (var error in Errors(schema["propertyNames"], key, $"{at}.{key}")) yield return error;
        }
    }

    private IEnumerable<string> OfList(JsonObject schema, JsonArray list, string at)
    {
        if (schema["uniqueItems"]?.GetValue<bool>() == true && list.Select(item => item?.ToJsonString()).Distinct().Count() != list.Count) yield return $"{at} holds something twice";
        if (schema["minItems"] is { } fewest && list.Count < (int)fewest) yield return $"{at} holds too little";
        if (schema["maxItems"] is { } greatest && list.Count > (int)greatest) yield return $"{at} holds too much";
        if (schema["contains"] is { } wanted && list.All(item => Errors(wanted, item, at).Count > 0)) yield return $"{at} lacks what it must hold";
        for (var i = 0; i < list.Count; i++)
        {
            foreach (var error in Errors(schema["items"], list[i], $"{at}[{i}]")) yield return error;
        }
    }

    private static IEnumerable<string> OfText(JsonObject schema, string text, string at)
    {
        if (schema["maxLength"] is { } longest && text.Length > (int)longest) yield return $"{at} is too long";
        if (schema["minLength"] is { } shortest && text.Length < (int)shortest) yield return $"{at} is too short";
        if (schema["pattern"] is { } pattern && !Matches(text, (string)pattern!)) yield return $"{at} does not match {pattern}";
        var isWrong = (string?)schema["format"] switch
        {
            "uuid" => !Guid.TryParseExact(text, "D", out _),
            "uri" => !Uri.TryCreate(text, UriKind.Absolute, out _),
            "idn-hostname" => Uri.CheckHostName(text) != UriHostNameType.Dns,
            _ => false,
        };
        if (isWrong) yield return $"{at} is no {schema["format"]}";
    }

    private static IEnumerable<string> OfNumber(JsonObject schema, double number, string at)
    {
        if (schema["minimum"] is { } least && number < (double)least) yield return $"{at} is too small";
        if (schema["maximum"] is { } most && number > (double)most) yield return $"{at} is too large";
    }

    private static bool Matches(string text, string pattern) => Regex.IsMatch(text, pattern, RegexOptions.NonBacktracking);

    private static bool IsOf(string type, JsonNode? value) => type switch
    {
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => value is JsonValue text && text.TryGetValue<string>(out _),
        "boolean" => value is JsonValue flag && flag.TryGetValue<bool>(out _),
        "number" => value is JsonValue number && number.TryGetValue<double>(out _),
        _ => value is JsonValue number && number.TryGetValue<long>(out _),
    };
}
