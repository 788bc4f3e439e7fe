namespace Nightjar.Baselines;

/// <summary>Whether what a baseline holds counts as normal on a day, by the rules. Asked by number of app and cell.</summary>
internal sealed class Judgement(Baseline baseline, BaselineRules rules)
{
    /// <summary>True when the app has been known for long enough to have a baseline.</summary>
    public bool IsMature(int app, int day)
    {
        if (app < 0 || baseline.OwnCell(app) is not (>= 0 and var own)) return false;
        foreach (ref readonly var trace in baseline.TracesAt(own))
        {
            if (day - trace.FirstDay >= rules.AppAge) return true;
        }
        return false;
    }

    /// <summary>True when so many devices showed it for so long that it is normal on all.</summary>
    public bool IsSharedByFleet(int cell, int day)
    {
        var devices = 0;
        foreach (ref readonly var trace in baseline.TracesAt(cell))
        {
            if (day - trace.FirstDay >= rules.FleetAge && IsFresh(in trace, day) && ++devices >= rules.FleetDevices) return true;
        }
        return false;
    }

    /// <summary>True when the device itself has shown it for so long and so often that it is normal there.</summary>
    public bool IsOwnHabit(int cell, ulong device, int day)
    {
        foreach (ref readonly var trace in baseline.TracesAt(cell))
        {
            if (trace.Device == device) return IsOwnHabit(in trace, day);
        }
        return false;
    }

    /// <summary>Devices of which it is a habit of their own.</summary>
    public int OwnHabits(int cell, int day)
    {
        var habits = 0;
        foreach (ref readonly var trace in baseline.TracesAt(cell)) habits += IsOwnHabit(in trace, day) ? 1 : 0;
        return habits;
    }

    private bool IsOwnHabit(in DeviceTrace trace, int day) => day - trace.FirstDay >= rules.OwnAge && trace.DaysBefore(day) >= rules.OwnDays && IsFresh(in trace, day);

    private bool IsFresh(in DeviceTrace trace, int day) =>
        day - trace.LastDay <= rules.Horizon && trace.Weight(day, rules.HalfLife) >= rules.LeastWeight;
}
