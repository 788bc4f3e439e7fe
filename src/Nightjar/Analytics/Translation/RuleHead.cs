using Nightjar.Analytics.Reading;
using Nightjar.Knowledge;
using YamlDotNet.RepresentationModel;
using YamlNode = YamlDotNet.RepresentationModel.YamlNode;

namespace Nightjar.Analytics.Translation;

/// <summary>What a Sigma rule says of itself: the upper part of the analytic, its score and its texts.</summary>
internal sealed class RuleHead(SigmaRule rule, AttackCatalog catalog)
{
    // Keys of Sigma that stand in an analytic as they are.
    private static readonly string[] Kept =
        ["title", "id", "name", "related", "taxonomy", "status", "description", "license", "author", "references", "date", "modified", "logsource", "fields", "falsepositives", "level", "tags", "scope"];

    private const int MaxDescription = 1000;

    /// <summary>The analytic: Sigma's keys that were kept, and the body.</summary>
    /// <param name="level">Sigma's level of the whole.</param>
    /// <param name="body">What stands under <c>analytic</c>.</param>
    public YamlMappingNode Analytic(string level, YamlMappingNode body)
    {
        var top = new YamlMappingNode();
        foreach (var (key, value) in rule.Node.Children)
        {
            var name = (key as YamlScalarNode)?.Value ?? "";
            if (Kept.Contains(name, StringComparer.Ordinal)) top.Add(key, value);
        }
        if (rule.Kind == SigmaKind.Correlation && top.Get("level") is null) top.Add("level", level);
        top.Add("analytic", body);
        return top;
    }

    /// <summary>Tells of keys that are passed over.</summary>
    public void Complain(params string[] read)
    {
        foreach (var (key, value) in rule.Top.Entries)
        {
            if (!Kept.Contains(key, StringComparer.Ordinal) && !read.Contains(key, StringComparer.Ordinal))
                rule.Mistakes.Add(Rules.KeptOnly, value, $"`{key}` is no key of Sigma that Nightjar knows.");
        }
        if (rule.Node.TextOf("status") is "unsupported")
            rule.Mistakes.Add(Rules.NoEffect, rule.Node.Get("status"), "The rule says of itself that it cannot be used; it is used all the same.");
    }

    public string Level => rule.Node.TextOf("level") is { Length: > 0 } level ? level : "medium";

    public string Version => rule.Node.TextOf("modified") ?? rule.Node.TextOf("date") ?? "1";

    /// <summary>The techniques of the tags of this and of other rules; null when none is of ATT&amp;CK Mobile.</summary>
    public YamlMappingNode? Attack(IEnumerable<SigmaRule> others)
    {
        var own = Techniques(rule, complain: true);
        var techniques = own.Count > 0 ? own : [.. others.SelectMany(other => Techniques(other, complain: false)).Distinct(StringComparer.Ordinal)];
        return techniques.Count == 0 ? null : YamlTree.Map(("release", YamlTree.Text(catalog.Release)), ("techniques", YamlTree.Texts(techniques)));
    }

    /// <summary>Points by level, so that a finding has at least low confidence.</summary>
    public static int Score(string level) => level switch { "critical" => 90, "high" => 75, "informational" or "low" => 30, _ => 50 };

    /// <summary>Title and description of a finding.</summary>
    /// <param name="isPerApp">The finding is about an app.</param>
    /// <param name="stage">The stage whose fields are shown; null for none.</param>
    public YamlMappingNode Finding(bool isPerApp, string? stage)
    {
        var title = SigmaText.Escaped(rule.Title.Length > 0 ? rule.Title : rule.Label);
        var description = SigmaText.Escaped(rule.Node.TextOf("description") is { Length: > 0 } text ? text : title);
        if (description.Length > MaxDescription) description = description[..MaxDescription] + "…";
        var fields = stage is null ? [] : rule.Top.Texts("fields").Select(field => SigmaTerms.Path(field) ?? field).Where(field => Events.FieldCatalog.Find(field) is not null).ToArray();
        if (fields.Length > 0) description += $"{(description[^1] is '.' or '!' or '?' or '…' ? "" : ".")} {string.Join(", ", fields.Select(field => $"{field}: {{{stage}.{field}}}"))}.";
        return YamlTree.Map(("title", YamlTree.Text($"{title} ({(isPerApp ? "{app} on " : "on ")}{{device}})")), ("description", YamlTree.Text(description)));
    }

    /// <summary>Tunables for placeholders; null when there are none.</summary>
    public YamlMappingNode? Tunables(IReadOnlyCollection<string> placeholders)
    {
        if (placeholders.Count == 0) return null;
        var map = new YamlMappingNode();
        foreach (var name in placeholders)
        {
            rule.Mistakes.Add(Rules.NoPlaceholder, rule.Node.Get("detection") ?? rule.Node.Get("correlation"), $"`%{name}%` stands for nothing yet.", $"Set the tunable `{name}` of {rule.Uid} in the policy.");
            map.Add(name, YamlTree.Map(
                ("type", YamlTree.Text("words")), ("default", YamlTree.Texts([])), ("description", YamlTree.Text($"What %{name}% stands for. The part that needs it sees nothing while the list is empty."))));
        }
        return map;
    }

    private List<string> Techniques(SigmaRule of, bool complain)
    {
        var techniques = new List<string>();
        foreach (var node in of.Top.List("tags").OfType<YamlScalarNode>())
        {
            var tag = node.Value ?? "";
            if (!tag.StartsWith("attack.t", StringComparison.OrdinalIgnoreCase) || tag.Length < 9 || !char.IsAsciiDigit(tag[8])) continue;
            var technique = tag["attack.".Length..].ToUpperInvariant();
            if (catalog.Technique(technique) is not null) techniques.Add(technique);
            else if (complain) of.Mistakes.Add(Rules.OutsideAttack, node, $"`{technique}` is no technique of ATT&CK Mobile {catalog.Release}.");
        }
        return [.. techniques.Distinct(StringComparer.Ordinal)];
    }
}
