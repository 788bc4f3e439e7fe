using Nightjar.Events;
using Nightjar.Findings;

namespace Nightjar.Coverage;

/// <summary>One data component of one device while it is read: how often, from when to when, and when not.</summary>
internal struct ComponentCell
{
    public long Events;
    public Instant First;
    public Instant Last;

    /// <summary>When a record of it named an app for the last time; only told when <see cref="IsNamed"/>.</summary>
    public Instant LastNamed;

    public bool IsNamed;

    private List<TelemetryGap>? _gaps;

    public readonly IReadOnlyList<TelemetryGap> Gaps => _gaps is null ? [] : _gaps;

    /// <summary>Takes an event, no earlier than the one before. False when a gap had to be left out.</summary>
    public bool Take(Instant time, bool isNamed, TimeSpan window)
    {
        var isKept = true;
        if (Events++ == 0) First = time;
        else if (time - Last > window) isKept = Add(new TelemetryGap(Last + window, time));
        Last = time;
        if (!isNamed) return isKept;
        LastNamed = time;
        IsNamed = true;
        return isKept;
    }

    /// <summary>True when it was delivered within the window before.</summary>
    public readonly bool IsObservable(Instant moment, TimeSpan window) => Events > 0 && moment - Last <= window;

    /// <summary>True when a record of it that names an app was.</summary>
    public readonly bool IsNamedAt(Instant moment, TimeSpan window) => IsNamed && moment - LastNamed <= window;

    private bool Add(TelemetryGap gap)
    {
        _gaps ??= [];
        if (_gaps.Count == CoverageLimits.Gaps) return false;
        _gaps.Add(gap);
        return true;
    }
}

/// <summary>One log source of one device while it is read.</summary>
internal struct LogSourceCell
{
    public Symbol Name;
    public long Events;
    public Instant First;
    public Instant Last;
    public DataComponents Components;

    public void Take(Instant time, DataComponents components)
    {
        if (Events++ == 0) First = time;
        Last = time;
        Components |= components;
    }
}
