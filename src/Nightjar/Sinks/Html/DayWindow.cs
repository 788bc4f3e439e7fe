using Nightjar.Findings;

namespace Nightjar.Sinks.Html;

/// <summary>The days that a map of coverage shows: those of the period, of a long one the last four weeks.</summary>
internal sealed class DayWindow
{
    // More would be wider than a page; coverage.json holds all.
    private const int Most = 28;

    public DayWindow(RunSummary summary)
    {
        if (summary.Period is not { } period) return;
        var from = Math.Max(period.From.DayNumber, period.To.DayNumber - Most + 1);
        IsCut = from > period.From.DayNumber;
        Days = [.. Enumerable.Range(from, period.To.DayNumber - from + 1).Select(DateOnly.FromDayNumber)];
    }

    /// <summary>In order; none without a period.</summary>
    public IReadOnlyList<DateOnly> Days { get; } = [];

    /// <summary>True when the period is longer.</summary>
    public bool IsCut { get; }

    /// <summary>Days of one state together; <see cref="DayRun.From"/> and <see cref="DayRun.To"/> count from 0.</summary>
    public IReadOnlyList<DayRun> Runs(Func<DateOnly, CheckState?> stateOf)
    {
        var runs = new List<DayRun>();
        for (var i = 0; i < Days.Count; i++)
        {
            var state = stateOf(Days[i]);
            if (runs.Count > 0 && runs[^1].State == state) runs[^1] = runs[^1] with { To = i };
            else runs.Add(new DayRun(i, i, state));
        }
        return runs;
    }

    /// <summary>For who cannot see letters or bars.</summary>
    public string Tell(IEnumerable<DayRun> runs) => string.Join("; ", runs.Select(run =>
        $"{SinkWords.Day(Days[run.From])}{(run.To > run.From ? $" to {SinkWords.Day(Days[run.To])}" : "")} {run.State?.Say() ?? "not assessed"}"));
}

/// <summary>Days in a row on which an analytic could see alike; null: no telemetry came.</summary>
internal readonly record struct DayRun(int From, int To, CheckState? State);
