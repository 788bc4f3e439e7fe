using Nightjar.Events;

namespace Nightjar.Sources.Identity.Joining;

/// <summary>The apps of connections that a sensor tells in several records under one id: the flow, its handshake, what was fetched over it.</summary>
internal sealed class ConnectionNames
{
    private const int MostInAll = 1 << 17;

    private readonly Dictionary<(Symbol Device, Symbol LogName, UInt128 Id), Entry> _byId = [];
    private readonly PriorityQueue<(Symbol, Symbol, UInt128), Instant> _ends = new();

    private readonly record struct Entry(Symbol App, AppGrade Grade, Instant End);

    /// <summary>The app of the connection that the event names; null when unknown.</summary>
    public (Symbol App, AppGrade Grade)? Find(in EventView view)
    {
        if (_byId.Count == 0) return null;
        var id = view.Text(FieldId.ConnectionUid);
        return !id.IsEmpty && _byId.TryGetValue(KeyOf(in view, id), out var entry) ? (entry.App, entry.Grade) : null;
    }

    /// <summary>Remembers the app of the event's connection until its end.</summary>
    public void Learn(in EventView view, TimeSpan tolerance)
    {
        var id = view.Text(FieldId.ConnectionUid);
        if (id.IsEmpty || _ends.Count >= MostInAll) return;
        ref readonly var header = ref view.Header;
        var key = KeyOf(in view, id);
        var end = header.End + tolerance;
        if (_byId.TryGetValue(key, out var known) && known.End >= end) return;
        _byId[key] = new Entry(header.App, header.State.AppGrade, end);
        _ends.Enqueue(key, end);
    }

    /// <summary>Forgets connections that ended before.</summary>
    public void Forget(Instant time)
    {
        while (_ends.TryPeek(out var key, out var end) && end < time)
        {
            _ends.Dequeue();
            if (_byId.TryGetValue(key, out var entry) && entry.End <= end) _byId.Remove(key);
        }
    }

    public void Clear()
    {
        _byId.Clear();
        _ends.Clear();
    }

    private static (Symbol, Symbol, UInt128) KeyOf(in EventView view, ReadOnlySpan<byte> id) =>
        (view.Header.Device, view.Header.LogName, EventIds.FromUid(id));
}
