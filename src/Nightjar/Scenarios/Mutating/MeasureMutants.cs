using Nightjar.Analytics.Plan;

namespace Nightjar.Scenarios.Mutating;

/// <summary>Ways to change a measure: each thing that it asks for is asked no more, or turned round.</summary>
internal static class MeasureMutants
{
    public static IEnumerable<(string How, Func<Measure, Measure?> Change)> Of(Measure measure)
    {
        if (measure.Where is not null)
        {
            yield return ("join dropped", item => item with { Where = null });
            yield return ("join negated", item => item with { Where = new Negation(item.Where!) });
        }
        if (measure.After >= 0) yield return ("at any time", item => item with { After = -1 });
        if (measure.Before >= 0) yield return ("at any time", item => item with { Before = -1 });
        if (measure.WithChain is { } with) yield return (with ? "without the chain's own events" : "with the chain's own events", item => item with { WithChain = !with });
        if (measure.AtLeast > 1) yield return ("one more is needed", item => item with { AtLeast = item.AtLeast + 1 });
        if (measure.AtLeast > 2) yield return ("one fewer suffices", item => item with { AtLeast = item.AtLeast - 1 });
        if (measure.Over > TimeSpan.Zero) yield return ("within the window only", item => item with { Over = TimeSpan.Zero });
        if (measure.Count is not null) yield return ("of any number", item => item with { Count = null });
        if (measure.Average is not null) yield return ("of any average", item => item with { Average = null });
        if (measure.Percentile is not null) yield return ("of any percentile", item => item with { Percentile = null });
        if (measure.Per > TimeSpan.Zero) yield return ("over any span", item => item with { Per = TimeSpan.Zero });
        if (measure.Distinct is not null) yield return ("of any number of values", item => item with { Distinct = null });
        if (measure.Sum is not null) yield return ("of any sum", item => item with { Sum = null });
        if (measure.Ratio is not null) yield return ("of any ratio", item => item with { Ratio = null });
        if (measure.Variation is not null) yield return ("of any evenness", item => item with { Variation = null });
        if (measure.PeriodTolerance is not null) yield return ("of any regularity", item => item with { PeriodTolerance = null });
        if (measure.Rate is not null) yield return ("of any rate", item => item with { Rate = null });
    }
}
