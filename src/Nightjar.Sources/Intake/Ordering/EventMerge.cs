using Nightjar.Events;

namespace Nightjar.Sources.Intake.Ordering;

/// <summary>Puts several ordered sources into one order.</summary>
internal sealed class EventMerge
{
    private readonly IReadOnlyList<OrderedSource> _all;
    private readonly OrderedSource[] _heap;
    private readonly RecordOrder _order;
    private int _count;
    private bool _begun;

    public EventMerge(IReadOnlyList<OrderedSource> sources, RecordOrder order)
    {
        _all = sources;
        _heap = new OrderedSource[sources.Count];
        _order = order;
    }

    /// <summary>Adds events to a batch until it is full (an event), all is read (the end) or a source is out of order.</summary>
    public Advance Fill(EventBatch batch, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (!_begun && Begin(cancellation) == Advance.Disorder) return Advance.Disorder;
        while (_count > 0)
        {
            if (batch.IsFull) return Advance.Event;
            switch (_heap[0].Give(batch, TimeOfOthers(), cancellation))
            {
                case Advance.Disorder:
                    return Advance.Disorder;
                case Advance.End:
                    _heap[0] = _heap[--_count];
                    break;
            }
            SiftDown(0);
        }
        return Advance.End;
    }

    private Advance Begin(CancellationToken cancellation)
    {
        _begun = true;
        foreach (var source in _all)
        {
            var first = source.Begin(cancellation);
            if (first == Advance.Disorder) return first;
            if (first == Advance.Event) _heap[_count++] = source;
        }
        for (var i = _count / 2 - 1; i >= 0; i--) SiftDown(i);
        return Advance.Event;
    }

    // Where the next source after the first goes on: up to there the first may give without asking anew.
    private long TimeOfOthers()
    {
        if (_count < 2) return long.MaxValue;
        return _count == 2 ? _heap[1].Time : Math.Min(_heap[1].Time, _heap[2].Time);
    }

    private void SiftDown(int at)
    {
        var source = _heap[at];
        for (var child = at * 2 + 1; child < _count; child = at * 2 + 1)
        {
            if (child + 1 < _count && IsBefore(_heap[child + 1], _heap[child])) child++;
            if (!IsBefore(_heap[child], source)) break;
            _heap[at] = _heap[child];
            at = child;
        }
        _heap[at] = source;
    }

    private bool IsBefore(OrderedSource a, OrderedSource b) =>
        a.Time != b.Time ? a.Time < b.Time : _order.Compare(a.Current, b.Current) < 0;
}
