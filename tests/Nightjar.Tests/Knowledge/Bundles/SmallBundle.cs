using System.Text;
using System.Text.Json.Nodes;
using Nightjar.Knowledge.Bundles;

namespace Nightjar.Tests.Knowledge.Bundles;

/// <summary>An invented bundle of one object of each kind. Wherever ATT&amp;CK has prose it says PROSE.</summary>
internal static class SmallBundle
{
    public const string Name = "mobile-attack-20.0.json";

    /// <summary>The bundle after somebody changed it.</summary>
    public static JsonObject Changed(Action<JsonArray> change)
    {
        var objects = Objects();
        change(objects);
        return new JsonObject { ["type"] = "bundle", ["id"] = "bundle--" + Uuid(0), ["objects"] = objects };
    }

    public static AttackImport Import(JsonNode bundle, string name = Name, string? release = null) => Import(bundle.ToJsonString(), name, release);

    public static AttackImport Import(string text, string name = Name, string? release = null) => Import(Encoding.UTF8.GetBytes(text), name, release);

    public static AttackImport Import(byte[] bytes, string name = Name, string? release = null) => AttackBundle.Read(new MemoryStream(bytes), name, release);

    /// <summary>The object with this ATT&amp;CK id.</summary>
    public static JsonObject Of(this JsonArray objects, string id) =>
        objects.Select(item => item!.AsObject()).First(item => item["external_references"] is JsonArray references && (string?)references[0]!["external_id"] == id);

    public static JsonObject Relation(int number, string kind, string from, string to) => new()
    {
        ["type"] = "relationship", ["id"] = "relationship--" + Uuid(number), ["relationship_type"] = kind, ["source_ref"] = from, ["target_ref"] = to, ["description"] = "PROSE", ["modified"] = "2027-01-02T00:00:00.000Z",
    };

    public static string Uuid(int number) => $"00000000-0000-4000-8000-{number:d12}";

    public static JsonObject Technique(int number, string id) => Object("attack-pattern", number, id, "mitre-attack", new JsonObject
    {
        ["x_mitre_platforms"] = new JsonArray("iOS", "Android"),
        ["kill_chain_phases"] = new JsonArray(new JsonObject { ["kill_chain_name"] = "mitre-mobile-attack", ["phase_name"] = "hiding" }),
    });

    private static JsonArray Objects() =>
    [
        new JsonObject { ["type"] = "x-mitre-matrix", ["id"] = "x-mitre-matrix--" + Uuid(9), ["tactic_refs"] = new JsonArray("x-mitre-tactic--" + Uuid(1)), ["description"] = "PROSE" },
        Object("x-mitre-tactic", 1, "TA9001", "mitre-attack", new JsonObject { ["x_mitre_shortname"] = "hiding" }),
        Technique(2, "T9002"),
        Technique(3, "T9002.001"),
        Object("x-mitre-data-component", 4, "DC9004", "mitre-attack", new JsonObject { ["x_mitre_log_sources"] = new JsonArray(Source("b:log", "PROSE one"), Source("a:log", "PROSE two"), Source("b:log", "PROSE three")) }),
        Object("x-mitre-detection-strategy", 5, "DET9005", "mitre-attack", new JsonObject { ["x_mitre_analytic_refs"] = new JsonArray("x-mitre-analytic--" + Uuid(6)) }),
        Analytic(),
        Object("course-of-action", 7, "M9007", "mitre-attack", []),
        new JsonObject { ["type"] = "malware", ["id"] = "malware--" + Uuid(8), ["name"] = "PROSE", ["modified"] = "2027-01-03T00:00:00.000Z" },
        Relation(11, "detects", "x-mitre-detection-strategy--" + Uuid(5), "attack-pattern--" + Uuid(2)),
        Relation(12, "subtechnique-of", "attack-pattern--" + Uuid(3), "attack-pattern--" + Uuid(2)),
        Relation(13, "mitigates", "course-of-action--" + Uuid(7), "attack-pattern--" + Uuid(3)),
        Relation(14, "uses", "malware--" + Uuid(8), "attack-pattern--" + Uuid(2)),
    ];

    private static JsonObject Analytic()
    {
        var result = Object("x-mitre-analytic", 6, "AN9006", "mitre-attack", new JsonObject
        {
            ["x_mitre_platforms"] = new JsonArray("Android"),
            ["x_mitre_log_source_references"] = new JsonArray(Reference("b:log", "PROSE of what is seen"), Reference("b:log", "ADB_ENABLED"), Reference("a:log ", "None")),
            ["x_mitre_mutable_elements"] = new JsonArray(new JsonObject { ["field"] = "TimeWindow ", ["description"] = "PROSE" }, new JsonObject { ["field"] = "Apps", ["description"] = "PROSE" }),
        });
        result["name"] = "Analytic 9006";
        return result;
    }

    private static JsonObject Source(string name, string channel) => new() { ["name"] = name, ["channel"] = channel };

    private static JsonObject Reference(string name, string channel)
    {
        var result = Source(name, channel);
        result["x_mitre_data_component_ref"] = "x-mitre-data-component--" + Uuid(4);
        return result;
    }

    private static JsonObject Object(string type, int number, string id, string source, JsonObject more)
    {
        var result = new JsonObject
        {
            ["type"] = type,
            ["id"] = $"{type}--{Uuid(number)}",
            ["name"] = $"Name of {id}",
            ["description"] = "PROSE",
            ["created"] = "2026-12-01T10:00:00.000Z",
            ["modified"] = "2027-01-01T10:00:00.000Z",
            ["x_mitre_version"] = "1.0",
            ["x_mitre_deprecated"] = false,
            ["external_references"] = new JsonArray(new JsonObject { ["source_name"] = source, ["external_id"] = id, ["url"] = "https://attack.example/" + id }, new JsonObject { ["source_name"] = "PROSE", ["description"] = "PROSE" }),
        };
        foreach (var (key, value) in more.ToList())
        {
            more.Remove(key);
            result[key] = value;
        }
        return result;
    }
}
