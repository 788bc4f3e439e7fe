// Makes mobile.json from a published ATT&CK Mobile bundle (STIX 2.1):
//
//     dotnet run reference/attack/generate.cs mobile-attack-19.1.json > reference/attack/mobile.json
//
// Kept are ids, names, versions and relations. No description, no prose of ATT&CK enters the file.
#:property PublishAot=false
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

if (args.Length != 1)
{
    Console.Error.WriteLine("usage: dotnet run generate.cs BUNDLE.json");
    return 3;
}
var release = Path.GetFileNameWithoutExtension(args[0]).Split('-')[^1];
var objects = JsonNode.Parse(File.ReadAllBytes(args[0]))!["objects"]!.AsArray().Select(o => o!.AsObject()).ToList();
var byStixId = objects.ToDictionary(o => (string)o["id"]!, StringComparer.Ordinal);
var json = new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

string Id(JsonObject o) => (string)o["external_references"]!.AsArray().First(r => ((string)r!["source_name"]!).StartsWith("mitre", StringComparison.Ordinal))!["external_id"]!;
IEnumerable<JsonObject> Of(string type) => objects.Where(o => (string)o["type"]! == type).OrderBy(Id, StringComparer.Ordinal);
IEnumerable<JsonObject> Related(string kind, JsonObject from) => objects
    .Where(o => (string)o["type"]! == "relationship" && (string)o["relationship_type"]! == kind && (string)o["source_ref"]! == (string)from["id"]!)
    .Where(o => byStixId.ContainsKey((string)o["target_ref"]!)).Select(o => byStixId[(string)o["target_ref"]!]);
JsonArray Names(IEnumerable<string> names) => new([.. names.Distinct(StringComparer.Ordinal).Select(n => (JsonNode)n)]);
JsonArray Texts(JsonNode? array) => Names((array as JsonArray ?? []).Select(t => (string)t!));

JsonObject Base(JsonObject o, bool named)
{
    var result = new JsonObject { ["id"] = Id(o) };
    if (named) result["name"] = (string)o["name"]!;
    result["version"] = (string)o["x_mitre_version"]!;
    result["modified"] = ((string)o["modified"]!)[..10];
    result["stix"] = ((string)o["id"]!).Split("--")[1];
    if ((bool?)o["x_mitre_deprecated"] == true) result["deprecated"] = true;
    return result;
}

var matrixOrder = Of("x-mitre-matrix").Where(m => (bool?)m["x_mitre_deprecated"] != true).SelectMany(m => m["tactic_refs"]!.AsArray().Select(t => (string)t!)).ToList();
var tactics = Of("x-mitre-tactic").OrderBy(t => matrixOrder.IndexOf((string)t["id"]!) is >= 0 and var at ? at : int.MaxValue).ToList();
var tacticIds = tactics.ToDictionary(t => (string)t["x_mitre_shortname"]!, Id, StringComparer.Ordinal);

JsonObject Tactic(JsonObject o)
{
    var result = Base(o, named: true);
    result["shortname"] = (string)o["x_mitre_shortname"]!;
    return result;
}

JsonObject Technique(JsonObject o)
{
    var result = Base(o, named: true);
    result["platforms"] = Names(Texts(o["x_mitre_platforms"]).Select(p => (string)p!).Order(StringComparer.Ordinal));
    var phases = (o["kill_chain_phases"] as JsonArray ?? []).Select(p => (string)p!["phase_name"]!).ToList();
    result["tactics"] = Names(tacticIds.Where(t => phases.Contains(t.Key)).Select(t => t.Value));
    if (Related("subtechnique-of", o).Select(Id).FirstOrDefault() is { } parent) result["parent"] = parent;
    if ((bool?)o["revoked"] == true) result["revoked_by"] = Related("revoked-by", o).Select(Id).FirstOrDefault() ?? "";
    return result;
}

JsonObject Strategy(JsonObject o)
{
    var result = Base(o, named: true);
    result["techniques"] = Names(Related("detects", o).Select(Id).Order(StringComparer.Ordinal));
    result["analytics"] = Names(Texts(o["x_mitre_analytic_refs"]).Select(r => Id(byStixId[(string)r!])).Order(StringComparer.Ordinal));
    return result;
}

JsonObject Analytic(JsonObject o)
{
    var result = Base(o, named: false);
    result["platforms"] = Texts(o["x_mitre_platforms"]);
    var sources = (o["x_mitre_log_source_references"] as JsonArray ?? [])
        .Select(r => $"{Id(byStixId[(string)r!["x_mitre_data_component_ref"]!])} {((string)r["name"]!).Trim()}");
    result["log_sources"] = Names(sources.Order(StringComparer.Ordinal));
    result["mutable_elements"] = Names((o["x_mitre_mutable_elements"] as JsonArray ?? []).Select(m => ((string)m!["field"]!).Trim()));
    return result;
}

var date = objects.Max(o => ((string?)o["modified"] ?? "").Split('T')[0])!;
var about = new JsonObject
{
    ["origin"] = "MITRE ATT&CK, Mobile domain, https://attack.mitre.org/",
    ["version"] = release,
    ["date"] = date,
    ["licence"] = "ATT&CK Terms of Use, see NOTICE",
    ["copyright"] = "© 2026 The MITRE Corporation. This work is reproduced and distributed with the permission of The MITRE Corporation.",
};
var lists = new (string Name, IEnumerable<JsonObject> Rows)[]
{
    ("tactics", tactics.Select(Tactic)),
    ("techniques", Of("attack-pattern").Select(Technique)),
    ("data_components", Of("x-mitre-data-component").Select(o => Base(o, named: true))),
    ("strategies", Of("x-mitre-detection-strategy").Select(Strategy)),
    ("analytics", Of("x-mitre-analytic").Select(Analytic)),
};
var text = new StringBuilder($"{{\n\"about\": {about.ToJsonString(json)}");
foreach (var (name, rows) in lists)
    text.Append($",\n\"{name}\": [\n  {string.Join(",\n  ", rows.Select(r => r.ToJsonString(json)))}\n]");
using var output = Console.OpenStandardOutput();
output.Write(Encoding.UTF8.GetBytes(text.Append("\n}\n").ToString()));
return 0;
