using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Nightjar.Tests.Scenarios.Schemas;

/// <summary>Checks a value against a JSON schema, as far as draft 2020-12 is used here; a keyword that is not known is a complaint.</summary>
internal sealed class SchemaCheck(JsonObject root)
{
    private static readonly HashSet<string> Silent = ["$schema", "$defs", "title", "description", "examples", "then", "else"];

    /// <summary>What is wrong, each with the place in the value.</summary>
    public IEnumerable<string> Complaints(JsonNode? value) => Of(root, value, "");

    private IEnumerable<string> Of(JsonNode? schema, JsonNode? value, string at)
    {
        if (schema is JsonValue flag) return flag.GetValue<bool>() ? [] : [$"{at}: is not allowed."];
        var shape = schema!.AsObject();
        return shape.Where(item => !Silent.Contains(item.Key)).SelectMany(item => Keyword(shape, item.Key, item.Value!, value, at));
    }

    private bool Fits(JsonNode? schema, JsonNode? value) => !Of(schema, value, "").Any();

    private IEnumerable<string> Keyword(JsonObject shape, string keyword, JsonNode rule, JsonNode? value, string at) => keyword switch
    {
        "$ref" => Of(Resolve((string)rule!), value, at),
        "type" => Types(rule).Contains(TypeOf(value)) || Types(rule).Contains("number") && TypeOf(value) == "integer" ? [] : [$"{at}: is {TypeOf(value)}, not {rule.ToJsonString()}."],
        "enum" => rule.AsArray().Any(item => JsonNode.DeepEquals(item, value)) ? [] : [$"{at}: `{value}` is none of the values."],
        "const" => JsonNode.DeepEquals(rule, value) ? [] : [$"{at}: `{value}` is not `{rule}`."],
        "pattern" => value is not JsonValue || TypeOf(value) != "string" || Regex.IsMatch((string)value!, (string)rule!, RegexOptions.NonBacktracking) ? [] : [$"{at}: `{value}` has another form."],
        "minimum" => Number(value) is { } number && number < (double)rule ? [$"{at}: {number} is too small."] : [],
        "maximum" => Number(value) is { } number && number > (double)rule ? [$"{at}: {number} is too large."] : [],
        "anyOf" => rule.AsArray().Any(item => Fits(item, value)) ? [] : [$"{at}: fits none of the forms."],
        "allOf" => rule.AsArray().SelectMany(item => Of(item, value, at)),
        "not" => Fits(rule, value) ? [$"{at}: has what it must not."] : [],
        "if" => Fits(rule, value) ? shape["then"] is { } then ? Of(then, value, at) : [] : shape["else"] is { } other ? Of(other, value, at) : [],
        "items" => value is JsonArray list ? list.SelectMany((item, index) => Of(rule, item, $"{at}/{index}")) : [],
        _ => value is JsonObject map ? MapKeyword(shape, keyword, rule, map, at) : Known(keyword) ? [] : [$"keyword {keyword} is not known."],
    };

    private IEnumerable<string> MapKeyword(JsonObject shape, string keyword, JsonNode rule, JsonObject map, string at) => keyword switch
    {
        "properties" => rule.AsObject().Where(item => map.ContainsKey(item.Key)).SelectMany(item => Of(item.Value, map[item.Key], $"{at}/{item.Key}")),
        "additionalProperties" => map.Where(item => shape["properties"]?.AsObject().ContainsKey(item.Key) != true).SelectMany(item => Of(rule, item.Value, $"{at}/{item.Key}")),
        "propertyNames" => map.SelectMany(item => Of(rule, JsonValue.Create(item.Key), $"{at}/{item.Key}")),
        "required" => rule.AsArray().Where(key => !map.ContainsKey((string)key!)).Select(key => $"{at}: lacks {key}."),
        "dependentSchemas" => rule.AsObject().Where(item => map.ContainsKey(item.Key)).SelectMany(item => Of(item.Value, map, at)),
        _ => [$"keyword {keyword} is not known."],
    };

    private static bool Known(string keyword) => keyword is "properties" or "additionalProperties" or "propertyNames" or "required" or "dependentSchemas";

    private JsonNode? Resolve(string reference) => reference.Split('/').Skip(1).Aggregate((JsonNode?)root, (node, part) => node![part]);

    private static IEnumerable<string> Types(JsonNode rule) => rule is JsonArray several ? several.Select(item => (string)item!) : [(string)rule!];

    private static double? Number(JsonNode? value) => TypeOf(value) is "integer" or "number" ? double.Parse(value!.ToJsonString(), CultureInfo.InvariantCulture) : null;

    private static string TypeOf(JsonNode? value) => value switch
    {
        null => "null",
        JsonObject => "object",
        JsonArray => "array",
        _ when value.GetValueKind() == System.Text.Json.JsonValueKind.String => "string",
        _ when value.GetValueKind() is System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False => "boolean",
        _ => value.ToJsonString().All(c => char.IsAsciiDigit(c) || c == '-') ? "integer" : "number",
    };
}
