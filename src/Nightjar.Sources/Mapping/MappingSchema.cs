using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Nightjar.Events;
using Nightjar.Sources.Mapping.Plan;
using Nightjar.Sources.Mapping.Reading;

namespace Nightjar.Sources.Mapping;

/// <summary>The JSON schema of mapping files, made from what the reader of mappings knows, so that editors complete and check them.</summary>
public static class MappingSchema
{
    private const string Id = "mapping.schema.json";

    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, IndentSize = 2, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema as JSON, with a line end.</summary>
    public static string Write() => new JsonObject
    {
        ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
        ["$id"] = Id,
        ["title"] = "A mapping of Nightjar",
        ["description"] = "How the records of a product become events. See docs/guides/map-a-product.md.",
        ["type"] = "object",
        ["additionalProperties"] = false,
        ["required"] = Names("mapping", "title", "product", "log-name", "recognise", "events"),
        ["properties"] = Top(),
        ["$defs"] = Definitions(),
    }.ToJsonString(Layout) + "\n";

    private static JsonObject Top() => new()
    {
        ["mapping"] = Text("Its name. A mapping of yours replaces the shipped one of the same name.", "^[a-z0-9]+(-[a-z0-9]+)*$"),
        ["title"] = Text("What it is, for people."),
        ["product"] = Text("Name of the product; becomes metadata.product.name."),
        ["log-name"] = Text("ATT&CK log source that it fills, such as MobileEDR:telemetry."),
        ["documentation"] = Text("Where the product describes the format."),
        ["notes"] = Ref("texts", "What a reader of the mapping should know."),
        ["platform"] = Enum("The platform of every record; left out where a file may speak of any.", "android", "ios", "ipados"),
        ["one-device"] = Flag("A file speaks of one device without naming it."),
        ["format"] = Enum("The layout of a file. Default: json, in any layout.", "json", "csv", "key-value"),
        ["separator"] = Text("Of csv and key-value: what stands between fields; a character, tab or space."),
        ["assign"] = Text("Of key-value: what stands between a key and its value."),
        ["columns"] = Ref("texts", "Of csv without a header: the names of its columns."),
        ["records"] = Text("Of json: the array of an outer object that holds the records, such as value[]."),
        ["json-texts"] = Ref("texts", "Paths of texts that hold JSON themselves."),
        ["unread"] = Ref("texts", "Paths that are known and not needed, so that they are not counted as unmapped; a.* for all below, * for all."),
        ["meaningless"] = Ref("texts", "What this product writes where it knows nothing, beside -, null, N/A, unknown and the like."),
        ["recognise"] = Recognise(),
        ["tables"] = Map("Values for values, by name.", Ref("table", "")),
        ["ignore"] = OneOrMore("Records that are known and give no event.", Object(["when", "reason"], ("when", Ref("condition", "Which records.")), ("reason", Text("Why.")))),
        ["every"] = Ref("fields", "Attributes of every event; what an event sets itself goes before."),
        ["events"] = OneOrMore("Which events the records give. A record may give several.", Event()),
    };

    private static JsonObject Recognise()
    {
        var map = Object(["keys"],
            ("keys", Ref("texts", "What every record has: paths, or names of columns.")),
            ("any", Ref("texts", "One of these must be there.")),
            ("values", Ref("condition", "What values must be.")));
        map["description"] = "Which files are meant.";
        return map;
    }

    private static JsonObject Event() => Object(["class"],
        ("when", Ref("condition", "Which records; all when left out.")),
        ("otherwise", Flag("Only records of which no event before was made.")),
        ("for-each", Text("A list of the record; each item gives an event, and item.name is a path of it.")),
        ("class", new JsonObject { ["description"] = "The class of the event.", ["enum"] = new JsonArray([.. Classes().Select(name => (JsonNode)name)]) }),
        ("activity", new JsonObject { ["description"] = "The activity, by number, or where it comes from.", ["anyOf"] = new JsonArray(new JsonObject { ["type"] = "integer", ["minimum"] = 0, ["maximum"] = 99 }, Ref("field", "")) }),
        ("set", Ref("fields", "The attributes of the event.")));

    private static IEnumerable<string> Classes() => System.Enum.GetValues<EventClass>().Where(item => item != EventClass.Other).Select(item => item.Name());

    private static JsonObject Definitions() => new()
    {
        ["texts"] = OneOrMore("", Plain("")),
        ["table"] = Map("The row * stands for all values that have none.", Plain("")),
        ["condition"] = OneOrMore("All paths of a map must hold; of several maps, one.", Map("", new JsonObject { ["anyOf"] = new JsonArray(Ref("texts", ""), Ref("comparison", "")) })),
        ["comparison"] = Object([], [.. ConditionReading.Words.Select(word => (word, word is "exists" or "local" ? Flag("") : word is "above" or "below" ? new JsonObject { ["type"] = "number" } : Ref("texts", "")))]),
        ["step"] = Steps(),
        ["field"] = Field(),
        ["moment"] = Field(Moments()),
        ["time"] = Field([.. Moments(), ("or-file-time", Flag("Where the record has none, the file's own date is taken."))]),
        ["app"] = Field(("grade", Enum("How surely the app is named.", "package-and-signer", "package", "uid", "process", "label"))),
        ["fields"] = Fields(),
    };

    private static JsonObject Fields()
    {
        var properties = new JsonObject();
        foreach (var info in FieldReading.Settable)
            foreach (var path in info.Aliases.Prepend(info.Path)) properties[path] = Ref(DefinitionOf(info.Id), "");
        return new JsonObject { ["type"] = "object", ["additionalProperties"] = false, ["properties"] = properties };
    }

    private static string DefinitionOf(FieldId field) => field switch
    {
        FieldId.Time => "time",
        FieldId.AppUid => "app",
        _ => FieldReading.Times.Contains(field) ? "moment" : "field",
    };

    private static JsonObject Field(params (string Name, JsonObject Schema)[] more) => new()
    {
        ["anyOf"] = new JsonArray(
            Text("A path: names with dots between; item.name of an item, ^.name of the object around the records."),
            Object([],
            [
                ("from", Ref("texts", "Paths; the first that holds anything counts.")),
                ("join", Ref("texts", "Paths whose values are put together, with a blank between.")),
                ("constant", Plain("The value itself.")),
                ("take", OneOrMore("What is taken of the value.", Ref("step", ""))),
                ("table", new JsonObject { ["description"] = "A table by name, or its rows.", ["anyOf"] = new JsonArray(new JsonObject { ["type"] = "string" }, Ref("table", "")) }),
                ("default", Plain("Taken when there is nothing.")),
                ("unit", Enum("In what the product counts.", [.. Unit.All.Select(unit => unit.Name)])),
                ("times", Text("A path whose number multiplies the value, such as a sampling rate.")),
                .. more,
            ])),
    };

    private static (string, JsonObject)[] Moments() =>
    [
        ("format", Ref("texts", $"{string.Join(", ", TimeForm.Names)}, or a pattern such as yyyy-MM-dd HH:mm:ss; several are tried in order.")),
        ("zone", Text("Of times that state none: UTC, an offset such as +02:00, or assumed.")),
    ];

    private static JsonObject Steps() => new()
    {
        ["anyOf"] = new JsonArray(
            new JsonObject { ["enum"] = Names([.. Step.Named.Keys]) },
            Object([], ("before", Text("What stands before this mark.")), ("after", Text("What stands behind the last of this mark.")), ("match", Text("The first group of this expression.")))),
    };

    private static JsonObject Object(string[] required, params (string Name, JsonObject Schema)[] properties)
    {
        var schema = new JsonObject { ["type"] = "object", ["additionalProperties"] = false };
        if (required.Length > 0) schema["required"] = Names(required);
        var all = new JsonObject();
        foreach (var (name, property) in properties) all[name] = property;
        schema["properties"] = all;
        return schema;
    }

    private static JsonObject OneOrMore(string description, JsonObject item)
    {
        var schema = Described(description);
        schema["anyOf"] = new JsonArray(item, new JsonObject { ["type"] = "array", ["items"] = item.DeepClone() });
        return schema;
    }

    private static JsonObject Map(string description, JsonObject value)
    {
        var schema = Described(description);
        schema["type"] = "object";
        schema["additionalProperties"] = value;
        return schema;
    }

    private static JsonObject Text(string description, string? pattern = null)
    {
        var schema = Described(description);
        schema["type"] = "string";
        if (pattern is not null) schema["pattern"] = pattern;
        return schema;
    }

    private static JsonObject Plain(string description)
    {
        var schema = Described(description);
        schema["type"] = Names("string", "number", "boolean");
        return schema;
    }

    private static JsonObject Flag(string description)
    {
        var schema = Described(description);
        schema["type"] = "boolean";
        return schema;
    }

    private static JsonObject Enum(string description, params string[] values)
    {
        var schema = Described(description);
        schema["enum"] = Names(values);
        return schema;
    }

    private static JsonObject Ref(string name, string description)
    {
        var schema = Described(description);
        schema["$ref"] = $"#/$defs/{name}";
        return schema;
    }

    private static JsonObject Described(string description) => description.Length > 0 ? new JsonObject { ["description"] = description } : [];

    private static JsonArray Names(params string[] names) => new([.. names.Select(name => (JsonNode)name)]);
}
