using Nightjar.Events;

namespace Nightjar.Sources.Intake.Ordering;

/// <summary>Holds the latest records of a file until nothing earlier can follow, and gives them back in order.</summary>
/// <remarks>Records mostly come in order: those queue up, and only stragglers go through the heap. So a file in order
/// costs one comparison a record.</remarks>
internal sealed class ReorderBuffer(long lateness, RecordOrder order)
{
    private readonly Queue<Held> _queue = new();
    private readonly List<Held> _stragglers = [];
    private Held _last;
    private long _latest = long.MinValue;

    /// <summary>Takes a record. False when it is later in coming than is allowed for; it is not taken then.</summary>
    public bool TryAdd(RecordBlock block, int offset)
    {
        var record = new Held(EventCodec.TimeOf(block.RecordAt(offset)), block, offset);
        if (_latest != long.MinValue && record.Time < Horizon) return false;
        _latest = Math.Max(_latest, record.Time);
        if (_queue.Count > 0 && Compare(in _last, in record) > 0)
        {
            Push(record);
            return true;
        }
        _queue.Enqueue(record);
        _last = record;
        return true;
    }

    /// <summary>Takes out the first record, if nothing that may still come belongs before it.</summary>
    public bool TryTake(bool ended, out Held first)
    {
        first = default;
        if (_queue.Count == 0 && _stragglers.Count == 0) return false;
        var fromQueue = _stragglers.Count == 0 || _queue.Count > 0 && Compare(_queue.Peek(), _stragglers[0]) <= 0;
        first = fromQueue ? _queue.Peek() : _stragglers[0];
        if (!ended && first.Time >= Horizon) return false;
        if (fromQueue) _queue.Dequeue();
        else Pop();
        return true;
    }

    private long Horizon => _latest < long.MinValue + lateness ? long.MinValue : _latest - lateness;

    private int Compare(in Held a, in Held b) =>
        a.Time != b.Time ? a.Time.CompareTo(b.Time) : order.Compare(a.Record, b.Record);

    private void Push(Held record)
    {
        _stragglers.Add(record);
        var at = _stragglers.Count - 1;
        for (var parent = (at - 1) / 2; at > 0 && Compare(record, _stragglers[parent]) < 0; parent = (at - 1) / 2)
        {
            _stragglers[at] = _stragglers[parent];
            at = parent;
        }
        _stragglers[at] = record;
    }

    private void Pop()
    {
        var last = _stragglers[^1];
        _stragglers.RemoveAt(_stragglers.Count - 1);
        if (_stragglers.Count == 0) return;
        var at = 0;
        for (var child = 1; child < _stragglers.Count; child = at * 2 + 1)
        {
            if (child + 1 < _stragglers.Count && Compare(_stragglers[child + 1], _stragglers[child]) < 0) child++;
            if (Compare(last, _stragglers[child]) <= 0) break;
            _stragglers[at] = _stragglers[child];
            at = child;
        }
        _stragglers[at] = last;
    }

    /// <summary>A record that is held.</summary>
    internal readonly record struct Held(long Time, RecordBlock Block, int Offset)
    {
        public ReadOnlySpan<byte> Record => Block.RecordAt(Offset);
    }
}
