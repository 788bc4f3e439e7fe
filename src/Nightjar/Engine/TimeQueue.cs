using Nightjar.Events;

namespace Nightjar.Engine;

/// <summary>Things that fall due, earliest first, and of those that fall due at once the one with the lower number.</summary>
/// <remarks>
/// Most fall due a fixed time after they come, of which there are few different ones: those wait in a row for each, where adding and taking cost no
/// search. What comes out of turn waits in a heap. A heap alone was an eighth of the engine's time.
/// </remarks>
internal sealed class TimeQueue<T>(int lanes)
{
    private static readonly Comparer<(Instant Time, long Number)> InTurn = Comparer<(Instant Time, long Number)>.Create(
        (a, b) => a.Time.Micros != b.Time.Micros ? a.Time.Micros.CompareTo(b.Time.Micros) : a.Number.CompareTo(b.Number));

    private readonly TimeLane<T>[] _lanes = [.. Enumerable.Range(0, lanes).Select(_ => new TimeLane<T>())];
    private readonly PriorityQueue<T, (Instant Time, long Number)> _heap = new(InTurn);

    /// <summary>When the next falls due; <see cref="Instant.Max"/> when there is none.</summary>
    public Instant Next { get; private set; } = Instant.Max;

    public int Count { get; private set; }

    /// <summary>All, in no order.</summary>
    public IEnumerable<(T Item, Instant Time, long Number)> All =>
        _lanes.SelectMany(lane => lane.All).Concat(_heap.UnorderedItems.Select(item => (item.Element, item.Priority.Time, item.Priority.Number)));

    /// <summary>Adds one. Numbers only grow.</summary>
    /// <param name="lane">The row in which those wait that fall due after the same time.</param>
    /// <param name="item">What falls due.</param>
    /// <param name="time">When.</param>
    /// <param name="number">Decides among those that fall due at once.</param>
    public void Add(int lane, T item, Instant time, long number)
    {
        Count++;
        if (time < Next) Next = time;
        if (!_lanes[lane].TryAdd(item, time, number)) _heap.Enqueue(item, (time, number));
    }

    /// <summary>Adds one that waits in the heap.</summary>
    public void Add(Instant time, T item, long number)
    {
        Count++;
        if (time < Next) Next = time;
        _heap.Enqueue(item, (time, number));
    }

    /// <summary>Takes the next, with the time at which it fell due. There must be one.</summary>
    public T Take(out Instant time)
    {
        var first = -1;
        var least = (Time: Instant.Max, Number: long.MaxValue);
        for (var i = 0; i < _lanes.Length; i++)
        {
            if (_lanes[i].IsEmpty || InTurn.Compare(_lanes[i].First, least) > 0) continue;
            (first, least) = (i, _lanes[i].First);
        }
        if (_heap.TryPeek(out _, out var priority) && InTurn.Compare(priority, least) < 0) (first, least) = (-1, priority);
        time = least.Time;
        var item = first >= 0 ? _lanes[first].Take() : _heap.Dequeue();
        Count--;
        Next = NextOf();
        return item;
    }

    private Instant NextOf()
    {
        var next = _heap.TryPeek(out _, out var priority) ? priority.Time : Instant.Max;
        foreach (var lane in _lanes)
        {
            if (!lane.IsEmpty && lane.First.Time < next) next = lane.First.Time;
        }
        return next;
    }
}
