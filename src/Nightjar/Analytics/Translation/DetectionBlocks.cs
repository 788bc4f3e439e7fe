using Nightjar.Analytics.Reading;
using YamlDotNet.RepresentationModel;

namespace Nightjar.Analytics.Translation;

/// <summary>
/// Takes the detection of a Sigma rule over. One that speaks of OCSF and says its class is left as it is; otherwise its fields are given
/// their OCSF paths, and a selection of the class is added that the log source stands for.
/// </summary>
internal sealed class DetectionBlocks(Mistakes mistakes)
{
    private const string ClassSelection = "_logsource";

    private readonly SortedSet<string> _placeholders = new(StringComparer.Ordinal);

    /// <summary>Names that stand in values under <c>expand</c>.</summary>
    public IReadOnlyCollection<string> Placeholders => _placeholders;

    public YamlMappingNode Of(SigmaRule rule)
    {
        var isFilter = rule.Kind == SigmaKind.Filter;
        if (rule.Top.Map(isFilter ? "filter" : "detection") is not { } detection) return [];
        Complain(detection);
        var saysClass = isFilter;
        foreach (var (name, node) in detection.Entries)
        {
            if (!IsNoSelection(name)) Look(node, ref saysClass);
        }
        var block = Renamed(detection.Node);
        return saysClass ? block : WithClass(block, rule.Node.Get("logsource") as YamlMappingNode);
    }

    // `rules` stands in filters only.
    private static bool IsNoSelection(string name) => name is "condition" or "timeframe" or "rules";

    private void Complain(YamlMap detection)
    {
        if (detection.Get("timeframe") is { } timeframe)
            mistakes.Add(Rules.GivenUpSyntax, timeframe, "`timeframe` belongs to the aggregations of Sigma 1.", "Write a correlation rule with `timespan`.");
        foreach (var condition in detection.List("condition").OfType<YamlScalarNode>())
        {
            var words = (condition.Value ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Any(word => word.Contains('|', StringComparison.Ordinal) || word is "near" or "by"))
                mistakes.Add(Rules.GivenUpSyntax, condition, "An aggregation (`| count() …`, `near`) stands in the condition.", "Write a correlation rule: event_count, value_count or temporal.");
        }
    }

    // Once over all selections: does one say the class, and which placeholders are there?
    private void Look(YamlNode node, ref bool saysClass)
    {
        if (node is YamlSequenceNode list)
        {
            foreach (var item in list.Children) Look(item, ref saysClass);
        }
        if (node is not YamlMappingNode map) return;
        foreach (var (key, value) in map.Children)
        {
            var parts = ((key as YamlScalarNode)?.Value ?? "").Split('|');
            saysClass |= parts[0] is "class_uid" or "type_uid";
            if (!parts.Contains("expand", StringComparer.Ordinal)) continue;
            foreach (var text in value is YamlSequenceNode values ? values.Children : [value])
                _placeholders.UnionWith(Sigma.Placeholders.Names((text as YamlScalarNode)?.Value ?? ""));
        }
    }

    private YamlMappingNode Renamed(YamlMappingNode detection)
    {
        var renamed = new YamlMappingNode();
        var isSame = true;
        foreach (var (key, value) in detection.Children)
        {
            var name = (key as YamlScalarNode)?.Value ?? "";
            var other = IsNoSelection(name) ? value : Renamed(value);
            isSame &= ReferenceEquals(other, value) && name != "rules";
            if (name != "rules") renamed.Add(key, other);
        }
        return isSame ? detection : renamed;
    }

    private YamlNode Renamed(YamlNode selection)
    {
        if (selection is YamlSequenceNode list)
        {
            YamlNode[] items = [.. list.Children.Select(item => item is YamlMappingNode map ? Items(map) : item)];
            return items.SequenceEqual(list.Children, ReferenceEqualityComparer.Instance) ? list : new YamlSequenceNode(items) { Style = list.Style };
        }
        return selection is YamlMappingNode one ? Items(one) : selection;
    }

    private YamlMappingNode Items(YamlMappingNode map)
    {
        if (map.Children.Keys.All(key => NewKey(key) is null && !IsType(key))) return map;
        var items = new YamlMappingNode { Style = map.Style };
        foreach (var (key, value) in map.Children)
        {
            if (IsType(key) && Types(value) is var (classes, activities))
            {
                items.Add("class_uid", classes);
                items.Add("activity_id", activities);
                continue;
            }
            var path = NewKey(key);
            if (path is not null) mistakes.Add(Rules.TranslatedField, key, $"`{((YamlScalarNode)key).Value}` is `{path}` in OCSF.");
            items.Add(path is null ? key : new YamlScalarNode(path), value);
        }
        return items;
    }

    private static bool IsType(YamlNode key) => key is YamlScalarNode { Value: "type_uid" };

    // OCSF's type is its class and activity in one number.
    private static (YamlNode Class, YamlNode Activity)? Types(YamlNode value)
    {
        YamlNode[] items = value is YamlSequenceNode list ? [.. list.Children] : [value];
        var numbers = items.Select(item => long.TryParse((item as YamlScalarNode)?.Value, out var number) ? number : -1).ToArray();
        if (numbers.Any(number => number < 100) || numbers.Select(number => number / 100).Distinct().Count() != 1) return null;
        YamlNode[] activities = [.. numbers.Select(number => Number(number % 100))];
        return (Number(numbers[0] / 100), activities.Length == 1 ? activities[0] : YamlTree.List(activities));
    }

    private static YamlScalarNode Number(long number) => new(number.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static string? NewKey(YamlNode key)
    {
        var text = (key as YamlScalarNode)?.Value ?? "";
        var bar = text.IndexOf('|', StringComparison.Ordinal);
        return SigmaTerms.Path(bar < 0 ? text : text[..bar]) is { } path ? path + (bar < 0 ? "" : text[bar..]) : null;
    }

    private static YamlMappingNode WithClass(YamlMappingNode block, YamlMappingNode? logSource)
    {
        if (SigmaTerms.Selection(logSource) is not { } selection || block.Get(ClassSelection) is not null || block.Get("condition") is not { } condition) return block;
        var with = new YamlMappingNode { { ClassSelection, selection } };
        foreach (var (key, value) in block.Children)
        {
            if (key is not YamlScalarNode { Value: "condition" }) with.Add(key, value);
        }
        with.Add("condition", condition is YamlSequenceNode list ? YamlTree.List(list.Children.Select(And)) : And(condition));
        return with;
    }

    private static YamlNode And(YamlNode condition) =>
        condition is YamlScalarNode { Value: { } text } ? new YamlScalarNode($"{ClassSelection} and ({text})") : condition;
}
