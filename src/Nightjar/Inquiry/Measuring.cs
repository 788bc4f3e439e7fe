using System.Globalization;
using Nightjar.Analytics;
using Nightjar.Analytics.Plan;
using Nightjar.Events;

namespace Nightjar.Inquiry;

/// <summary>What a measure gave.</summary>
/// <param name="State">True, false, or unknown when no telemetry could have shown the events.</param>
/// <param name="Events">The events that it counted, whether it holds or not.</param>
/// <param name="Detail">The figures that stand beside the reason of a contribution; empty when there are none.</param>
/// <param name="Figures">Each figure that was asked for, with what it came to.</param>
internal sealed record Measured(Tri State, IReadOnlyList<SeenEvent> Events, string Detail, IReadOnlyList<Figure> Figures);

/// <summary>One figure of a measure.</summary>
/// <param name="Of">What it is a figure of.</param>
/// <param name="Have">What it came to; not a number when there was nothing to take it from.</param>
/// <param name="Wanted">The bound.</param>
/// <param name="AtMost">True when the bound is the highest that is allowed, false when it is the lowest.</param>
internal sealed record Figure(string Of, double Have, double Wanted, bool AtMost = false)
{
    public bool Holds => AtMost ? Have <= Wanted : Have >= Wanted;

    /// <summary>How far it falls short, for people; empty when nothing more is to say than that there was nothing.</summary>
    public string Shortfall { get; init; } = "";
}

/// <summary>Takes one measure over events, figure by figure.</summary>
internal sealed class Measuring(Analytic analytic, Way way, Measure measure, InquiryOptions options)
{
    public Measured Take(IEnumerable<SeenEvent> candidates, bool observed)
    {
        List<SeenEvent> found = [.. candidates.Where(Counts)];
        var once = Connections.Once(found);
        var rhythm = measure.PeriodTolerance is { } tolerance ? Rhythm.Of(once, tolerance, measure.AtLeast) : null;
        List<Figure> figures = [.. Figures(found, once, rhythm)];
        if (figures.Find(figure => !figure.Holds) is { } missed) return new Measured(observed ? Tri.False : Tri.Unknown, found, observed ? missed.Shortfall : "", figures);
        var detail = rhythm is not null ? rhythm.ToString() : measure.AtLeast > 1 ? $"{once.Count} times" : "";
        return new Measured(Tri.True, found, detail, figures);
    }

    private bool Counts(SeenEvent seen)
    {
        if (!IsInTime(seen)) return false;
        if (measure.After >= 0 && !(way.Events[measure.After] is { } after && InOrder.IsAfter(after, seen, options.ClockSkew))) return false;
        if (measure.Before >= 0 && !(way.Events[measure.Before] is { } before && InOrder.IsAfter(seen, before, options.ClockSkew))) return false;
        if (!CountsChain && (way.InChain.Contains(seen) || Connections.IsToldBy(way.InChain, seen))) return false;
        return Joins(seen) && (measure.Where is null || seen.Ask(measure.Where, way.Stored) == Tri.True);
    }

    // Where nothing but one event is asked for, and nothing else is said, it is one more than those that the chain has already.
    private bool CountsChain => measure.WithChain ?? !IsMerePresence;

    private bool IsMerePresence =>
        (measure.AtLeast, measure.Distinct, measure.Sum, measure.Ratio, measure.Variation, measure.PeriodTolerance, measure.Rate) is (1, null, null, null, null, null, null);

    // The events of a stage of the chain are measured as they are; those of another must go with the chain.
    private bool Joins(SeenEvent seen) =>
        way.Chain.Stages.Contains(measure.Stage)
        || analytic.Stages[measure.Stage].Joins.Where(part => (part.Looks & ~way.Chain.Bits) == 0).All(part => seen.Ask(part, way.Stored) == Tri.True);

    private bool IsInTime(SeenEvent seen)
    {
        var first = way.Beginning.Seen;
        if (seen.Time > first.End + analytic.Window) return false;
        if (measure.Over > TimeSpan.Zero) return seen.Time >= Last - measure.Over;
        return measure.Before >= 0 ? seen.End >= first.Time - analytic.Window : InOrder.IsAfter(first, seen, options.ClockSkew);
    }

    private Instant Last => way.Chain.IsOrdered ? way.Completion.Time : way.InChain.Max(seen => seen.Time);

    private IEnumerable<Figure> Figures(List<SeenEvent> found, List<SeenEvent> once, Rhythm? rhythm)
    {
        yield return Told("events", once.Count, measure.AtLeast, measure.AtLeast > 1 ? "{0:0.##} of {1:0.##}" : "");
        if (measure.Distinct is { } distinct) yield return Told("different values", Different(once, distinct.Of), distinct.AtLeast, "{0:0.##} different of {1:0.##}");
        if (measure.Sum is { } sum) yield return Told("sum", Amount(found, sum.Of), sum.AtLeast, "{0:0.##} of {1:0.##}");
        if (measure.Ratio is { } ratio)
            yield return Told("ratio", Amount(found, ratio.Of) / Math.Max(1, Amount(found, ratio.To)), ratio.AtLeast, "ratio {0:0.##} of {1:0.##}");
        if (measure.Variation is { } variation)
        {
            var varied = Variation(Numbers(once, variation.Of));
            yield return Told("variation", varied, variation.AtMost, double.IsInfinity(varied) ? "nothing to compare" : "variation {0:0.##}, at most {1:0.##}") with { AtMost = true };
        }
        if (measure.Rate is { } rate)
        {
            var per = rate.Per.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
            yield return Told($"events within {per} s", Densest(once, rate.Per), rate.AtLeast, $"never {{1:0.##}} within {per} s");
        }
        if (measure.PeriodTolerance is not null) yield return Told("period", rhythm is null ? 0 : 1, 1, "not regular");
    }

    private static Figure Told(string of, double have, double wanted, string shortfall) =>
        new(of, have, wanted) { Shortfall = string.Format(CultureInfo.InvariantCulture, shortfall, have, wanted) };

    private int Different(List<SeenEvent> found, TextNode of) =>
        found.Select(seen => of.Eval(seen.Scope(way.Stored))).Where(text => !text.IsNone).Distinct().Count();

    private double Amount(List<SeenEvent> found, NumberNode of) =>
        Connections.Sum(found, seen => of.TryEval(seen.Scope(way.Stored), out var number) ? number : 0);

    private List<double> Numbers(List<SeenEvent> found, NumberNode of)
    {
        var numbers = new List<double>();
        foreach (var seen in found)
        {
            if (of.TryEval(seen.Scope(way.Stored), out var number)) numbers.Add(number);
        }
        return numbers;
    }

    // Coefficient of variation: the standard deviation as a share of the mean. One number says nothing about how even numbers are.
    private static double Variation(List<double> numbers)
    {
        if (numbers.Count < 2 || numbers.Average() <= 0) return double.PositiveInfinity;
        var mean = numbers.Average();
        return Math.Sqrt(numbers.Average(number => Math.Pow(number - mean, 2))) / mean;
    }

    private static int Densest(List<SeenEvent> found, TimeSpan per) =>
        found.Select(start => found.Count(seen => seen.Time >= start.Time && seen.Time - start.Time <= per)).DefaultIfEmpty().Max();
}
