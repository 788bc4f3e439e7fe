using Nightjar.Events;

namespace Nightjar.Baselines;

/// <summary>Tells people what a baseline is good for: which apps have one, and what of it counts as normal.</summary>
/// <param name="baseline">What was seen.</param>
/// <param name="rules">When it counts.</param>
public sealed class BaselineReading(Baseline baseline, BaselineRules rules)
{
    private static readonly DateOnly Epoch = DateOnly.FromDateTime(DateTime.UnixEpoch);

    private readonly Lazy<int> _dayAfter = new(() => LastDay(baseline) + 1);
    private readonly Judgement _judgement = new(baseline, rules);

    /// <summary>The day after the last that anything was seen, so that all of it can count.</summary>
    public DateOnly DayAfter => Epoch.AddDays(_dayAfter.Value);

    /// <summary>Whether the app has a baseline at a time. Where it has none, nothing it does is called new or known.</summary>
    public AppStanding StandingOf(string app, Instant at)
    {
        var index = baseline.Find(app);
        if (index < 0) return AppStanding.Absent;
        return _judgement.IsMature(index, BaselineDay.Of(at)) ? AppStanding.Mature : AppStanding.Young;
    }

    /// <summary>Whether a thing counts as normal on a day.</summary>
    public CellStanding StandingOf(BaselineCell cell, DateOnly on)
    {
        ArgumentNullException.ThrowIfNull(cell);
        var day = on.DayNumber - Epoch.DayNumber;
        var app = baseline.Find(cell.App);
        if (app < 0 || baseline.Find(app, cell.Kind, System.Text.Encoding.UTF8.GetBytes(cell.Value)) is not (>= 0 and var index)) return default;
        return new CellStanding(_judgement.IsMature(app, day), _judgement.IsSharedByFleet(index, day), _judgement.OwnHabits(index, day));
    }

    private static int LastDay(Baseline baseline)
    {
        var last = 0;
        for (var app = 0; app < baseline.AppCount; app++)
        {
            if (baseline.OwnCell(app) is not (>= 0 and var own)) continue;
            foreach (ref readonly var trace in baseline.TracesAt(own)) last = Math.Max(last, trace.LastDay);
        }
        return last;
    }
}

/// <summary>Whether an app has a baseline.</summary>
public enum AppStanding
{
    /// <summary>The baseline does not know it.</summary>
    Absent,
    /// <summary>It is known, but not for long enough.</summary>
    Young,
    /// <summary>It has one.</summary>
    Mature,
}

/// <summary>What a thing in a baseline counts for.</summary>
/// <param name="IsAsked">Its app has a baseline at all.</param>
/// <param name="IsShared">It is normal on every device.</param>
/// <param name="Habits">Devices of which it is a habit of their own; it is normal on these.</param>
public readonly record struct CellStanding(bool IsAsked, bool IsShared, int Habits);
