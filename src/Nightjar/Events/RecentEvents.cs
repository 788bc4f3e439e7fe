using System.Runtime.InteropServices;

namespace Nightjar.Events;

/// <summary>The events of the last lateness over all devices, so that a repeated record is one event.</summary>
/// <remarks>
/// The same as a set of ids for each device, in one table: a thousandth of the memory where a million devices are silent most of the
/// time, and one look in memory where each event cost four. What is older than the lateness makes room when the table is full.
/// </remarks>
internal sealed class RecentEvents
{
    private const int Least = 256;

    // The marks lie by themselves, so that most looks touch nothing else; 0 is an open place.
    private uint[] _marks = new uint[Least];
    private Entry[] _entries = new Entry[Least];
    private int _count;

    /// <summary>All that is remembered, in no order; some may be older than the lateness.</summary>
    public IEnumerable<(Symbol Device, UInt128 Id, Instant Time)> All =>
        Enumerable.Range(0, _marks.Length).Where(place => _marks[place] != 0).Select(place => (_entries[place].Device, _entries[place].Id, _entries[place].Time));

    /// <summary>False when the device had the event within <paramref name="lateness"/> before. Times must not go back.</summary>
    public bool Add(in EventHeader header, TimeSpan lateness)
    {
        var entry = new Entry(in header);
        var hash = entry.Hash;
        var place = PlaceOf(hash, in entry);
        if (_marks[place] != 0)
        {
            if (entry.Time - _entries[place].Time <= lateness) return false;
        }
        else
        {
            if (IsFull)
            {
                MakeRoom(entry.Time, lateness);
                place = PlaceOf(hash, in entry);
            }
            _count++;
        }
        (_marks[place], _entries[place]) = (MarkOf(hash), entry);
        return true;
    }

    /// <summary>Looks where the event would be, and does nothing else: for reading ahead.</summary>
    public ulong Touch(in EventHeader header)
    {
        var place = HomeOf(Entry.HashOf(in header));
        return _marks[place] + (ulong)_entries[place].Time.Micros;
    }

    /// <summary>Remembers what was remembered when it was saved.</summary>
    public void Restore(Symbol device, UInt128 id, Instant time)
    {
        if (IsFull) Resize(_marks.Length * 2);
        var entry = new Entry(device, id, time);
        var place = PlaceOf(entry.Hash, in entry);
        if (_marks[place] == 0) _count++;
        (_marks[place], _entries[place]) = (MarkOf(entry.Hash), entry);
    }

    private bool IsFull => (_count + 1) * 4L > _marks.Length * 3L;

    private static uint MarkOf(ulong hash) => (uint)hash | 1;

    private int HomeOf(ulong hash) => (int)(hash >> 32) & _marks.Length - 1;

    // The place that holds the event, or the open one where it belongs.
    private int PlaceOf(ulong hash, in Entry entry)
    {
        var (marks, mark, last) = (_marks, MarkOf(hash), _marks.Length - 1);
        for (var place = (int)(hash >> 32) & last; ; place = place + 1 & last)
        {
            if (marks[place] == 0 || marks[place] == mark && _entries[place].IsSame(in entry)) return place;
        }
    }

    // In place, so that nothing is allocated in the long run; what a burst has left behind is given back.
    private void MakeRoom(Instant time, TimeSpan lateness)
    {
        Forget(time, lateness);
        if (_count * 2 > _marks.Length) Resize(_marks.Length * 2);
        else if (_count * 16 < _marks.Length && _marks.Length > Least) Resize(_marks.Length / 4);
    }

    // From behind an open place on, each entry is taken out and, unless it is old, put where it belongs: never behind where it was.
    private void Forget(Instant time, TimeSpan lateness)
    {
        var last = _marks.Length - 1;
        var open = Array.IndexOf(_marks, 0u);
        for (var place = open + 1 & last; place != open; place = place + 1 & last)
        {
            var mark = _marks[place];
            if (mark == 0) continue;
            _marks[place] = 0;
            ref readonly var entry = ref _entries[place];
            if (time - entry.Time > lateness) _count--;
            else Put(mark, entry);
        }
    }

    private void Put(uint mark, Entry entry)
    {
        var place = HomeOf(entry.Hash);
        while (_marks[place] != 0) place = place + 1 & _marks.Length - 1;
        (_marks[place], _entries[place]) = (mark, entry);
    }

    private void Resize(int size)
    {
        var (marks, entries) = (_marks, _entries);
        (_marks, _entries) = (new uint[size], new Entry[size]);
        for (var i = 0; i < marks.Length; i++)
        {
            if (marks[i] != 0) Put(marks[i], entries[i]);
        }
    }

    // Two numbers in place of one of 128 bits, which would keep all that touches it from being compiled before it runs; packed, since there are many.
    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    private readonly struct Entry
    {
        private readonly ulong _idHigh;
        private readonly ulong _idLow;

        public readonly Instant Time;
        public readonly Symbol Device;

        public Entry(in EventHeader header) => (_idHigh, _idLow, Time, Device) = (header.IdHigh, header.IdLow, header.Time, header.Device);

        public Entry(Symbol device, UInt128 id, Instant time) => (_idHigh, _idLow, Time, Device) = ((ulong)(id >> 64), (ulong)id, time, device);

        public UInt128 Id => new(_idHigh, _idLow);

        public ulong Hash => HashOf(_idHigh, _idLow, Device);

        public static ulong HashOf(in EventHeader header) => HashOf(header.IdHigh, header.IdLow, header.Device);

        public bool IsSame(in Entry other) => _idLow == other._idLow && _idHigh == other._idHigh && Device == other.Device;

        private static ulong HashOf(ulong high, ulong low, Symbol device) =>
            (low ^ high * 0x9E37_79B9_7F4A_7C15 ^ (ulong)device.Id * 0xBF58_476D_1CE4_E5B9) * 0x94D0_49BB_1331_11EB;
    }
}
