using Nightjar.Context;

namespace Nightjar.Engine;

/// <summary>What was known of a device before something new was told.</summary>
internal sealed class EarlierContext : DeviceContext
{
    public DeviceTrack? Device { get; set; }

    /// <summary>Number of the last of the device's events at which that was known, see <see cref="UnaskedEvents"/>.</summary>
    public long Last { get; set; }

    /// <summary>What was known before; null where no event waits from then.</summary>
    public EarlierContext? Before { get; set; }

    /// <summary>What was known after; null for the latest.</summary>
    public EarlierContext? After { get; set; }
}

/// <summary>What was known of devices at their events that wait unasked: one copy for all events of a device between two that told something, as long as one of them waits.</summary>
internal sealed class EarlierContexts
{
    private const int MostKept = 4096;

    // In the order in which they were made, which is that in which their events are let go.
    private readonly Queue<EarlierContext> _all = new();
    private readonly Stack<EarlierContext> _free = new();

    /// <summary>Remembers what is known of a device before an event tells something new.</summary>
    public void Remember(DeviceTrack device)
    {
        var latest = device.Earlier;
        // Nothing waits that came since.
        if (latest?.Last == device.LastUnasked) return;
        var known = _free.TryPop(out var free) ? free : new EarlierContext();
        known.CopyFrom(device);
        (known.Device, known.Last, known.Before) = (device, device.LastUnasked, latest);
        if (latest is not null) latest.After = known;
        device.Earlier = known;
        _all.Enqueue(known);
    }

    /// <summary>What was known of a device at its event with a number; null: what is known now.</summary>
    public static DeviceContext? At(DeviceTrack device, long number)
    {
        EarlierContext? known = null;
        for (var earlier = device.Earlier; earlier is not null && earlier.Last >= number; earlier = earlier.Before) known = earlier;
        return known;
    }

    /// <summary>Lets go what was known at events before a number, none of which waits any more.</summary>
    public void Forget(long first)
    {
        while (_all.TryPeek(out var oldest) && oldest.Last < first) Free(_all.Dequeue());
    }

    private void Free(EarlierContext known)
    {
        if (known.After is { } after) after.Before = null;
        else known.Device!.Earlier = null;
        (known.Device, known.Before, known.After) = (null, null, null);
        if (_free.Count < MostKept) _free.Push(known);
    }
}
