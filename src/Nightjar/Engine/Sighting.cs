using Nightjar.Analytics;
using Nightjar.Events;

namespace Nightjar.Engine;

/// <summary>An event that is of a stage.</summary>
internal struct Sighting
{
    public StoredEvent Event;

    /// <summary>The analytic with the values that held for the event.</summary>
    public Analytic Variant;

    /// <summary>True while a chain that begins here may still be completed.</summary>
    public bool IsOpen;

    /// <summary>What was known at the event.</summary>
    public readonly ref readonly Moment Moment => ref Event.Moment;

    public readonly Instant Time => Event.Header.Time;

    public readonly Instant End => Event.Header.End;
}

/// <summary>The sightings of one stage for one app, in order of time; a ring that grows to a bound.</summary>
internal sealed class SightingList
{
    private Sighting[] _items = [];
    private int _head;
    private int _count;
    private long _headNumber;
    private long _openFrom;

    public int Count => _count;

    /// <summary>Number of the next sighting; numbers are never used twice.</summary>
    public long NextNumber => _headNumber + _count;

    /// <summary>Number of the first sighting held.</summary>
    public long FirstNumber => _headNumber;

    public ref Sighting this[int index] => ref _items[(_head + index) & (_items.Length - 1)];

    /// <summary>The index of a numbered sighting; −1 when it is gone.</summary>
    public int IndexOf(long number) => number < _headNumber ? -1 : (int)(number - _headNumber);

    /// <summary>The index of the first sighting that is open; −1 when none is. What was closed stays so, so no sighting is looked at twice.</summary>
    public int FirstOpen()
    {
        if (_openFrom < _headNumber) _openFrom = _headNumber;
        while (_openFrom < NextNumber && !this[(int)(_openFrom - _headNumber)].IsOpen) _openFrom++;
        return _openFrom < NextNumber ? (int)(_openFrom - _headNumber) : -1;
    }

    public void Add(in Sighting sighting)
    {
        if (_count == _items.Length) Grow();
        this[_count] = sighting;
        _count++;
    }

    /// <summary>Takes the first away and gives its event back.</summary>
    public void RemoveFirst(EventPool pool)
    {
        pool.Release(_items[_head].Event);
        _items[_head] = default;
        _head = (_head + 1) & (_items.Length - 1);
        _headNumber++;
        _count--;
    }

    /// <summary>For a restored list: the number of its first sighting.</summary>
    public void BeginAt(long firstNumber) => _headNumber = firstNumber;

    private void Grow()
    {
        var larger = new Sighting[Math.Max(2, _items.Length * 2)];
        for (var i = 0; i < _count; i++) larger[i] = this[i];
        _items = larger;
        _head = 0;
    }
}
