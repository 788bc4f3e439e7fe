using Nightjar.Analytics;
using Nightjar.Analytics.Plan;
using Nightjar.Analytics.Tuning;

namespace Nightjar.Calibration;

/// <summary>Finds every place of an analytic where something that can be seen is compared with a number that is tunable.</summary>
internal static class TunablePlaces
{
    /// <summary>The places of some tunables, in the order of the analytic.</summary>
    public static IReadOnlyList<Place> Of(Analytic analytic, Func<Tunable, bool> isWanted)
    {
        var wanted = analytic.Tunables.Where(item => IsNumeric(item.Kind) && isWanted(item)).Select(item => item.Name).ToHashSet(StringComparer.Ordinal);
        return [.. All(analytic).Where(place => wanted.Contains(place.Tunable))];
    }

    /// <summary>True for kinds whose values are numbers.</summary>
    public static bool IsNumeric(TunableKind kind) => kind is TunableKind.Duration or TunableKind.Bytes or TunableKind.Number or TunableKind.Ratio or TunableKind.Count;

    private static IEnumerable<Place> All(Analytic analytic) =>
        [.. Windows(analytic), .. analytic.Stages.SelectMany(OfStage), .. analytic.Chains.SelectMany(chain => OfChain(analytic, chain)), .. analytic.Additions.SelectMany(OfAddition)];

    private static IEnumerable<Place> OfStage(Stage stage) =>
        TunedCondition.Of(stage.Own).Select(item => new StagePlace(item.Tunable, stage, item.What, item.Condition));

    private static IEnumerable<Place> OfChain(Analytic analytic, Chain chain) =>
        chain.Require.SelectMany(measure => Limits(measure, Words(analytic, chain), chain));

    private static IEnumerable<Place> OfAddition(Addition addition)
    {
        if (addition.Measure is { } measure) return Limits(measure, addition.Name, null);
        return TunedCondition.Of(addition.When!).Select(item => new AdditionPlace(item.Tunable, addition, item.What, item.Condition));
    }

    // What holds within spans somewhere has no one figure.
    private static IEnumerable<MeasurePlace> Limits(Measure measure, string where, Chain? chain) =>
        measure.Per > TimeSpan.Zero ? [] : measure.Tuned.Select(limit => new MeasurePlace(limit.Tunable, where, Words(limit), measure, limit, chain));

    private static IEnumerable<Place> Windows(Analytic analytic)
    {
        if (analytic.WindowTunable is not { } tunable) yield break;
        foreach (var chain in analytic.Chains.Where(chain => chain.Stages.Length > 1)) yield return new ChainPlace(tunable, Words(analytic, chain), chain);
        foreach (var chain in analytic.Chains)
        {
            foreach (var measure in chain.Require.Where(IsWithinWindow)) yield return new BesidePlace(tunable, Words(analytic, chain), measure, chain);
        }
        foreach (var addition in analytic.Additions.Where(item => item.Measure is { } measure && IsWithinWindow(measure)))
            yield return new BesidePlace(tunable, addition.Name, addition.Measure!, null);
    }

    private static bool IsWithinWindow(Measure measure) => measure.Over == TimeSpan.Zero;

    private static string Words(Analytic analytic, Chain chain) => string.Join(chain.IsOrdered ? " to " : " and ", chain.Stages.Select(stage => analytic.Stages[stage].Id));

    private static string Words(TunedLimit limit)
    {
        var words = limit.Figure switch
        {
            MeasureFigure.Events => "number of events",
            MeasureFigure.Different => "number of different values",
            MeasureFigure.Sum => "sum",
            MeasureFigure.Average => "average",
            MeasureFigure.Percentile => "percentile",
            MeasureFigure.Ratio => "ratio",
            MeasureFigure.Variation => "coefficient of variation",
            MeasureFigure.Rate => "most events within the span",
            _ => "least tolerance at which the contacts are regular",
        };
        return limit.Plus > 0 ? FormattableString.Invariant($"{words} above {limit.Plus}") : words;
    }
}
