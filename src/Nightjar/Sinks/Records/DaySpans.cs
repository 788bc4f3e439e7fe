using Nightjar.Findings;

namespace Nightjar.Sinks.Records;

/// <summary>Days in a row on which an analytic could see the same on a device; no check where no telemetry came.</summary>
public sealed record DaySpan(DateOnly From, DateOnly To, DeviceCheck? Check)
{
    /// <summary>Null when the days are not assessed for want of any telemetry.</summary>
    public CheckState? State => Check?.State;

    /// <summary>How many days.</summary>
    public int Length => To.DayNumber - From.DayNumber + 1;
}

/// <summary>Lays the days of a device out over the period of a run.</summary>
public static class DaySpans
{
    /// <summary>The spans of one analytic on one device, without a hole from the first to the last day of the period.</summary>
    public static IReadOnlyList<DaySpan> Of(RunSummary summary, DeviceAccount device, string analytic)
    {
        ArgumentNullException.ThrowIfNull(summary);
        ArgumentNullException.ThrowIfNull(device);
        var spans = new List<DaySpan>();
        var (from, to) = Period(summary, device);
        var next = from;
        foreach (var day in device.Telemetry.Days)
        {
            if (day.Day > next) Add(spans, next, day.Day.AddDays(-1), null);
            Add(spans, day.Day, day.Day, day.Checks.FirstOrDefault(check => check.Analytic == analytic));
            if (day.Day == to) return spans;
            next = day.Day.AddDays(1);
        }
        if (summary.Period is not null && next <= to) Add(spans, next, to, null);
        return spans;
    }

    /// <summary>Days of the period on which the device told nothing.</summary>
    public static int Silent(RunSummary summary, DeviceAccount device)
    {
        ArgumentNullException.ThrowIfNull(summary);
        ArgumentNullException.ThrowIfNull(device);
        if (summary.Period is null) return 0;
        var (from, to) = Period(summary, device);
        return to.DayNumber - from.DayNumber + 1 - device.Telemetry.Days.Count;
    }

    // What began before the period that was asked for, and lasted into it, has its day too.
    private static (DateOnly From, DateOnly To) Period(RunSummary summary, DeviceAccount device)
    {
        var days = device.Telemetry.Days;
        var (from, to) = summary.Period ?? (days.Count > 0 ? (days[0].Day, days[^1].Day) : default);
        if (days.Count == 0) return (from, to);
        return (days[0].Day < from ? days[0].Day : from, days[^1].Day > to ? days[^1].Day : to);
    }

    private static void Add(List<DaySpan> spans, DateOnly from, DateOnly to, DeviceCheck? check)
    {
        if (spans.Count > 0 && IsSame(spans[^1].Check, check)) spans[^1] = spans[^1] with { To = to };
        else spans.Add(new DaySpan(from, to, check));
    }

    private static bool IsSame(DeviceCheck? a, DeviceCheck? b)
    {
        if (ReferenceEquals(a, b)) return true;
        return a is not null && b is not null && a.State == b.State && a.ReachableScore == b.ReachableScore && a.Missing == b.Missing
            && a.BlindStages.SequenceEqual(b.BlindStages, StringComparer.Ordinal) && a.Obstacles.SequenceEqual(b.Obstacles)
            && a.BlindContributions.SequenceEqual(b.BlindContributions, StringComparer.Ordinal);
    }
}
