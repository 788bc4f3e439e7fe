using System.Globalization;
using System.Text.Json;

namespace Nightjar.Knowledge;

/// <summary>Reads the catalogue's file. An object that lacks something is reported and left out; so is a relation to nothing.</summary>
/// <remarks>Loops in place of queries over JSON values: every start reads a catalogue, and a query over values of such a type is compiled at each.</remarks>
internal sealed class AttackText
{
    private static readonly JsonDocumentOptions Limits = new() { MaxDepth = 8 };
    private readonly string file;
    private readonly ICollection<Diagnostic> diagnostics;
    private readonly JsonElement root;
    private readonly List<AttackObject> objects;

    private AttackText(string file, JsonElement root, ICollection<Diagnostic> diagnostics)
    {
        (this.file, this.root, this.diagnostics) = (file, root, diagnostics);
        var about = root.TryGetProperty("about", out var found) ? found : default;
        (Origin, Release, Date, Licence) = (Optional(about, "origin"), Optional(about, "version"), Optional(about, "date"), Optional(about, "licence"));
        objects = Linked();
    }

    /// <summary>The release that the file says it is; null when it says none.</summary>
    public string? Release { get; }
    public string? Origin { get; }
    public string? Date { get; }
    public string? Licence { get; }

    /// <summary>What it holds, as the catalogue of a release.</summary>
    public AttackCatalog Catalog(string release) => new(release, objects);

    public static AttackText Read(string file, string text, ICollection<Diagnostic> diagnostics)
    {
        try
        {
            if (text.Length > YamlText.MaxLength)
                diagnostics.Add(ReferenceRules.TooLarge.At(file, 0, 0, string.Create(CultureInfo.InvariantCulture,
                    $"The file has {text.Length} characters; at most {YamlText.MaxLength} are read.")));
            else
            {
                using var document = JsonDocument.Parse(text, Limits);
                if (IsOfThisForm(document.RootElement)) return new AttackText(file, document.RootElement, diagnostics);
                diagnostics.Add(ReferenceRules.NotJson.At(file, 1, 1, "The file is no JSON object with 'nightjar_attack': 1."));
            }
        }
        catch (JsonException e)
        {
            diagnostics.Add(ReferenceRules.NotJson.At(file, (int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1,
                "This is not JSON, or nested too deep."));
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            diagnostics.Add(ReferenceRules.NotJson.At(file, 0, 0, "A text in it is no Unicode."));
        }
        using var nothing = JsonDocument.Parse("{}");
        return new AttackText(file, nothing.RootElement, []);
    }

    private static bool IsOfThisForm(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty("nightjar_attack", out var form) && form.ValueKind == JsonValueKind.Number && form.TryGetInt32(out var number) && number == 1;

    // Analytics take their techniques from the strategy that has them, and their tactics from the techniques.
    private List<AttackObject> Linked()
    {
        var tactics = Objects("tactics", (o, identity) => new AttackTactic(identity, Text(o, "shortname")));
        var order = tactics.ConvertAll(tactic => tactic.Id);
        var techniques = Objects("techniques", (o, identity) => Technique(o, identity, order));
        var components = Objects("data_components", (o, identity) => new AttackDataComponent(identity) { LogSources = Texts(o, "log_sources") });
        var mitigations = Objects("mitigations", (o, identity) => new AttackMitigation(identity, Known(identity, Texts(o, "techniques"), Ids(techniques))));
        var analyticIds = All(root, "analytics", o => Text(o, "id")).ToHashSet(StringComparer.Ordinal);
        var strategies = Objects("strategies", (o, identity) => new AttackStrategy(identity,
            Known(identity, Texts(o, "techniques"), Ids(techniques)), Known(identity, Texts(o, "analytics"), analyticIds)));
        var componentIds = Ids(components);
        var owners = new Dictionary<string, AttackStrategy>(StringComparer.Ordinal);
        foreach (var strategy in strategies)
            foreach (var id in strategy.Analytics) owners.TryAdd(id, strategy);
        var tacticsOf = techniques.ToDictionary(t => t.Id, t => t.Tactics, StringComparer.Ordinal);
        var analytics = Objects("analytics", (o, identity) => Analytic(o, identity, owners, componentIds));
        return [.. tactics, .. techniques, .. components, .. strategies, .. mitigations, .. analytics.Select(a => a with { Tactics = Tactics(a, tacticsOf, order) })];
    }

    private AttackTechnique Technique(JsonElement o, AttackIdentity identity, List<string> tactics) =>
        new(identity, Texts(o, "platforms"), Known(identity, Texts(o, "tactics"), tactics), Optional(o, "parent"), Optional(o, "revoked_by"));

    private AttackAnalytic Analytic(
        JsonElement o, AttackIdentity identity, Dictionary<string, AttackStrategy> owners, HashSet<string> components)
    {
        var strategy = owners.GetValueOrDefault(identity.Id);
        var named = All(o, "log_sources", s => new MarkedSource(new AttackLogSource(Text(s, "component"), Text(s, "name")), Texts(s, "channels")))
            .Where(s => s.Source.DataComponent.Length > 0 && s.Source.Name.Length > 0).ToList();
        var known = Known(identity, [.. named.Select(s => s.Source.DataComponent).Distinct()], components);
        var sources = named.Where(s => known.Contains(s.Source.DataComponent)).ToList();
        return new AttackAnalytic(identity, strategy?.Id ?? "", strategy?.Techniques ?? [], [], Texts(o, "platforms") is [var platform, ..] ? platform : "",
            known, [.. sources.Select(s => s.Source)], Texts(o, "mutable_elements"))
        {
            Channels = [.. sources.SelectMany(s => s.Marks, (s, mark) => new AttackChannel(s.Source, mark))],
        };
    }

    private static IReadOnlyList<string> Tactics(AttackAnalytic analytic, Dictionary<string, IReadOnlyList<string>> tacticsOf, List<string> order)
    {
        var tactics = analytic.Techniques.SelectMany(t => tacticsOf[t]).ToHashSet(StringComparer.Ordinal);
        return [.. order.Where(tactics.Contains)];
    }

    private List<T> Objects<T>(string key, Func<JsonElement, AttackIdentity, T> make) where T : AttackObject
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        T? Taken(JsonElement o)
        {
            var id = Text(o, "id");
            if (id.Length == 0) diagnostics.Add(ReferenceRules.NotJson.At(file, 0, 0, $"An object of '{key}' has no id."));
            else if (!seen.Add(id)) diagnostics.Add(ReferenceRules.Duplicate.At(file, 0, 0, $"The object {YamlText.Excerpt(id)} stands here a second time."));
            else return make(o, Identity(o, id));
            return null;
        }
        return [.. All(root, key, Taken).OfType<T>()];
    }

    private static AttackIdentity Identity(JsonElement o, string id) => new(id, Optional(o, "name") ?? $"Analytic {id.TrimStart('A', 'N')}",
        Text(o, "version"), Text(o, "modified"), Text(o, "stix"), IsTrue(o, "deprecated") || IsTrue(o, "revoked"))
    {
        Created = Text(o, "created"), IsRevoked = IsTrue(o, "revoked"), Sha256 = Text(o, "sha256"),
    };

    private static HashSet<string> Ids(IEnumerable<AttackObject> objects) => objects.Select(o => o.Id).ToHashSet(StringComparer.Ordinal);

    private IReadOnlyList<string> Known(AttackIdentity of, IReadOnlyList<string> ids, ICollection<string> known)
    {
        foreach (var missing in ids.Where(other => !known.Contains(other)))
            diagnostics.Add(ReferenceRules.BrokenReference.At(file, 0, 0, $"{YamlText.Excerpt(of.Id)} names {YamlText.Excerpt(missing)}, which is not there."));
        return [.. ids.Where(known.Contains)];
    }

    private static List<T> All<T>(JsonElement o, string key, Func<JsonElement, T> take)
    {
        var result = new List<T>();
        if (!o.TryGetProperty(key, out var array) || array.ValueKind != JsonValueKind.Array) return result;
        foreach (var item in array.EnumerateArray())
            if (item.ValueKind == JsonValueKind.Object) result.Add(take(item));
        return result;
    }

    private static bool IsTrue(JsonElement o, string key) => o.TryGetProperty(key, out var flag) && flag.ValueKind == JsonValueKind.True;

    private static string Text(JsonElement o, string key) => Optional(o, key) ?? "";

    private static string? Optional(JsonElement o, string key) =>
        o.ValueKind == JsonValueKind.Object && o.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static List<string> Texts(JsonElement o, string key)
    {
        var texts = new List<string>();
        if (!o.TryGetProperty(key, out var array) || array.ValueKind != JsonValueKind.Array) return texts;
        foreach (var item in array.EnumerateArray())
            if (item.ValueKind == JsonValueKind.String) texts.Add(item.GetString()!);
        return texts;
    }

    private sealed record MarkedSource(AttackLogSource Source, IReadOnlyList<string> Marks);
}
