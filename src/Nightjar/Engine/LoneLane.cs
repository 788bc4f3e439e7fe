using Nightjar.Events;

namespace Nightjar.Engine;

/// <summary>What waits in <see cref="LoneSightings"/>, in the order in which it came: when it is looked at, its place, and by what it is known that the place still holds it.</summary>
internal sealed class LoneLane
{
    private (Instant Time, int Place, uint Mark)[] _items = new (Instant, int, uint)[16];
    private int _head;

    public int Count { get; private set; }

    /// <summary>One by its turn, from 0.</summary>
    public ref readonly (Instant Time, int Place, uint Mark) this[int turn] => ref At(turn);

    /// <summary>Adds one that is looked at then, or with the last where that is later.</summary>
    public void Add(int place, uint mark, Instant time)
    {
        if (Count == _items.Length) Grow();
        if (Count > 0 && At(Count - 1).Time > time) time = At(Count - 1).Time;
        At(Count++) = (time, place, mark);
    }

    /// <summary>Takes the first. There must be one.</summary>
    public (Instant Time, int Place, uint Mark) Take()
    {
        var item = _items[_head];
        if (++_head == _items.Length) _head = 0;
        Count--;
        return item;
    }

    private ref (Instant Time, int Place, uint Mark) At(int turn)
    {
        var place = _head + turn;
        return ref _items[place < _items.Length ? place : place - _items.Length];
    }

    // By a quarter: of much that waits, open places shall be few.
    private void Grow()
    {
        var larger = new (Instant, int, uint)[_items.Length + _items.Length / 4];
        for (var i = 0; i < Count; i++) larger[i] = At(i);
        (_items, _head) = (larger, 0);
    }
}
