namespace Nightjar.Engine;

/// <summary>Things in a row: added behind the last, taken from the first. It grows by a quarter, since where much waits, open places shall be few.</summary>
internal sealed class Ring<T>
{
    private T[] _items = new T[16];
    private int _head;

    public int Count { get; private set; }

    /// <summary>One by its turn, from 0.</summary>
    public ref T this[int turn]
    {
        get
        {
            var place = _head + turn;
            return ref _items[place < _items.Length ? place : place - _items.Length];
        }
    }

    public void Add(in T item)
    {
        if (Count == _items.Length) Grow();
        this[Count++] = item;
    }

    /// <summary>Takes the first. There must be one.</summary>
    public T Take()
    {
        var item = _items[_head];
        _items[_head] = default!;
        if (++_head == _items.Length) _head = 0;
        Count--;
        return item;
    }

    private void Grow()
    {
        var larger = new T[_items.Length + _items.Length / 4];
        for (var i = 0; i < Count; i++) larger[i] = this[i];
        (_items, _head) = (larger, 0);
    }
}
