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
/// <param name="Kind">Which of those that a measure may ask for.</param>
/// <param name="Of">What it is a figure of.</param>
/// <param name="Have">What it came to; not a number when there was nothing to take it from.</param>
/// <param name="Limits">What it must keep.</param>
internal sealed record Figure(MeasureFigure Kind, string Of, double Have, Bounds Limits)
{
    public bool Holds => Limits.Holds(Have);

    /// <summary>How far it falls short, for people; empty when nothing more is to say than that there was nothing.</summary>
    public string Shortfall { get; init; } = "";

    /// <summary>The limit that it does not keep, with its relation.</summary>
    public (string Relation, double Wanted) Missed =>
        Limits switch
        {
            { AtLeast: { } least } when !(Have >= least) => (">=", least),
            { AtMost: { } most } when !(Have <= most) => ("<=", most),
            { MoreThan: { } above } when !(Have > above) => (">", above),
            { LessThan: { } below } when !(Have < below) => ("<", below),
            { Exactly: { } exactly } when Have != exactly => ("==", exactly),
            { Not: { } not } => ("!=", not),
            _ => ("", 0),
        };
}

/// <summary>Takes one measure over events, figure by figure.</summary>
internal sealed class Measuring(Analytic analytic, Way way, Measure measure, InquiryOptions options)
{
    public Measured Take(IEnumerable<SeenEvent> candidates, bool observed)
    {
        List<SeenEvent> found = [.. candidates.Where(Counts)];
        var taken = measure.Per == TimeSpan.Zero ? TakeAll(found) : TakeSpans(found);
        return taken.State == Tri.True || observed ? taken : taken with { State = Tri.Unknown, Detail = "" };
    }

    private Measured TakeAll(List<SeenEvent> found)
    {
        var once = Connections.Once(found);
        var rhythm = measure.PeriodTolerance is { } tolerance ? Rhythm.Of(once, tolerance, measure.AtLeast) : null;
        List<Figure> figures = [.. Figures(found, once, rhythm)];
        if (figures.Find(figure => !figure.Holds) is { } missed) return new Measured(Tri.False, found, missed.Shortfall, figures);
        var detail = rhythm is not null ? rhythm.ToString() : measure.AtLeast > 1 || measure.Count is not null ? $"{once.Count} times" : "";
        return new Measured(Tri.True, found, detail, figures);
    }

    // A span begins with an event and holds those after it. Amounts are of all records of a connection, the rest of each once.
    private Measured TakeSpans(List<SeenEvent> found)
    {
        var counted = measure.Sum is null && measure.Ratio is null ? Connections.Once(found) : found;
        for (var first = 0; first < counted.Count; first++)
        {
            var span = TakeAll([.. counted.Skip(first).TakeWhile(seen => seen.Time - counted[first].Time <= measure.Per)]);
            if (span.State == Tri.True) return span;
        }
        var per = measure.Per.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
        var figure = new Figure(MeasureFigure.Spans, $"spans of {per} s in which all that is asked holds", 0, new Bounds(AtLeast: 1)) { Shortfall = $"never within {per} s" };
        return new Measured(Tri.False, found, figure.Shortfall, [figure]);
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
        (measure.AtLeast, measure.Distinct, measure.Sum, measure.Ratio, measure.Variation, measure.PeriodTolerance, measure.Rate) is (1, null, null, null, null, null, null)
        && (measure.Count, measure.Average, measure.Percentile) is (null, null, null);

    // The events of a stage of the chain need only be of its group; those of another must go with the chain.
    private bool Joins(SeenEvent seen) =>
        way.Chain.Stages.Contains(measure.Stage)
        ? analytic.Stages[measure.Stage].OwnGroup is not { } group || seen.Ask(group, way.Stored) == Tri.True
        : analytic.Stages[measure.Stage].Joins.Where(part => (part.Looks & ~way.Chain.Bits) == 0).All(part => seen.Ask(part, way.Stored) == Tri.True);

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
        if (measure.Count is { } count) yield return Kept(MeasureFigure.Events, "events", once.Count, count);
        else yield return Told(MeasureFigure.Events, "events", once.Count, measure.AtLeast, measure.AtLeast > 1 ? "{0:0.##} of {1:0.##}" : "");
        if (measure.Distinct is { } distinct)
        {
            var different = Different(once, distinct.Of);
            yield return new Figure(MeasureFigure.Different, "different values", different, distinct.Bounds) { Shortfall = distinct.Bounds.Tell(different, "different") };
        }
        if (measure.Sum is { } sum) yield return Kept(MeasureFigure.Sum, "sum", Amount(found, sum.Of), sum.Bounds);
        if (measure.Average is { } average) yield return Named(MeasureFigure.Average, "average", Numbers(once, average.Of).DefaultIfEmpty(double.NaN).Average(), average.Bounds);
        if (measure.Percentile is { } percentile) yield return Named(MeasureFigure.Percentile, "percentile", NearestRank(Numbers(once, percentile.Of), percentile.At), percentile.Bounds);
        foreach (var figure in Shapes(found, once, rhythm)) yield return figure;
    }

    private IEnumerable<Figure> Shapes(List<SeenEvent> found, List<SeenEvent> once, Rhythm? rhythm)
    {
        if (measure.Ratio is { } ratio)
            yield return Told(MeasureFigure.Ratio, "ratio", Amount(found, ratio.Of) / Math.Max(1, Amount(found, ratio.To)), ratio.AtLeast, "ratio {0:0.##} of {1:0.##}");
        if (measure.Variation is { } variation)
        {
            var varied = Variation(Numbers(once, variation.Of));
            var shortfall = double.IsInfinity(varied) ? "nothing to compare" : string.Format(CultureInfo.InvariantCulture, "variation {0:0.##}, at most {1:0.##}", varied, variation.AtMost);
            yield return new Figure(MeasureFigure.Variation, "variation", varied, new Bounds(AtMost: variation.AtMost)) { Shortfall = shortfall };
        }
        if (measure.Rate is { } rate)
        {
            var per = rate.Per.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
            yield return Told(MeasureFigure.Rate, $"events within {per} s", Densest(once, rate.Per), rate.AtLeast, $"never {{1:0.##}} within {per} s");
        }
        if (measure.PeriodTolerance is not null) yield return Told(MeasureFigure.Period, "period", rhythm is null ? 0 : 1, 1, "not regular");
    }

    private static Figure Told(MeasureFigure kind, string of, double have, double wanted, string shortfall) =>
        new(kind, of, have, new Bounds(AtLeast: wanted)) { Shortfall = string.Format(CultureInfo.InvariantCulture, shortfall, have, wanted) };

    private static Figure Kept(MeasureFigure kind, string of, double have, Bounds limits) => new(kind, of, have, limits) { Shortfall = limits.Tell(have) };

    private static Figure Named(MeasureFigure kind, string of, double have, Bounds limits) =>
        new(kind, of, have, limits) { Shortfall = double.IsNaN(have) ? "nothing to compare" : $"{of} {limits.Tell(have)}" };

    // The smallest number that at least so many percent of the numbers do not exceed.
    private static double NearestRank(List<double> numbers, double percent)
    {
        if (numbers.Count == 0) return double.NaN;
        return numbers.Order().First(number => numbers.Count(other => other <= number) >= percent / 100 * numbers.Count);
    }

    // An event that lacks one of the values tells none.
    private int Different(List<SeenEvent> found, IReadOnlyList<ValueNode> of) =>
        found.Select(seen => ValuesOf(seen, of)).Where(values => values is not null).Select(values => string.Join('\u0001', values!)).Distinct(StringComparer.Ordinal).Count();

    private string[]? ValuesOf(SeenEvent seen, IReadOnlyList<ValueNode> of)
    {
        var values = new string[of.Count];
        for (var i = 0; i < values.Length; i++)
        {
            if (!of[i].TryEval(seen.Scope(way.Stored), out var value)) return null;
            values[i] = value.ToString()!;
        }
        return values;
    }

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
