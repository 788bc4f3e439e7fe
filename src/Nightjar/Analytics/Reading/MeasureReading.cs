using Nightjar.Analytics.Plan;
using Nightjar.Analytics.Where;
using YamlDotNet.RepresentationModel;

namespace Nightjar.Analytics.Reading;

/// <summary>Reads what is measured over the events of a stage.</summary>
internal sealed class MeasureReading(Names names, IReadOnlyList<StageReading.Draft> drafts, Mistakes mistakes)
{
    private const int MostValues = 4;

    /// <summary>Keys of a measure; an optional stage has them beside its own.</summary>
    public static string[] Keys { get; } = ["after", "before", "over", "at_least", "plus", "with_chain", "count", "distinct", "sum", "average", "percentile", "ratio", "variation", "period", "rate", "per"];

    private static readonly (string Key, MeasureFigure Figure, string[] Words)[] Limited =
    [
        ("count", MeasureFigure.Events, Bounds.Words), ("distinct", MeasureFigure.Different, Bounds.Words), ("sum", MeasureFigure.Sum, Bounds.Words),
        ("average", MeasureFigure.Average, Bounds.Words), ("percentile", MeasureFigure.Percentile, Bounds.Words), ("ratio", MeasureFigure.Ratio, ["at_least"]),
        ("variation", MeasureFigure.Variation, ["at_most"]), ("rate", MeasureFigure.Rate, ["at_least"]), ("period", MeasureFigure.Period, ["tolerance"]),
    ];

    public Measure Read(YamlMap map, int stage) => new()
    {
        Stage = stage,
        // An optional stage's own `where` belongs to the stage.
        Where = map.Get("stage") is null ? null : Condition(map.Get("where")),
        After = Index(map, "after"),
        Before = Index(map, "before"),
        Over = TimeSpan.FromSeconds(Bound(map, "over", 0, 604_800) ?? 0),
        AtLeast = (int)((Bound(map, "at_least", 1, 1000) ?? 1) + (Bound(map, "plus", 0, 1000) ?? 0)),
        WithChain = map.Get("with_chain") is null ? null : map.Flag("with_chain"),
        Count = map.Map("count") is { } count ? Limits(count) : null,
        Distinct = map.Map("distinct") is { } distinct && Values(distinct) is { Count: > 0 } values ? (values, Limits(distinct)) : null,
        Sum = map.Map("sum") is { } sum && Number(sum, "of") is { } summed ? (summed, Limits(sum)) : null,
        Average = map.Map("average") is { } average && Number(average, "of") is { } averaged ? (averaged, Limits(average)) : null,
        Percentile = map.Map("percentile") is { } share && Number(share, "of") is { } shared ? (shared, Bound(share, "at", 0, 100) ?? 50, Limits(share)) : null,
        Ratio = map.Map("ratio") is { } ratio && Number(ratio, "of") is { } over && Number(ratio, "to") is { } under ? (over, under, Close(ratio, "at_least")) : null,
        Variation = map.Map("variation") is { } variation && Number(variation, "of") is { } varied ? (varied, Close(variation, "at_most")) : null,
        PeriodTolerance = map.Map("period") is { } period ? Close(period, "tolerance") : null,
        Rate = map.Map("rate") is { } rate ? ((int)(Bound(rate, "at_least", 1, 1000) ?? 1), TimeSpan.FromSeconds(Close(rate, "per"))) : null,
        Per = TimeSpan.FromSeconds(Bound(map, "per", 0.001, 604_800) ?? 0),
        Tuned = [.. Tuned(map)],
    };

    // Limits that tunables set, so that somebody can ask what the figures were.
    private IEnumerable<TunedLimit> Tuned(YamlMap map)
    {
        var plus = map.Get("plus") is null ? 0 : Bound(map, "plus", 0, 1000) ?? 0;
        if (TunableOf(map, "at_least") is { } least) yield return new TunedLimit(MeasureFigure.Events, least, plus);
        foreach (var (key, figure, words) in Limited)
        {
            if (map.Get(key) is not YamlMappingNode node) continue;
            foreach (var tunable in words.Select(word => TunableOf(new YamlMap(node, mistakes), word)).OfType<string>()) yield return new TunedLimit(figure, tunable, 0);
        }
    }

    private string? TunableOf(YamlMap map, string key) => map.Get(key) is YamlScalarNode { Value: { } text } ? names.Tunable(text)?.Name : null;

    /// <summary>The index of a stage; −1, and a mistake, when there is none of the name.</summary>
    public int Find(string name, YamlMap map)
    {
        for (var index = 0; index < drafts.Count; index++)
        {
            if (drafts[index].Id == name) return index;
        }
        mistakes.Add(Rules.UnknownStage, map.Node, $"`{name}` is no stage.", Nearest.Hint(name, names.Stages));
        return -1;
    }

    private int Index(YamlMap map, string key) => map.Text(key) is { } name ? Find(name, map) : -1;

    private double Close(YamlMap map, string key)
    {
        if (map.Get(key) is null) map.Require(key);
        var bound = Bound(map, key, 0, 1e15) ?? 0;
        map.Close();
        return bound;
    }

    // A figure without a limit would measure nothing.
    private Bounds Limits(YamlMap map)
    {
        var limits = Bounds.Words.Select(word => Bound(map, word, -1e15, 1e15)).ToArray();
        if (Array.TrueForAll(Bounds.Words, word => map.Get(word) is null))
            mistakes.Add(Rules.MissingKey, map.Node, "No limit is set.", $"Write one of {string.Join(", ", Bounds.Words)}.");
        map.Close();
        return new Bounds(limits[0], limits[1], limits[2], limits[3], limits[4], limits[5]);
    }

    private List<ValueNode> Values(YamlMap map)
    {
        if (map.Get("of") is null) map.Require("of");
        var place = mistakes.Place(map.Node);
        var values = new List<ValueNode>();
        foreach (var text in map.Texts("of"))
        {
            if (ExpressionParser.Parse(text, out var reason, out _) is not { } expression) mistakes.Add(Rules.BadExpression, place, reason);
            else if (new Binder(names.At(_ => true), place, mistakes).Value(expression) is { } value) values.Add(value);
        }
        if (values.Count <= MostValues) return values;
        mistakes.Add(Rules.BadValue, map.Get("of"), $"`of` has {values.Count} values.", $"The limit is {MostValues}.");
        return [];
    }

    private double? Bound(YamlMap map, string key, double low, double high)
    {
        if (map.Text(key) is not { } text) return null;
        var place = mistakes.Place(map.Get(key)!);
        if (Binder.Constant(text, place, names, mistakes) is not { } value) return null;
        if (value >= low && value <= high) return value;
        mistakes.Add(Rules.BadValue, place, $"`{key}` must be from {low} to {high}.");
        return null;
    }

    private TruthNode? Condition(YamlNode? node) =>
        node is YamlScalarNode { Value: { } text } ? Binder.Condition(text, mistakes.Place(node), names.At(_ => true), mistakes) : null;

    private NumberNode? Number(YamlMap map, string key) => Expression(map, key) is var (binder, expression) ? binder.Number(expression) : null;

    private (Binder Binder, Expression Expression)? Expression(YamlMap map, string key)
    {
        var text = map.RequireText(key);
        var place = mistakes.Place(map.Node);
        if (ExpressionParser.Parse(text, out var reason, out _) is { } expression) return (new Binder(names.At(_ => true), place, mistakes), expression);
        mistakes.Add(Rules.BadExpression, place, reason);
        return null;
    }
}
