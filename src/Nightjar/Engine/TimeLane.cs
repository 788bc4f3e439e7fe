using Nightjar.Events;

namespace Nightjar.Engine;

/// <summary>Things that wait in a row: each falls due no earlier than the one before it.</summary>
internal sealed class TimeLane<T>
{
    private (T Item, Instant Time, long Number)[] _items = new (T, Instant, long)[16];
    private int _head;
    private int _count;

    public bool IsEmpty => _count == 0;

    /// <summary>When the first falls due. There must be one.</summary>
    public (Instant Time, long Number) First => (_items[_head].Time, _items[_head].Number);

    public IEnumerable<(T, Instant, long)> All => Enumerable.Range(0, _count).Select(i => _items[_head + i & _items.Length - 1]);

    private ref (T Item, Instant Time, long Number) Last => ref _items[_head + _count - 1 & _items.Length - 1];

    /// <summary>Adds one; false when its turn would come before that of the last.</summary>
    public bool TryAdd(T item, Instant time, long number)
    {
        if (_count > 0 && (time < Last.Time || time == Last.Time && number < Last.Number)) return false;
        if (_count == _items.Length) Grow();
        _items[_head + _count++ & _items.Length - 1] = (item, time, number);
        return true;
    }

    public T Take()
    {
        var item = _items[_head].Item;
        _items[_head] = default;
        _head = _head + 1 & _items.Length - 1;
        _count--;
        return item;
    }

    private void Grow()
    {
        var larger = new (T, Instant, long)[_items.Length * 2];
        for (var i = 0; i < _count; i++) larger[i] = _items[_head + i & _items.Length - 1];
        (_items, _head) = (larger, 0);
    }
}
