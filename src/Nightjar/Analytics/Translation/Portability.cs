using Nightjar.Analytics.Plan;
using Nightjar.Events;
using YamlDotNet.RepresentationModel;

namespace Nightjar.Analytics.Translation;

/// <summary>Whether an analytic says only what plain Sigma can say, and what Sigma would call it.</summary>
internal sealed class Portability
{
    private static readonly (string Figure, string Type)[] Figures =
        [("count", "event_count"), ("distinct", "value_count"), ("sum", "value_sum"), ("average", "value_avg"), ("percentile", "value_percentile")];

    // Keys of a measure that no correlation has.
    private static readonly string[] OurMeasures = ["where", "after", "before", "over", "plus", "ratio", "variation", "period", "rate", "per"];

    private readonly YamlMappingNode _top;
    private readonly YamlMappingNode _body;
    private readonly List<string> _reasons = [];
    private readonly List<string> _remarks = [];

    public Portability(YamlMappingNode top)
    {
        _top = top;
        _body = top.Get("analytic") as YamlMappingNode ?? [];
        Stages = [.. (_body.Get("stages") as YamlSequenceNode)?.Children.OfType<YamlMappingNode>() ?? []];
        Require = [.. (_body.Get("require") as YamlSequenceNode)?.Children.OfType<YamlMappingNode>() ?? []];
        CheckBody();
        foreach (var stage in Stages) CheckStage(stage);
        Type = TypeOf();
    }

    public IReadOnlyList<YamlMappingNode> Stages { get; }

    public IReadOnlyList<YamlMappingNode> Require { get; }

    /// <summary>Sigma's word: <c>rule</c>, or the type of the correlation.</summary>
    public string Type { get; }

    /// <summary>Why it is not portable; none when it is.</summary>
    public IReadOnlyList<string> Reasons => _reasons;

    /// <summary>What Sigma has no place for and does not decide whether something is found.</summary>
    public IReadOnlyList<string> Remarks => _remarks;

    public bool IsPerApp => Key is [] or ["device", "app"];

    /// <summary>The span in Sigma's form; null when it has none.</summary>
    public string? Timespan => SpanOf(Resolved(_body.TextOf("within") ?? "1m"));

    public IReadOnlyList<string> Key => Texts(_body.Get("key"));

    /// <summary>The text of a value, or of the default of the tunable that it names.</summary>
    public string Resolved(string text) =>
        (_body.Get("tunables") as YamlMappingNode)?.Get(text) is YamlMappingNode tunable ? tunable.TextOf("default") ?? text : text;

    public static IReadOnlyList<string> Texts(YamlNode? node) => node switch
    {
        YamlScalarNode { Value: { } one } => [one],
        YamlSequenceNode list => [.. list.Children.OfType<YamlScalarNode>().Select(item => item.Value ?? "")],
        _ => [],
    };

    /// <summary>The detections of a stage.</summary>
    public static IReadOnlyList<YamlMappingNode> Blocks(YamlMappingNode stage) => stage.Get("detection") switch
    {
        YamlMappingNode one => [one],
        YamlSequenceNode several => [.. several.Children.OfType<YamlMappingNode>()],
        _ => [],
    };

    private void CheckBody()
    {
        if (_body.Get("chains") is not null) _reasons.Add("it has several `chains`");
        if (_body.Get("score") is YamlMappingNode score)
        {
            if (score.Get("add") is not null) _reasons.Add("the `score` adds contributions");
            if (score.TextOf("base") != RuleHead.Score(_top.TextOf("level") ?? "medium").ToString(System.Globalization.CultureInfo.InvariantCulture))
                _remarks.Add("the score becomes that of the level");
        }
        foreach (var allow in (_body.Get("allow") as YamlSequenceNode)?.Children.OfType<YamlMappingNode>() ?? [])
        {
            if (allow.Get("where") is not null) _reasons.Add($"the exception `{allow.TextOf("name")}` is an expression");
        }
        if (_body.TextOf("suppress") is { } suppress) _remarks.Add($"`suppress: {suppress}` is left to the tool that runs the rule");
        if (_body.Get("finding") is not null) _remarks.Add("the texts of the finding are left away");
        if (_body.Get("tunables") is YamlMappingNode) _remarks.Add("tunables become placeholders, and limits their defaults");
        if (Timespan is null) _reasons.Add($"`within: {_body.TextOf("within")}` is no whole number of seconds");
    }

    private void CheckStage(YamlMappingNode stage)
    {
        var id = stage.TextOf("id");
        if (stage.Get("where") is not null) _reasons.Add($"stage `{id}` has a `where`");
        if (stage.TextOf("optional") == "true") _reasons.Add($"stage `{id}` is optional");
        if (stage.Get("absent") is not null) _reasons.Add($"stage `{id}` must be absent");
        if (stage.TextOf("app") is { } app and not "same") _reasons.Add($"stage `{id}` is about `{app}` apps");
        if (Blocks(stage).Count == 0) _reasons.Add($"stage `{id}` has no `detection`");
        foreach (var key in Blocks(stage).SelectMany(Keys).Where(IsState).Distinct(StringComparer.Ordinal))
            _remarks.Add($"`{key}` is read from the event alone: Sigma knows no state as of the event");
    }

    private string TypeOf()
    {
        var isAny = _body.TextOf("order") == "any";
        if (Stages.Count > 1)
        {
            if (Require.Count > 0) _reasons.Add("a chain of several stages has a measure");
            if (Stages.Any(stage => Blocks(stage).Count > 1)) _reasons.Add("a stage of a chain has several detections");
            return isAny ? "temporal" : "temporal_ordered";
        }
        if (Require.Count == 0)
        {
            var isPlain = Key is not ["device"] && _body.Get("group") is null;
            if (isPlain && Stages is [var only] && Blocks(only).Count > 1) _reasons.Add("the stage has several detections");
            return isPlain ? "rule" : "event_count";
        }
        if (Require.Count > 1) _reasons.Add("it has several measures");
        return OfMeasure(Require[0]);
    }

    private string OfMeasure(YamlMappingNode measure)
    {
        foreach (var key in OurMeasures.Where(key => measure.Get(key) is not null))
            _reasons.Add($"its measure has `{key}`");
        (string Figure, string Type)[] figures = [.. Figures.Where(item => measure.Get(item.Figure) is not null)];
        if (figures.Length > 1) _reasons.Add("its measure asks for several figures");
        if (figures.Length == 0) return "event_count";
        var figure = (YamlMappingNode)measure.Get(figures[0].Figure)!;
        foreach (var field in Texts(figure.Get("of")).Where(field => FieldCatalog.Find(field) is null)) _reasons.Add($"`{field}` is no field of the event");
        var isUpper = Bounds.Words.Where(word => word is "at_most" or "less_than" or "exactly" or "not").Any(word => figure.Get(word) is not null);
        var isTumbling = _body.TextOf("windows") == "tumbling";
        if (isTumbling != (isUpper || figures[0].Type is "value_avg" or "value_percentile"))
            _reasons.Add($"its windows are {(isTumbling ? "tumbling" : "sliding")}, which Sigma would not take for such a limit");
        return figures[0].Type;
    }

    private static bool IsState(string field) => FieldCatalog.Find(field) is { } info && Sigma.MomentFields.IsState(info.Id);

    /// <summary>Every key at or below a node, without modifiers.</summary>
    public static IEnumerable<string> Keys(YamlNode node) => node switch
    {
        YamlMappingNode map => map.Children.SelectMany(pair => Keys(pair.Value).Prepend(((pair.Key as YamlScalarNode)?.Value ?? "").Split('|')[0])),
        YamlSequenceNode list => list.Children.SelectMany(Keys),
        _ => [],
    };

    private static string? SpanOf(string text)
    {
        if (Tuning.Quantity.Duration(text) is not { } span || span < TimeSpan.FromSeconds(1) || span.Ticks % TimeSpan.TicksPerSecond != 0) return null;
        var seconds = (long)span.TotalSeconds;
        return seconds % 86400 == 0 ? $"{seconds / 86400}d" : seconds % 3600 == 0 ? $"{seconds / 3600}h" : seconds % 60 == 0 ? $"{seconds / 60}m" : $"{seconds}s";
    }
}
