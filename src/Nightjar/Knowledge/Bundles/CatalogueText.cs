using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Nightjar.Knowledge.Bundles;

/// <summary>Writes a catalogue: one object a line, in order of id, so that two releases can be compared by eye and by any tool.</summary>
internal sealed class CatalogueText
{
    private static readonly JsonSerializerOptions Form = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly BundleContents contents;
    private readonly BundleLinks links;
    private readonly List<BundleObject> tactics;

    private CatalogueText(BundleContents contents, BundleLinks links)
    {
        (this.contents, this.links) = (contents, links);
        var order = contents.Matrices.Values.SelectMany(refs => refs).Distinct().Select((stix, at) => (stix, at)).ToDictionary(tactic => tactic.stix, tactic => tactic.at, StringComparer.Ordinal);
        tactics = [.. contents.Of(AttackKind.Tactic).OrderBy(tactic => order.GetValueOrDefault(tactic.Ref, int.MaxValue))];
    }

    public static string Write(string release, string bundleHash, BundleContents contents, BundleLinks links)
    {
        var writer = new CatalogueText(contents, links);
        var text = new StringBuilder("{\n\"nightjar_attack\": 1,\n\"about\": ").Append(About(release, contents.Date, bundleHash).ToJsonString(Form));
        Append(text, "tactics", writer.tactics.Select(Tactic));
        Append(text, "techniques", contents.Of(AttackKind.Technique).Select(writer.Technique));
        Append(text, "data_components", contents.Of(AttackKind.DataComponent).Select(Component));
        Append(text, "strategies", contents.Of(AttackKind.Strategy).Select(writer.Strategy));
        Append(text, "analytics", contents.Of(AttackKind.Analytic).Select(writer.Analytic));
        Append(text, "mitigations", contents.Of(AttackKind.Mitigation).Select(writer.Mitigation));
        return text.Append("\n}\n").ToString();
    }

    private static JsonObject About(string release, string date, string bundleHash) => new()
    {
        ["origin"] = "MITRE ATT&CK, Mobile domain, https://attack.mitre.org/",
        ["version"] = release,
        ["date"] = date,
        ["licence"] = "ATT&CK Terms of Use, see NOTICE",
        ["copyright"] = $"© {(date.Length > 0 ? date[..4] + " " : "")}The MITRE Corporation. This work is reproduced and distributed with the permission of The MITRE Corporation.",
        ["bundle_sha256"] = bundleHash,
    };

    private static void Append(StringBuilder text, string name, IEnumerable<JsonObject> rows) =>
        text.Append($",\n\"{name}\": [\n  ").AppendJoin(",\n  ", rows.Select(row => row.ToJsonString(Form))).Append("\n]");

    private static JsonObject Head(BundleObject o, bool isNamed = true)
    {
        var result = new JsonObject { ["id"] = o.Id };
        if (isNamed) result["name"] = o.Name;
        result["version"] = o.Version;
        result["created"] = o.Created;
        result["modified"] = o.Modified;
        result["stix"] = o.Ref[(o.Kind.StixType().Length + 2)..];
        result["sha256"] = o.Sha256;
        if (o.IsDeprecated) result["deprecated"] = true;
        if (o.IsRevoked) result["revoked"] = true;
        return result;
    }

    private static JsonObject Tactic(BundleObject o)
    {
        var result = Head(o);
        result["shortname"] = o.ShortName;
        return result;
    }

    private JsonObject Technique(BundleObject o)
    {
        var result = Head(o);
        result["platforms"] = Names(o.Platforms.Order(StringComparer.Ordinal));
        result["tactics"] = Names(tactics.Where(tactic => o.Phases.Contains(tactic.ShortName)).Select(tactic => tactic.Id));
        if (links.Of("subtechnique-of", o) is [var parent]) result["parent"] = parent;
        if (links.Of("revoked-by", o) is [var successor]) result["revoked_by"] = successor;
        return result;
    }

    private static JsonObject Component(BundleObject o)
    {
        var result = Head(o);
        result["log_sources"] = Names(o.LogSources.Select(source => source.Name).Order(StringComparer.Ordinal));
        return result;
    }

    private JsonObject Strategy(BundleObject o)
    {
        var result = Head(o);
        result["techniques"] = Names(links.Of("detects", o));
        result["analytics"] = Names(o.AnalyticRefs.Select(stix => links.Id(o, stix, AttackKind.Analytic)).OfType<string>().Order(StringComparer.Ordinal));
        return result;
    }

    // Analytics are called by their number and nothing else.
    private JsonObject Analytic(BundleObject o)
    {
        var result = Head(o, isNamed: o.Name != $"Analytic {o.Id[2..]}");
        result["platforms"] = Names(o.Platforms);
        var sources = o.LogSources.Select(source => (Component: links.Id(o, source.ComponentRef, AttackKind.DataComponent), source.Name, source.Mark))
            .Where(source => source.Component is not null).GroupBy(source => (Component: source.Component!, source.Name))
            .OrderBy(group => group.Key.Component, StringComparer.Ordinal).ThenBy(group => group.Key.Name, StringComparer.Ordinal);
        result["log_sources"] = new JsonArray([.. sources.Select(group => LogSource(group.Key.Component, group.Key.Name, group.Select(source => source.Mark)))]);
        result["mutable_elements"] = Names(o.MutableElements);
        return result;
    }

    private static JsonObject LogSource(string component, string name, IEnumerable<string> marks)
    {
        var result = new JsonObject { ["component"] = component, ["name"] = name };
        var channels = Names(marks.Where(mark => mark.Length > 0).Order(StringComparer.Ordinal));
        if (channels.Count > 0) result["channels"] = channels;
        return result;
    }

    private JsonObject Mitigation(BundleObject o)
    {
        var result = Head(o);
        result["techniques"] = Names(links.Of("mitigates", o));
        return result;
    }

    private static JsonArray Names(IEnumerable<string> names) => new([.. names.Distinct(StringComparer.Ordinal).Select(name => JsonValue.Create(name))]);
}
