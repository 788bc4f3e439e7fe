namespace Nightjar.Events;

/// <summary>The events of the last lateness over all devices, so that a repeated record is one event.</summary>
/// <remarks>
/// The same as a set of ids for each device, in one table: a thousandth of the memory where a million devices are silent most of the
/// time, and one look in memory where each event cost four. Two generations, each as long as the lateness; what is older is forgotten whole.
/// </remarks>
internal sealed class RecentEvents
{
    private Generation _now = new();
    private Generation _before = new();

    /// <summary>When the present generation began.</summary>
    public Instant Since { get; private set; } = Instant.Min;

    /// <summary>False when the device had the id within <paramref name="lateness"/> before. Times must not go back.</summary>
    public bool Add(Symbol device, UInt128 id, Instant time, TimeSpan lateness)
    {
        if (time - Since > lateness) Turn(time, lateness);
        var mark = MarkOf(device, id);
        if (_before.Count > 0 && _before.Find(mark, device, id) is var old and >= 0 && time - _before.TimeAt(old) <= lateness) return false;
        return _now.Add(mark, device, id, time, lateness);
    }

    /// <summary>Looks where the event would be, and does nothing else: for reading ahead.</summary>
    public ulong Touch(Symbol device, UInt128 id)
    {
        var mark = MarkOf(device, id);
        return _now.Touch(mark) + _before.Touch(mark);
    }

    /// <summary>Both generations, the present one first.</summary>
    public IEnumerable<IReadOnlyList<(Symbol Device, UInt128 Id, Instant Time)>> Content => [[.. _now.All], [.. _before.All]];

    public void Restore(Instant since) => Since = since;

    public void Restore(bool isPresent, Symbol device, UInt128 id, Instant time) =>
        (isPresent ? _now : _before).Add(MarkOf(device, id), device, id, time, TimeSpan.MinValue);

    // Never 0: that is an empty place.
    private static ulong MarkOf(Symbol device, UInt128 id) => ((ulong)id ^ (ulong)(id >> 64) * 0x9E37_79B9_7F4A_7C15 ^ (ulong)device.Id * 0xBF58_476D_1CE4_E5B9) * 0x94D0_49BB_1331_11EB | 1;

    private void Turn(Instant time, TimeSpan lateness)
    {
        (_now, _before) = (_before, _now);
        if (time - Since > lateness * 2) _before.Clear();
        _now.Clear();
        Since = time;
    }

    /// <summary>A table with open places. The marks lie by themselves, so that most looks touch nothing else.</summary>
    private sealed class Generation
    {
        private const int Least = 256;

        private ulong[] _marks = new ulong[Least];
        private (UInt128 Id, Instant Time, Symbol Device)[] _entries = new (UInt128, Instant, Symbol)[Least];

        public int Count { get; private set; }

        public IEnumerable<(Symbol Device, UInt128 Id, Instant Time)> All =>
            Enumerable.Range(0, _marks.Length).Where(place => _marks[place] != 0).Select(place => (_entries[place].Device, _entries[place].Id, _entries[place].Time));

        public ulong Touch(ulong mark) => _marks[(int)(mark >> 32) & _marks.Length - 1];

        public Instant TimeAt(int place) => _entries[place].Time;

        /// <summary>The place of an id; −1 when it is not there.</summary>
        public int Find(ulong mark, Symbol device, UInt128 id)
        {
            var place = PlaceOf(mark, device, id);
            return _marks[place] == 0 ? -1 : place;
        }

        public bool Add(ulong mark, Symbol device, UInt128 id, Instant time, TimeSpan lateness)
        {
            var place = PlaceOf(mark, device, id);
            if (_marks[place] == 0)
            {
                if ((Count + 1) * 4 > _marks.Length * 3)
                {
                    Resize(_marks.Length * 2);
                    place = PlaceOf(mark, device, id);
                }
                Count++;
                _marks[place] = mark;
            }
            else if (time - _entries[place].Time <= lateness)
            {
                return false;
            }
            _entries[place] = (id, time, device);
            return true;
        }

        // What a burst has left behind is given back.
        public void Clear()
        {
            if (_marks.Length > Least && Count * 16 < _marks.Length) (_marks, _entries) = (new ulong[_marks.Length / 4], new (UInt128, Instant, Symbol)[_marks.Length / 4]);
            else Array.Clear(_marks);
            Count = 0;
        }

        // The place that holds the id, or the open one where it belongs.
        private int PlaceOf(ulong mark, Symbol device, UInt128 id)
        {
            var last = _marks.Length - 1;
            for (var place = (int)(mark >> 32) & last; ; place = place + 1 & last)
            {
                var held = _marks[place];
                if (held == 0 || held == mark && _entries[place].Id == id && _entries[place].Device == device) return place;
            }
        }

        private void Resize(int size)
        {
            var (marks, entries) = (_marks, _entries);
            (_marks, _entries) = (new ulong[size], new (UInt128, Instant, Symbol)[size]);
            for (var i = 0; i < marks.Length; i++)
            {
                if (marks[i] == 0) continue;
                var place = PlaceOf(marks[i], entries[i].Device, entries[i].Id);
                (_marks[place], _entries[place]) = (marks[i], entries[i]);
            }
        }
    }
}
