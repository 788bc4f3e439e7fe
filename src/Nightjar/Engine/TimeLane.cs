using Nightjar.Events;

namespace Nightjar.Engine;

/// <summary>Things that wait in a row: each falls due no earlier than the one before it.</summary>
internal sealed class TimeLane<T>
{
    private readonly Ring<(T Item, Instant Time, long Number)> _items = new();

    public bool IsEmpty => _items.Count == 0;

    /// <summary>When the first falls due. There must be one.</summary>
    public (Instant Time, long Number) First => (_items[0].Time, _items[0].Number);

    public IEnumerable<(T, Instant, long)> All => Enumerable.Range(0, _items.Count).Select(turn => _items[turn]);

    private ref (T Item, Instant Time, long Number) Last => ref _items[_items.Count - 1];

    /// <summary>Adds one; false when its turn would come before that of the last.</summary>
    public bool TryAdd(T item, Instant time, long number)
    {
        if (!IsEmpty && (time < Last.Time || time == Last.Time && number < Last.Number)) return false;
        _items.Add((item, time, number));
        return true;
    }

    public T Take() => _items.Take().Item;
}
