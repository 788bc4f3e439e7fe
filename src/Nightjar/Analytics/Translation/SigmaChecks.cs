using System.Text.RegularExpressions;
using Nightjar.Analytics.Reading;
using YamlDotNet.RepresentationModel;

namespace Nightjar.Analytics.Translation;

/// <summary>
/// What Sigma's published schemas ask of a rule beyond what Nightjar needs. Such mistakes are warnings: the rule runs here, and other
/// tools may refuse it. What Nightjar needs too is an error where it is read.
/// </summary>
internal static class SigmaChecks
{
    private static readonly Regex Date = new(@"^\d{4}-(0[1-9]|1[012])-(0[1-9]|[12][0-9]|3[01])$", RegexOptions.NonBacktracking);
    private static readonly Regex Tag = new(@"^[a-z0-9_-]+\.[a-z0-9._-]+$", RegexOptions.NonBacktracking);
    private static readonly string[] Relations = ["derived", "obsolete", "merged", "renamed", "similar"];

    public static void Check(SigmaRule rule)
    {
        rule.Top.RequireText("title");
        if (rule.Kind != SigmaKind.Correlation) CheckLogSource(rule);
        foreach (var (key, longest) in new[] { ("title", 256), ("name", 256), ("taxonomy", 256), ("description", 65_535), ("author", int.MaxValue), ("license", int.MaxValue) })
            CheckText(rule, key, longest);
        if (rule.Id is { } id && !Guid.TryParseExact(id, "D", out _)) Tell(rule, "id", $"`{id}` is no UUID.");
        foreach (var key in new[] { "date", "modified" })
        {
            if (rule.Node.TextOf(key) is { } date && !Date.IsMatch(date)) Tell(rule, key, $"`{date}` is no date of the form YYYY-MM-DD.");
        }
        foreach (var key in new[] { "references", "fields", "falsepositives", "tags", "scope" }) CheckList(rule, key);
        CheckRelated(rule);
        if (rule.Kind == SigmaKind.Correlation) CheckCorrelation(rule);
        else CheckSelections(rule);
    }

    private static void CheckSelections(SigmaRule rule)
    {
        var block = rule.Node.Get(rule.Kind == SigmaKind.Filter ? "filter" : "detection") as YamlMappingNode ?? [];
        foreach (var (key, selection) in block.Children)
        {
            if (key is YamlScalarNode { Value: "condition" or "timeframe" or "rules" }) continue;
            if (selection is YamlScalarNode || selection is YamlSequenceNode list && list.Children.Any(item => item is YamlSequenceNode))
                rule.Mistakes.Add(Rules.AgainstSchema, selection, "A selection is a map, or a list of maps or texts.");
        }
    }

    private static void CheckLogSource(SigmaRule rule)
    {
        if (rule.Top.Get("logsource") is null) rule.Top.Require("logsource");
        if (rule.Top.Map("logsource") is not { } source) return;
        foreach (var (key, value) in source.Entries)
        {
            if (value is not YamlScalarNode) rule.Mistakes.Add(Rules.AgainstSchema, value, $"`logsource.{key}` is no text.");
        }
    }

    private static void CheckText(SigmaRule rule, string key, int longest)
    {
        if (rule.Node.Get(key) is not { } node) return;
        if (node is not YamlScalarNode { Value: { } text }) Tell(rule, key, $"`{key}` is no text.");
        else if (text.Length > longest) Tell(rule, key, $"`{key}` has {text.Length} characters; Sigma allows {longest}.");
    }

    private static void CheckList(SigmaRule rule, string key)
    {
        if (rule.Node.Get(key) is not { } node) return;
        if (node is not YamlSequenceNode list)
        {
            // A correlation may write its false positives as one text.
            if (!(key == "falsepositives" && rule.Kind == SigmaKind.Correlation && node is YamlScalarNode)) Tell(rule, key, $"`{key}` is no list.");
            return;
        }
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in list.Children)
        {
            var text = (item as YamlScalarNode)?.Value;
            if (text is null) rule.Mistakes.Add(Rules.AgainstSchema, item, $"An item of `{key}` is no text.");
            else if (!seen.Add(text)) rule.Mistakes.Add(Rules.AgainstSchema, item, $"`{text}` stands in `{key}` twice.");
            else if (key is "falsepositives" or "scope" && text.Length < 2) rule.Mistakes.Add(Rules.AgainstSchema, item, $"An item of `{key}` is shorter than two letters.");
            else if (key == "tags" && rule.Kind == SigmaKind.Detection && !Tag.IsMatch(text)) rule.Mistakes.Add(Rules.AgainstSchema, item, $"`{text}` is no tag of the form namespace.name in small letters.");
        }
    }

    private static void CheckRelated(SigmaRule rule)
    {
        if (rule.Node.Get("related") is not { } related) return;
        if (related is not YamlSequenceNode list) Tell(rule, "related", "`related` is no list.");
        foreach (var item in (related as YamlSequenceNode)?.Children ?? [])
        {
            var map = item as YamlMappingNode;
            if (!Guid.TryParseExact(map?.TextOf("id"), "D", out _)) rule.Mistakes.Add(Rules.AgainstSchema, item, "An item of `related` has no `id` that is a UUID.");
            else if (!Relations.Contains(map!.TextOf("type"), StringComparer.Ordinal)) rule.Mistakes.Add(Rules.AgainstSchema, item, $"`type` is none of {string.Join(", ", Relations)}.");
        }
    }

    private static void CheckCorrelation(SigmaRule rule)
    {
        if (rule.Node.Get("correlation") is not YamlMappingNode map) return;
        if (map.Get("group-by") is null) rule.Mistakes.Add(Rules.AgainstSchema, map, "`group-by` is missing.");
        foreach (var key in new[] { "group-by", "rules" })
        {
            if (map.Get(key) is { } node and not YamlSequenceNode) rule.Mistakes.Add(Rules.AgainstSchema, node, $"`{key}` is no list.");
        }
        foreach (var twice in (map.Get("group-by") as YamlSequenceNode)?.Children.GroupBy(item => (item as YamlScalarNode)?.Value, StringComparer.Ordinal).SelectMany(group => group.Skip(1)) ?? [])
            rule.Mistakes.Add(Rules.AgainstSchema, twice, $"`{twice}` stands in `group-by` twice.");
        if (map.Get("condition") is YamlScalarNode condition) rule.Mistakes.Add(Rules.AgainstSchema, condition, "A condition over rules is newer than Sigma 2.1.");
        if (rule.Node.Get("generate") is not null and not YamlScalarNode { Value: "true" or "false" }) Tell(rule, "generate", "`generate` is true or false.");
    }

    private static void Tell(SigmaRule rule, string key, string reason) => rule.Mistakes.Add(Rules.AgainstSchema, rule.Node.Get(key), reason);
}
