using System.Globalization;
using Nightjar.Analytics;
using Nightjar.Analytics.Plan;
using Nightjar.Events;

namespace Nightjar.Engine;

/// <summary>What a measure gave: whether it holds, by which events, and the figures for people.</summary>
internal sealed record Reading(Tri State, IReadOnlyList<StoredEvent> Events, string Detail);

/// <summary>Takes measures over the events around one match.</summary>
internal sealed class Meter(
    EngineOptions options, Analytic analytic, Chain chain, int firstStage, Sighting[] assigned, StoredEvent?[] events, Candidates candidates, DeviceTrack device, Instant decided)
{
    /// <summary>How many spans inside the window were looked at so far: what a search pays for beside its steps.</summary>
    public int Windows { get; private set; }

    /// <summary>True, false, or unknown when no telemetry of the device could have shown the events.</summary>
    public Reading Read(Measure measure)
    {
        var stage = analytic.Stages[measure.Stage];
        var found = Collect(measure, stage);
        if (Measured(measure, found, out var detail) is { } proof) return new Reading(Tri.True, [.. proof.Select(item => item.Event)], detail);
        var observed = device.Observes(stage.Components, decided, options.ObservationWindow);
        return observed ? new Reading(Tri.False, [], detail) : new Reading(Tri.Unknown, [], "");
    }

    // The events by which the measure holds; null when it does not. Records of one connection count once, but each level has its own sum.
    private List<Sighting>? Measured(Measure measure, List<Sighting> found, out string detail)
    {
        if (measure.Per == TimeSpan.Zero) return Suffices(measure, found, out detail) ? found : null;
        var isSummed = measure.Sum is not null || measure.Ratio is not null;
        var counted = isSummed ? found : ConnectionRecords.Once(found);
        var different = isSummed || measure.Distinct is not { Of: [var only] } ? null : new SlidingValues(only, events);
        for (int first = 0, end = 0; first < counted.Count; first++)
        {
            if (first > 0) different?.Leave(counted[first - 1]);
            for (; end < counted.Count && counted[end].Time - counted[first].Time <= measure.Per; end++) different?.Enter(counted[end]);
            if (!isSummed && measure.Count is { } count && !count.Holds(end - first)) continue;
            Windows++;
            if (different is not null && !measure.Distinct!.Value.Bounds.Holds(different.Count)) continue;
            var within = counted.GetRange(first, end - first);
            if (Suffices(measure, within, out detail)) return within;
        }
        detail = Text($"never within {measure.Per.TotalSeconds:0.###} s");
        return null;
    }

    private bool Suffices(Measure measure, List<Sighting> found, out string detail)
    {
        var once = ConnectionRecords.Once(found);
        var period = measure.PeriodTolerance is { } tolerance ? Periodicity.Of([.. once.Select(item => item.Time)], tolerance, measure.AtLeast) : null;
        var shortfall = Shortfall(measure, found, once, period);
        detail = shortfall ?? period?.ToString() ?? (measure.AtLeast > 1 || measure.Count is not null ? $"{once.Count} times" : "");
        return shortfall is null;
    }

    private List<Sighting> Collect(Measure measure, Stage stage)
    {
        var found = new List<Sighting>();
        var walk = candidates.Of(stage);
        while (walk.MoveNext())
        {
            ref var candidate = ref walk.Current;
            if (Counts(measure, stage, in candidate)) found.Add(candidate);
        }
        return found;
    }

    private bool Counts(Measure measure, Stage stage, in Sighting candidate)
    {
        ref readonly var header = ref candidate.Event.Header;
        if (!candidates.Admits(stage, in header) || !IsInTime(measure, in header)) return false;
        if (measure.After >= 0 && !(events[measure.After] is { } after && Order.Follows(in after.Header, in header, options.ClockSkew))) return false;
        if (measure.Before >= 0 && !(events[measure.Before] is { } before && Order.Follows(in header, in before.Header, options.ClockSkew))) return false;
        if (!measure.CountsChain && IsTold(candidate.Event)) return false;
        if (chain.Stages.Contains(stage.Index) ? !IsOfGroup(stage, in candidate) : !Joined.All(stage, in candidate, events, chain.Bits)) return false;
        return measure.Where is null || measure.Where.Eval(new MatchScope(candidate.Event.View, in candidate.Moment, events)) == Tri.True;
    }

    private bool IsTold(StoredEvent candidate) => Array.IndexOf(events, candidate) >= 0 || ConnectionRecords.AreToldBy(events, candidate);

    private bool IsOfGroup(Stage stage, in Sighting candidate) =>
        stage.OwnGroup is not { } group || group.Eval(new MatchScope(candidate.Event.View, in candidate.Moment, events)) == Tri.True;

    private bool IsInTime(Measure measure, in EventHeader header)
    {
        ref readonly var first = ref assigned[firstStage].Event.Header;
        if (header.Time > first.End + analytic.Window) return false;
        if (measure.Over > TimeSpan.Zero) return header.Time >= assigned[LastStage].Time - measure.Over;
        if (measure.Before >= 0) return header.End >= first.Time - analytic.Window;
        return Order.Follows(in first, in header, options.ClockSkew);
    }

    private int LastStage => chain.IsOrdered ? chain.Stages[^1] : chain.Stages.MaxBy(stage => assigned[stage].Time);

    // What the first figure that falls short came to, for people; null when none does. Amounts are of all records, the rest of each connection once.
    private string? Shortfall(Measure measure, List<Sighting> found, List<Sighting> once, Periodicity? period)
    {
        if (measure.Count is null && once.Count < measure.AtLeast) return measure.AtLeast > 1 ? Text($"{once.Count} of {measure.AtLeast}") : "";
        if (measure.Count is { } count && !count.Holds(once.Count)) return count.Tell(once.Count);
        if (measure.Distinct is { } distinct && CountDistinct(distinct.Of, once) is var different && !distinct.Bounds.Holds(different)) return distinct.Bounds.Tell(different, "different");
        if (measure.Sum is { } sum && Sum(sum.Of, found) is var amount && !sum.Bounds.Holds(amount)) return sum.Bounds.Tell(amount);
        if (measure.Average is { } average && AverageOf(average.Of, once) is var mean && !average.Bounds.Holds(mean)) return Figure("average", average.Bounds, mean);
        if (measure.Percentile is { } percentile && Percentile(percentile.Of, percentile.At, once) is var nth && !percentile.Bounds.Holds(nth)) return Figure("percentile", percentile.Bounds, nth);
        if (measure.Ratio is { } ratio && RatioOf(ratio.Of, ratio.To, found) is var share && !(share >= ratio.AtLeast)) return Text($"ratio {share:0.##} of {ratio.AtLeast:0.##}");
        if (measure.Variation is { } variation && Variation(variation.Of, once) is var varied && !(varied <= variation.AtMost))
            return double.IsFinite(varied) ? Text($"variation {varied:0.##}, at most {variation.AtMost:0.##}") : "nothing to compare";
        if (measure.Rate is { } rate && !Rates(once, rate.AtLeast, rate.Per)) return Text($"never {rate.AtLeast} within {rate.Per.TotalSeconds:0.###} s");
        return measure.PeriodTolerance is not null && period is null ? "not regular" : null;
    }

    private static string Figure(string name, Bounds bounds, double figure) => double.IsNaN(figure) ? "nothing to compare" : name + " " + bounds.Tell(figure);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private double RatioOf(NumberNode of, NumberNode to, List<Sighting> found) => Sum(of, found) / Math.Max(1, Sum(to, found));

    // Not a number where there is none to average; it keeps no limit.
    private double AverageOf(NumberNode of, List<Sighting> found) => Numbers(of, found) is { Count: > 0 } numbers ? numbers.Average() : double.NaN;

    private int CountDistinct(IReadOnlyList<ValueNode> of, List<Sighting> found)
    {
        if (of is [var only]) return CountDistinct(only, found);
        var seen = new HashSet<(FieldValue, FieldValue, FieldValue, FieldValue)>();
        Span<FieldValue> values = [default, default, default, default];
        foreach (var item in found)
        {
            var isThere = true;
            for (var i = 0; i < of.Count; i++) isThere &= of[i].TryEval(Scope(in item), out values[i]);
            if (isThere) seen.Add((values[0], values[1], values[2], values[3]));
        }
        return seen.Count;
    }

    private int CountDistinct(ValueNode of, List<Sighting> found)
    {
        var seen = new HashSet<FieldValue>();
        foreach (var item in found)
        {
            if (of.TryEval(Scope(in item), out var value)) seen.Add(value);
        }
        return seen.Count;
    }

    private List<double> Numbers(NumberNode of, List<Sighting> found)
    {
        var values = new List<double>();
        foreach (var item in found)
        {
            if (of.TryEval(Scope(in item), out var value)) values.Add(value);
        }
        return values;
    }

    // Of the values in order, the first that the share does not exceed (nearest rank): always one that was seen.
    private double Percentile(NumberNode of, double at, List<Sighting> found)
    {
        var values = Numbers(of, found);
        if (values.Count == 0) return double.NaN;
        values.Sort();
        return values[Math.Clamp((int)Math.Ceiling(at / 100 * values.Count), 1, values.Count) - 1];
    }

    private double Sum(NumberNode of, List<Sighting> found) =>
        ConnectionRecords.Sum(found, item => of.TryEval(Scope(in item), out var value) ? value : 0);

    // Standard deviation over mean; infinite when there are no numbers to compare.
    private double Variation(NumberNode of, List<Sighting> found)
    {
        var values = Numbers(of, found);
        if (values.Count < 2) return double.PositiveInfinity;
        var mean = values.Average();
        return mean <= 0 ? double.PositiveInfinity : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / values.Count) / mean;
    }

    private static bool Rates(List<Sighting> found, int atLeast, TimeSpan per)
    {
        for (var i = atLeast - 1; i < found.Count; i++)
        {
            if (found[i].Time - found[i - atLeast + 1].Time <= per) return true;
        }
        return false;
    }

    private MatchScope Scope(in Sighting item) => new(item.Event.View, in item.Moment, events);
}
