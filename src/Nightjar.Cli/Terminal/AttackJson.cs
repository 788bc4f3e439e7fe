using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Nightjar.Cli.Content;
using Nightjar.Knowledge;

namespace Nightjar.Cli.Terminal;

/// <summary>Objects of the catalogue for machines; docs/reference/attack.md tells the form.</summary>
internal static class AttackJson
{
    private static readonly JsonSerializerOptions Form = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Print(JsonNode node) => Console.Out.Write(node.ToJsonString(Form) + "\n");

    /// <summary>One object, with its state in every release at hand when these are asked for.</summary>
    public static JsonObject Of(AttackObject item, AttackView view, bool withReleases = false)
    {
        var result = Head(item, view);
        var relations = new JsonObject();
        foreach (var relation in AttackRelations.Of(item, view.Catalog)) relations[relation.Key] = Texts(relation.Objects.Select(other => other.Id));
        result["relations"] = relations;
        if (item is AttackDataComponent component) result["log_sources"] = Texts(component.LogSources);
        if (item is AttackAnalytic analytic)
        {
            result["log_sources"] = Array(analytic.LogSources.Select(source => LogSource(source, analytic, view)));
            result["mutable_elements"] = Array(analytic.MutableElements.Select(name => MutableElement(name, item, view)));
        }
        result["ours"] = Array(view.Content.Naming(item).Select(Ours));
        var official = view.Content.Official(item);
        result["content"] = new JsonObject { ["analytics"] = official.Count, ["ours"] = Texts(official.Where(view.Content.Has).Select(other => other.Id)) };
        if (withReleases) result["releases"] = Array(view.Reference.AttackReleases.Names.Select(release => Release(release, view.Reference.AttackReleases.Find(release)!.Find(item.Id))));
        return result;
    }

    /// <summary>Every alias with its official name.</summary>
    public static JsonObject Of(AttackAliases aliases) => new() { ["mutable_elements"] = Names(aliases.MutableElements), ["log_sources"] = Names(aliases.LogSources) };

    public static JsonArray Texts(IEnumerable<string> texts) => Array(texts.Select(text => JsonValue.Create(text)));

    public static JsonArray Array(IEnumerable<JsonNode?> items) => new([.. items]);

    private static JsonObject Head(AttackObject item, AttackView view)
    {
        var result = new JsonObject
        {
            ["release"] = view.Catalog.Release,
            ["kind"] = item.Kind().Key(),
            ["id"] = item.Id,
            ["name"] = item.Name,
            ["status"] = item.Status(),
            ["version"] = item.Identity.Version,
            ["created"] = item.Identity.Created,
            ["modified"] = item.Identity.Modified,
            ["stix"] = $"{item.Kind().StixType()}--{item.Identity.Stix}",
            ["sha256"] = item.Identity.Sha256,
        };
        if (item is AttackTactic tactic) result["shortname"] = tactic.ShortName;
        if (item.Platforms() is { Count: > 0 } platforms) result["platforms"] = Texts(platforms);
        return result;
    }

    private static JsonObject LogSource(AttackLogSource source, AttackAnalytic analytic, AttackView view) => new()
    {
        ["component"] = source.DataComponent,
        ["name"] = source.Name,
        ["official"] = view.Reference.AttackAliases.Official(source.Name),
        ["channels"] = Texts(analytic.Channels.Where(channel => channel.Source == source).Select(channel => channel.Mark)),
        ["readers"] = Texts(view.ReadersOf(source)),
    };

    private static JsonObject MutableElement(string name, AttackObject analytic, AttackView view)
    {
        var official = view.Reference.AttackAliases.Official(name);
        return new JsonObject
        {
            ["name"] = name,
            ["official"] = official,
            ["aliases"] = Texts(view.Reference.AttackAliases.AliasesOf(official)),
            ["tunable"] = view.Content.Naming(analytic).Any(ours => ours.Tunables.Any(tunable => tunable.Name == name)),
        };
    }

    private static JsonObject Ours(Nightjar.Analytics.Analytic analytic) => new()
    {
        ["uid"] = analytic.Uid, ["title"] = analytic.Title, ["version"] = analytic.Version, ["status"] = analytic.Status, ["release"] = analytic.Attack.Release,
    };

    private static JsonObject Release(string release, AttackObject? item) => new()
    {
        ["release"] = release, ["status"] = item?.Status(), ["version"] = item?.Identity.Version, ["sha256"] = item?.Identity.Sha256,
    };

    private static JsonObject Names(IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> names)
    {
        var result = new JsonObject();
        foreach (var (official, aliases) in names) result[official] = Texts(aliases);
        return result;
    }
}
