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
    /// <summary>True, false, or unknown when no telemetry of the device could have shown the events.</summary>
    public Reading Read(Measure measure)
    {
        var stage = analytic.Stages[measure.Stage];
        var found = Collect(measure, stage);
        var once = ConnectionRecords.Once(found);
        var period = measure.PeriodTolerance is { } tolerance ? Periodicity.Of([.. once.Select(item => item.Time)], tolerance, measure.AtLeast) : null;
        if (Shortfall(measure, found, once, period) is not { } shortfall)
            return new Reading(Tri.True, [.. found.Select(item => item.Event)], period?.ToString() ?? (measure.AtLeast > 1 ? $"{once.Count} times" : ""));
        var observed = device.Observes(stage.Components, decided, options.ObservationWindow);
        return observed ? new Reading(Tri.False, [], shortfall) : new Reading(Tri.Unknown, [], "");
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
        if (!chain.Stages.Contains(stage.Index) && !Joined.All(stage, in candidate, events, chain.Bits)) return false;
        return measure.Where is null || measure.Where.Eval(new MatchScope(candidate.Event.View, in candidate.Moment, events)) == Tri.True;
    }

    private bool IsTold(StoredEvent candidate) => Array.IndexOf(events, candidate) >= 0 || ConnectionRecords.AreToldBy(events, candidate);

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
        if (once.Count < measure.AtLeast) return measure.AtLeast > 1 ? Text($"{once.Count} of {measure.AtLeast}") : "";
        if (measure.Distinct is { } distinct && CountDistinct(distinct.Of, once) is var different && different < distinct.AtLeast)
            return Text($"{different} different of {distinct.AtLeast:0.##}");
        if (measure.Sum is { } sum && Sum(sum.Of, found) is var amount && amount < sum.AtLeast) return Text($"{amount:0.##} of {sum.AtLeast:0.##}");
        if (measure.Ratio is { } ratio && RatioOf(ratio.Of, ratio.To, found) is var share && !(share >= ratio.AtLeast)) return Text($"ratio {share:0.##} of {ratio.AtLeast:0.##}");
        if (measure.Variation is { } variation && Variation(variation.Of, once) is var varied && !(varied <= variation.AtMost))
            return double.IsFinite(varied) ? Text($"variation {varied:0.##}, at most {variation.AtMost:0.##}") : "nothing to compare";
        if (measure.Rate is { } rate && !Rates(once, rate.AtLeast, rate.Per)) return Text($"never {rate.AtLeast} within {rate.Per.TotalSeconds:0.###} s");
        return measure.PeriodTolerance is not null && period is null ? "not regular" : null;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private double RatioOf(NumberNode of, NumberNode to, List<Sighting> found) => Sum(of, found) / Math.Max(1, Sum(to, found));

    private int CountDistinct(TextNode of, List<Sighting> found)
    {
        var seen = new HashSet<Symbol>();
        foreach (var item in found)
        {
            var symbol = of.Eval(Scope(in item));
            if (!symbol.IsNone) seen.Add(symbol);
        }
        return seen.Count;
    }

    private double Sum(NumberNode of, List<Sighting> found) =>
        ConnectionRecords.Sum(found, item => of.TryEval(Scope(in item), out var value) ? value : 0);

    // Standard deviation over mean; infinite when there are no numbers to compare.
    private double Variation(NumberNode of, List<Sighting> found)
    {
        var values = new List<double>();
        foreach (var item in found)
        {
            if (of.TryEval(Scope(in item), out var value)) values.Add(value);
        }
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
