using Nightjar.Events;

namespace Nightjar.Sources.Intake.Ordering;

/// <summary>Holds the latest events of a file until nothing earlier can follow, and gives them back in order.</summary>
/// <remarks>Events mostly come in order: a block that does is laid behind the others as it is. One that does not is sorted by itself and merged with the few
/// that it overlaps, which is quicker than a heap even where every event is out of order. One thread.</remarks>
internal sealed class ReorderBuffer(long lateness, RecordOrder order)
{
    // In order, from _first to _end.
    private Held[] _held = new Held[EventBatch.Capacity * 2];
    private Held[] _coming = new Held[EventBatch.Capacity];
    private long[] _times = new long[EventBatch.Capacity];
    private int _first;
    private int _end;
    private long _latest = long.MinValue;
    private Comparison<Held>? _compare;

    /// <summary>The first event; asked for only when <see cref="HasRipe"/>.</summary>
    public EventView First => _held[_first].View;

    /// <summary>The time of the first event, in microseconds.</summary>
    public long FirstTime => _held[_first].Time;

    /// <summary>Takes the events of a block. False when one is later in coming than is allowed for; the buffer is of no use any more then.</summary>
    public bool TryAdd(EventBlock block)
    {
        var count = block.Batch.Count;
        if (_coming.Length < count) (_coming, _times) = (new Held[count], new long[count]);
        if (!TryLayOut(block, out var inOrder)) return false;
        if (!inOrder) Sort(count);
        MakeRoom(count);
        Merge(count);
        Array.Clear(_coming, 0, count);
        return true;
    }

    /// <summary>True when there is a first event and nothing that may still come belongs before it.</summary>
    public bool HasRipe(bool ended) => _first < _end && (ended || _held[_first].Time < Horizon);

    /// <summary>Gives a batch the first event and those after it that are ripe and lie before a time, until it is full or another block begins.</summary>
    /// <returns>The block that they are of, and how many were given.</returns>
    public (EventBlock Block, int Count) Give(EventBatch batch, bool ended, long before)
    {
        var first = _held[_first];
        var limit = ended ? before : Math.Min(before, Horizon);
        var run = 1;
        while (_first + run < _end && _held[_first + run] is var next && next.Block == first.Block && next.Index == first.Index + run && next.Time < limit) run++;
        var given = batch.TakeOver(first.Block.Batch, first.Index, run);
        Array.Clear(_held, _first, given);
        _first += given;
        return (first.Block, given);
    }

    private long Horizon => _latest < long.MinValue + lateness ? long.MinValue : _latest - lateness;

    private bool TryLayOut(EventBlock block, out bool inOrder)
    {
        inOrder = true;
        for (var i = 0; i < block.Batch.Count; i++)
        {
            var time = block.Batch.HeaderAt(i).Time.Micros;
            if (_latest != long.MinValue && time < Horizon) return false;
            _latest = Math.Max(_latest, time);
            _times[i] = time;
            _coming[i] = new Held(time, block, i);
            if (inOrder && i > 0) inOrder = _times[i - 1] < time || _times[i - 1] == time && Compare(in _coming[i - 1], in _coming[i]) <= 0;
        }
        return true;
    }

    // By time first, which needs no comparer; what shares a time is put in order after.
    private void Sort(int count)
    {
        Array.Sort(_times, _coming, 0, count);
        for (int start = 0, end; start < count; start = end)
        {
            for (end = start + 1; end < count && _times[end] == _times[start];) end++;
            if (end - start > 1) _coming.AsSpan(start, end - start).Sort(_compare ??= (a, b) => Compare(in a, in b));
        }
    }

    private void MakeRoom(int count)
    {
        if (_end + count <= _held.Length) return;
        var used = _end - _first;
        var target = used + count <= _held.Length / 2 ? _held : new Held[Math.Max(_held.Length * 2, used + count)];
        Array.Copy(_held, _first, target, 0, used);
        if (target == _held) Array.Clear(_held, used, _end - used);
        (_held, _first, _end) = (target, 0, used);
    }

    // From the back, so that only what lies behind the earliest of the new ones is moved.
    private void Merge(int count)
    {
        var (mine, coming, to) = (_end - 1, count - 1, _end + count - 1);
        while (coming >= 0)
        {
            if (mine >= _first && Compare(in _held[mine], in _coming[coming]) > 0) _held[to--] = _held[mine--];
            else _held[to--] = _coming[coming--];
        }
        _end += count;
    }

    private int Compare(in Held a, in Held b) => a.Time != b.Time ? a.Time.CompareTo(b.Time) : order.Compare(a.View, b.View);

    /// <summary>An event that is held.</summary>
    private readonly record struct Held(long Time, EventBlock Block, int Index)
    {
        public EventView View => Block.Batch[Index];
    }
}
