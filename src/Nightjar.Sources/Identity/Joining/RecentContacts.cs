using Nightjar.Events;

namespace Nightjar.Sources.Identity.Joining;

/// <summary>The latest contacts of a device with one place, for comparing clocks. Reused for another place when all are forgotten.</summary>
internal sealed class RecentContacts
{
    // Both sides of a place that is asked all the time match with everything and say nothing.
    private const int Most = 32;

    private Entry[] _ring = new Entry[4];
    private int _first;
    private ulong _clocks;

    /// <summary>A contact: when, from which port of the device, as which source told it by which clock.</summary>
    internal readonly record struct Entry(Instant Time, int Port, Symbol LogName, int Clock);

    /// <summary>The device and the place.</summary>
    public ContactKey Key { get; private set; }

    /// <summary>How many are remembered; none when it is free for another place.</summary>
    public int Count { get; private set; }

    /// <summary>The contact with an index from 0, earliest first.</summary>
    public ref readonly Entry this[int index] => ref _ring[(_first + index) & (_ring.Length - 1)];

    /// <summary>Begins anew, for a place.</summary>
    public void Begin(in ContactKey key)
    {
        Key = key;
        Count = _first = 0;
        _clocks = 0;
    }

    /// <summary>False when all contacts since it began were told by this clock, which is nearly always so: then there is nothing to compare.</summary>
    public bool MayHaveOther(int clock) => (_clocks & ~BitOf(clock)) != 0 || clock >= 63;

    /// <summary>Adds the latest contact; the earliest makes room for it.</summary>
    public void Add(in Entry entry)
    {
        if (Count == Most) RemoveFirst();
        if (Count == _ring.Length) Enlarge();
        _ring[(_first + Count++) & (_ring.Length - 1)] = entry;
        _clocks |= BitOf(entry.Clock);
    }

    /// <summary>Forgets contacts before a time.</summary>
    public void Forget(Instant least)
    {
        while (Count > 0 && _ring[_first].Time < least) RemoveFirst();
    }

    private static ulong BitOf(int clock) => 1UL << Math.Min(clock, 63);

    private void RemoveFirst()
    {
        _first = (_first + 1) & (_ring.Length - 1);
        Count--;
    }

    private void Enlarge()
    {
        var larger = new Entry[_ring.Length * 2];
        for (var i = 0; i < Count; i++) larger[i] = this[i];
        (_ring, _first) = (larger, 0);
    }
}
