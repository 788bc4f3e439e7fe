using Nightjar.Events;

namespace Nightjar.Sources.Identity;

/// <summary>Who held a thing when: segments of time that do not overlap, in order.</summary>
internal sealed class Timeline<T>
    where T : class
{
    private readonly List<Segment> _segments = [];

    /// <summary>A time, its end excluded, and who held the thing then.</summary>
    public readonly record struct Segment(Instant From, Instant To, T Holder);

    public IReadOnlyList<Segment> Segments => _segments;

    /// <summary>Another holder whose time overlaps; null when there is none.</summary>
    public T? Overlapping(Instant from, Instant to, T holder)
    {
        for (var i = FirstEndingAt(from); i < _segments.Count && _segments[i].From < to; i++)
            if (from < _segments[i].To && !_segments[i].Holder.Equals(holder)) return _segments[i].Holder;
        return null;
    }

    /// <summary>Adds a time. It is joined to what the same holder has already; where it overlaps another's, nothing is added.</summary>
    public void Add(Instant from, Instant to, T holder)
    {
        if (Overlapping(from, to, holder) is not null) return;
        var first = FirstEndingAt(from);
        if (first < _segments.Count && !_segments[first].Holder.Equals(holder) && _segments[first].To == from) first++;
        var last = first;
        for (; last < _segments.Count && _segments[last].From <= to && _segments[last].Holder.Equals(holder); last++)
            (from, to) = (Earlier(from, _segments[last].From), Later(to, _segments[last].To));
        _segments.RemoveRange(first, last - first);
        _segments.Insert(first, new Segment(from, to, holder));
    }

    /// <summary>Who held the thing at a time; null when nobody is known to.</summary>
    public T? At(Instant time)
    {
        var index = FirstEndingAt(time);
        if (index < _segments.Count && _segments[index].To == time) index++;
        return index < _segments.Count && _segments[index].From <= time ? _segments[index].Holder : null;
    }

    // The first segment that ends at the time or later.
    private int FirstEndingAt(Instant time)
    {
        var (low, high) = (0, _segments.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_segments[middle].To < time) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private static Instant Earlier(Instant a, Instant b) => a < b ? a : b;

    private static Instant Later(Instant a, Instant b) => a > b ? a : b;
}
