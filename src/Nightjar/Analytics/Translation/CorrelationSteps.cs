using Nightjar.Analytics.Reading;
using YamlDotNet.RepresentationModel;

namespace Nightjar.Analytics.Translation;

/// <summary>A stage in the making.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">What it is, in words.</param>
/// <param name="Owners">The rules whose names mean it in aliases: its own, and the correlations it is a part of.</param>
/// <param name="Detection">One Sigma block or several.</param>
internal sealed record CorrelationStep(string Id, string Title, IReadOnlyList<SigmaRule> Owners, YamlNode Detection)
{
    /// <summary>Expressions that must hold.</summary>
    public List<string> Where { get; } = [];

    /// <summary>The correlation of counts that the stage stands for; null when it is a rule about events.</summary>
    public Correlation? Counts { get; init; }
}

/// <summary>Turns the rules of a correlation into stages. A correlation among them becomes several stages, or one with a measure.</summary>
internal sealed class CorrelationSteps(Correlation whole, Func<SigmaRule, Correlation?> read, IReadOnlyList<SigmaRule> filters)
{
    private const int Most = 20;

    private readonly List<CorrelationStep> _steps = [];
    private readonly List<YamlNode> _allow = [];
    private readonly SortedSet<string> _placeholders = new(StringComparer.Ordinal);

    public IReadOnlyList<CorrelationStep> Steps => _steps;

    public IReadOnlyList<YamlNode> Allow => _allow;

    public IReadOnlyCollection<string> Placeholders => _placeholders;

    /// <summary>All rules about events that the correlation rests on.</summary>
    public List<SigmaRule> Ground { get; } = [];

    /// <summary>Adds a rule; the indexes of its stages, none after a mistake.</summary>
    public int[] Add(SigmaRule rule) => Add(rule, []);

    /// <summary>Adds rules as one stage of which each event is of one of them.</summary>
    public int AddTogether(IReadOnlyList<SigmaRule> rules, IReadOnlyList<SigmaRule> owners, Correlation? counts, string title)
    {
        var id = IdOf(rules.Count == 1 ? rules[0] : owners.Count > 0 ? owners[0] : null);
        YamlMappingNode[] blocks = [.. rules.Select(rule => Block(rule, id))];
        _steps.Add(new CorrelationStep(id, title, [.. rules, .. owners], blocks.Length == 1 ? blocks[0] : YamlTree.List(blocks)) { Counts = counts });
        return _steps.Count - 1;
    }

    private int[] Add(SigmaRule rule, IReadOnlyList<SigmaRule> owners)
    {
        if (_steps.Count >= Most) return Refuse(rule, $"it comes to more than {Most} stages");
        if (rule.Kind == SigmaKind.Detection) return [AddTogether([rule], owners, null, Title(rule))];
        if (read(rule) is not { } nested)
        {
            whole.Rule.Mistakes.Add(Rules.UnusableRule, whole.Rule.Node.Get("correlation"), $"`{rule.Label}` in {rule.Mistakes.File} has a mistake.");
            return [];
        }
        return nested.IsTemporal ? AddTemporal(nested, owners) : AddCounts(nested, owners);
    }

    private int[] AddCounts(Correlation nested, IReadOnlyList<SigmaRule> owners)
    {
        if (nested.IsUpper || nested.Type is "value_avg" or "value_percentile") return Refuse(nested.Rule, "it has an upper limit, an average or a percentile, which needs windows of its own");
        if (nested.Rules.Any(rule => rule.Kind != SigmaKind.Detection)) return Refuse(nested.Rule, "it counts what another correlation finds");
        return [AddTogether(nested.Rules, [nested.Rule, .. owners], nested, Title(nested.Rule))];
    }

    // Stages of an inner chain stand among those of the outer, with a shorter time between them.
    private int[] AddTemporal(Correlation nested, IReadOnlyList<SigmaRule> owners)
    {
        if (nested.Type != whole.Type || nested.Expression is not null || nested.Bounds.Count > 0)
            return Refuse(nested.Rule, "it has a condition, or another order than the correlation around it");
        int[] stages = [.. nested.Rules.SelectMany(rule => Add(rule, [nested.Rule, .. owners]))];
        if (stages.Length < nested.Rules.Count) return [];
        foreach (var (first, second) in nested.IsOrdered ? [(stages[0], stages[^1])] : Pairs(stages))
        {
            if (nested.Span >= whole.Span) break;
            _steps[second].Where.Add($"within({_steps[first].Id}, {nested.Timespan})");
            if (!nested.IsOrdered) _steps[first].Where.Add($"within({_steps[second].Id}, {nested.Timespan})");
        }
        for (var i = 1; i < stages.Length; i++) _steps[stages[i]].Where.AddRange(Grouping.Joins(nested, _steps[stages[i]], _steps[stages[0]]));
        return stages;
    }

    private static IEnumerable<(int, int)> Pairs(int[] stages) =>
        from first in stages from second in stages where first < second select (first, second);

    private YamlMappingNode Block(SigmaRule rule, string stage)
    {
        Ground.Add(rule);
        // The rule's own mistakes have been told where it was read by itself.
        var blocks = new DetectionBlocks(new Mistakes(rule.Mistakes.File));
        var block = blocks.Of(rule);
        _placeholders.UnionWith(blocks.Placeholders);
        var own = FilterTranslation.For(rule, filters);
        _allow.AddRange(FilterTranslation.Allow(own, stage, _placeholders));
        return block;
    }

    private string IdOf(SigmaRule? rule)
    {
        var id = SigmaText.Identifier(rule?.Name ?? rule?.Title ?? "", $"event_{_steps.Count + 1}");
        return _steps.Any(step => step.Id == id) ? $"{id}_{_steps.Count + 1}" : id;
    }

    private int[] Refuse(SigmaRule rule, string why)
    {
        whole.Rule.Mistakes.Add(Rules.NotCarried, whole.Rule.Node.Get("correlation"), $"`{rule.Label}` cannot stand inside another correlation: {why}.", "Write it as one correlation, or run it by itself.");
        return [];
    }

    private static string Title(SigmaRule rule) => SigmaText.Escaped(rule.Title.Length > 0 ? rule.Title : rule.Label);
}
