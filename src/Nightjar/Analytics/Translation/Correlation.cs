using System.Globalization;
using Nightjar.Analytics.Plan;
using Nightjar.Analytics.Reading;
using Nightjar.Events;
using YamlDotNet.RepresentationModel;

namespace Nightjar.Analytics.Translation;

/// <summary>The <c>correlation</c> of a Sigma rule, read and checked.</summary>
internal sealed class Correlation
{
    private static readonly string[] Types = ["event_count", "value_count", "value_sum", "value_avg", "value_percentile", "temporal", "temporal_ordered"];

    // Sigma's words for limits, in the order of those of the language.
    private static readonly string[] Limits = ["gte", "lte", "gt", "lt", "eq", "neq"];

    public required SigmaRule Rule { get; init; }

    public required string Type { get; init; }

    /// <summary>The rules it is about, in order.</summary>
    public required IReadOnlyList<SigmaRule> Rules { get; init; }

    /// <summary>As written, for example <c>90m</c>.</summary>
    public required string Timespan { get; init; }

    public required TimeSpan Span { get; init; }

    public required IReadOnlyList<string> GroupBy { get; init; }

    /// <summary>By alias and by name of a rule: the field.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Aliases { get; init; }

    /// <summary>Limits by the language's words, with their numbers.</summary>
    public required IReadOnlyList<(string Word, string Number)> Bounds { get; init; }

    /// <summary>What is counted or added up.</summary>
    public required IReadOnlyList<string> Fields { get; init; }

    /// <summary>The share of <c>value_percentile</c>.</summary>
    public string? Percentile { get; init; }

    /// <summary>A condition over names of rules; null when there is none.</summary>
    public YamlScalarNode? Expression { get; init; }

    public bool IsTemporal => Type is "temporal" or "temporal_ordered";

    public bool IsOrdered => Type == "temporal_ordered";

    public bool IsUpper => Bounds.Any(bound => bound.Word is "at_most" or "less_than" or "exactly" or "not");

    /// <summary>Null, and mistakes, when it cannot be read.</summary>
    public static Correlation? Read(SigmaRule rule, Func<string, SigmaRule?> find, IEnumerable<string> known)
    {
        if (rule.Top.Map("correlation") is not { } map) return null;
        var type = map.RequireText("type");
        if (!Types.Contains(type, StringComparer.Ordinal))
            rule.Mistakes.Add(Reading.Rules.BadValue, map.Get("type") ?? map.Node, $"`{type}` is no type of correlation.", Nearest.Hint(type, Types));
        var timespan = map.RequireText("timespan");
        var condition = map.Get("condition");
        var limits = condition is YamlMappingNode figures ? new YamlMap(figures, rule.Mistakes) : null;
        var correlation = new Correlation
        {
            Rule = rule,
            Type = type,
            Rules = References(rule, map, find, known),
            Timespan = timespan,
            Span = SpanOf(timespan, map, rule.Mistakes),
            GroupBy = map.Texts("group-by"),
            Aliases = AliasesOf(map),
            Fields = limits?.Texts("field") ?? [],
            Percentile = limits?.Text("percentile"),
            Bounds = BoundsOf(limits, rule.Mistakes),
            Expression = condition as YamlScalarNode,
        };
        limits?.Close();
        map.Close("generate");
        correlation.Check(map);
        return rule.Mistakes.HasErrors ? null : correlation;
    }

    /// <summary>True when a correlation asks for its rules as rules of their own.</summary>
    public static bool Generates(SigmaRule rule) =>
        rule.Node.TextOf("generate") == "true" || rule.Node.Get("correlation") is YamlMappingNode map && map.TextOf("generate") == "true";

    /// <summary>The references of a correlation as written.</summary>
    public static IEnumerable<string> Names(SigmaRule rule) =>
        rule.Node.Get("correlation") is YamlMappingNode map && map.Get("rules") is { } rules
            ? (rules is YamlSequenceNode list ? list.Children : [rules]).OfType<YamlScalarNode>().Select(item => item.Value ?? "") : [];

    private void Check(YamlMap map)
    {
        if (!IsTemporal && Bounds.Count == 0) Missing("condition", "Set a limit: gt, gte, lt, lte, eq or neq.");
        if (Type.StartsWith("value_", StringComparison.Ordinal) && Fields.Count == 0) Missing("condition.field", "Name the field whose values are meant.");
        foreach (var field in Fields.Where(field => FieldCatalog.Find(SigmaTerms.Path(field) ?? field) is null))
            Rule.Mistakes.Add(Reading.Rules.UnknownField, map.Get("condition"), $"`{field}` is no field.", Nearest.Hint(field, FieldCatalog.All.Select(info => info.Path)));
        if (Fields.Count > 1 && Type != "value_count") Rule.Mistakes.Add(Reading.Rules.BadValue, map.Get("condition"), $"`{Type}` is about one field.");
        if (Expression is not null && !IsTemporal) Rule.Mistakes.Add(Reading.Rules.BadValue, Expression, $"`{Type}` needs limits, not a condition over rules.");
        if (Type == "value_percentile" && Percentile is null)
            Rule.Mistakes.Add(Reading.Rules.Approximated, map.Get("condition") ?? map.Node, "No `percentile` is named; the median is taken.", "Write `percentile: 95` beside the field.");
        if (Rules.Count == 0 && !Rule.Mistakes.HasErrors) Missing("rules", "Name at least one rule.");

        void Missing(string key, string hint) => Rule.Mistakes.Add(Reading.Rules.MissingKey, map.Node, $"`{key}` is missing.", hint);
    }

    private static List<SigmaRule> References(SigmaRule rule, YamlMap map, Func<string, SigmaRule?> find, IEnumerable<string> known)
    {
        var rules = new List<SigmaRule>();
        if (map.Get("rules") is null) map.Require("rules");
        foreach (var node in map.List("rules").OfType<YamlScalarNode>())
        {
            var name = node.Value ?? "";
            if (find(name) is not { } other) rule.Mistakes.Add(Reading.Rules.UnknownRule, node, $"`{name}` is no rule of these files.", Nearest.Hint(name, known));
            else if (other.Kind == SigmaKind.Filter) rule.Mistakes.Add(Reading.Rules.UnknownRule, node, $"`{name}` is a filter.");
            else if (rules.Contains(other)) rule.Mistakes.Add(Reading.Rules.DuplicateName, node, $"`{name}` is named twice.");
            else if (other.Mistakes.HasErrors) rule.Mistakes.Add(Reading.Rules.UnusableRule, node, $"`{name}` in {other.Mistakes.File} has a mistake.");
            else rules.Add(other);
        }
        return rules;
    }

    private static TimeSpan SpanOf(string text, YamlMap map, Mistakes mistakes)
    {
        var unit = text.Length > 1 ? text[^1] : ' ';
        var seconds = unit switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86400, _ => 0 };
        if (seconds > 0 && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && (long)number * seconds <= 604_800)
            return TimeSpan.FromSeconds((long)number * seconds);
        if (map.Get("timespan") is { } node) mistakes.Add(Reading.Rules.BadWindow, node, $"`timespan` is `{text}`.", "Write a number and s, m, h or d, at most 7d.");
        return TimeSpan.FromSeconds(1);
    }

    private static Dictionary<string, IReadOnlyDictionary<string, string>> AliasesOf(YamlMap map)
    {
        var aliases = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);
        foreach (var (alias, node) in map.Map("aliases")?.Entries ?? [])
        {
            if (node is YamlMappingNode fields)
                aliases[alias] = fields.Children.ToDictionary(pair => (pair.Key as YamlScalarNode)?.Value ?? "", pair => (pair.Value as YamlScalarNode)?.Value ?? "", StringComparer.Ordinal);
            else map.Mistakes.Add(Reading.Rules.WrongShape, node, $"`{alias}` must be a map of rules to fields.");
        }
        return aliases;
    }

    private static List<(string, string)> BoundsOf(YamlMap? limits, Mistakes mistakes)
    {
        var bounds = new List<(string, string)>();
        for (var i = 0; i < Limits.Length; i++)
        {
            if (limits?.Text(Limits[i]) is not { } text) continue;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _)) bounds.Add((Plan.Bounds.Words[i], text));
            else mistakes.Add(Reading.Rules.BadValue, limits.Get(Limits[i]), $"`{text}` is no number.");
        }
        return bounds;
    }
}
