using Nightjar.Events;

namespace Nightjar.Sources.Intake.Ordering;

/// <summary>Many events as records in memory, to be sorted. Reused; one thread.</summary>
internal sealed class RecordArena
{
    private const int ChunkSize = 1 << 20;

    private readonly List<byte[]> _chunks = [];
    private Place[] _places = new Place[1024];
    private int _chunk = -1;
    private int _used;
    private long _filled;
    private bool _inTimeOrder = true;

    /// <summary>Number of records.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of memory in use.</summary>
    public long Size => _filled + _used + (long)Count * Place.Size;

    /// <summary>The record with an index from 0, in the order of adding or, once sorted, in the total order.</summary>
    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            var rest = _chunks[_places[index].Chunk].AsSpan(_places[index].Offset);
            return rest[..EventCodec.LengthOf(rest)];
        }
    }

    /// <summary>Keeps a copy of an event.</summary>
    public void Add(in EventView view)
    {
        var room = TakeRoom(EventCodec.SizeLimit(in view));
        if (Count == _places.Length) Array.Resize(ref _places, Count * 2);
        var time = view.Header.Time.Micros;
        _inTimeOrder &= Count == 0 || _places[Count - 1].Time < time;
        _places[Count++] = new Place(time, _chunk, _used);
        _used += EventCodec.Write(in view, room);
    }

    /// <summary>Puts the records in order.</summary>
    public void Sort(RecordOrder order)
    {
        if (!_inTimeOrder) _places.AsSpan(0, Count).Sort(new Comparer(this, order).Compare);
    }

    /// <summary>Empties the arena for another round; keeps its memory.</summary>
    public void Clear()
    {
        Count = 0;
        _chunk = -1;
        _used = 0;
        _filled = 0;
        _inTimeOrder = true;
    }

    /// <summary>Empties the arena and gives its memory back.</summary>
    public void Release()
    {
        Clear();
        _chunks.Clear();
        _places = new Place[1024];
    }

    private Span<byte> TakeRoom(int limit)
    {
        if (_chunk < 0 || _used + limit > _chunks[_chunk].Length)
        {
            _chunk++;
            _filled += _used;
            _used = 0;
            if (_chunk == _chunks.Count) _chunks.Add(new byte[Math.Max(ChunkSize, limit)]);
            else if (_chunks[_chunk].Length < limit) _chunks[_chunk] = new byte[limit];
        }
        return _chunks[_chunk].AsSpan(_used);
    }

    private ReadOnlySpan<byte> RecordAt(Place place)
    {
        var rest = _chunks[place.Chunk].AsSpan(place.Offset);
        return rest[..EventCodec.LengthOf(rest)];
    }

    private readonly record struct Place(long Time, int Chunk, int Offset)
    {
        public const int Size = 16;
    }

    private sealed class Comparer(RecordArena arena, RecordOrder order)
    {
        public int Compare(Place a, Place b) =>
            a.Time != b.Time ? a.Time.CompareTo(b.Time) : a == b ? 0 : order.Compare(arena.RecordAt(a), arena.RecordAt(b));
    }
}
