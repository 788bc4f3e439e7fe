using System.Text;
using Nightjar.Events;

namespace Nightjar.Engine;

/// <summary>
/// Sensors tell one connection several times: the connection itself, each transaction within it, each file, the handshake; all with the same
/// <c>connection_info.uid</c>, and with the same bytes. Of those, a measure takes one level, so that nothing counts twice.
/// </summary>
internal static class ConnectionRecords
{
    /// <summary>What of a connection a record tells. Where levels tell equally much, the first is taken.</summary>
    private enum Level : byte
    {
        Connection,
        Transaction,
        File,
        Handshake,
        Other,
    }

    /// <summary>The sightings without those that tell again what others do: of each connection the level with the most records.</summary>
    public static List<Sighting> Once(List<Sighting> found)
    {
        if (Connections(found) is not { } connections) return found;
        var kept = new bool[found.Count];
        foreach (var members in connections)
            foreach (var index in members.GroupBy(index => LevelOf(found[index].Event)).OrderByDescending(level => level.Count()).ThenBy(level => level.Key).First()) kept[index] = true;
        return [.. found.Where((_, index) => kept[index] || !HasUid(found[index].Event))];
    }

    /// <summary>The sum of a value: of each connection the level that amounts to most.</summary>
    public static double Sum(List<Sighting> found, Func<Sighting, double> value)
    {
        var sum = found.Where(item => !HasUid(item.Event)).Sum(value);
        if (Connections(found) is not { } connections) return sum;
        foreach (var members in connections)
            sum += members.GroupBy(index => LevelOf(found[index].Event)).Max(level => level.Sum(index => value(found[index])));
        return sum;
    }

    /// <summary>True when an event is told by one of these already, on another level.</summary>
    public static bool AreToldBy(StoredEvent?[] events, StoredEvent candidate)
    {
        if (!HasUid(candidate)) return false;
        foreach (var other in events)
        {
            if (other is not null && !ReferenceEquals(other, candidate) && LevelOf(other) != LevelOf(candidate)
                && other.View.Text(FieldId.ConnectionUid).SequenceEqual(candidate.View.Text(FieldId.ConnectionUid))) return true;
        }
        return false;
    }

    // Null when no record names its connection, as with most sources.
    private static Dictionary<string, List<int>>.ValueCollection? Connections(List<Sighting> found)
    {
        Dictionary<string, List<int>>? connections = null;
        for (var i = 0; i < found.Count; i++)
        {
            if (!HasUid(found[i].Event)) continue;
            connections ??= new Dictionary<string, List<int>>(StringComparer.Ordinal);
            var uid = Encoding.UTF8.GetString(found[i].Event.View.Text(FieldId.ConnectionUid));
            if (!connections.TryGetValue(uid, out var members)) connections.Add(uid, members = []);
            members.Add(i);
        }
        return connections?.Values;
    }

    private static bool HasUid(StoredEvent item) => item.View.Has(FieldId.ConnectionUid);

    private static Level LevelOf(StoredEvent item) => item.Header.Class switch
    {
        EventClass.HttpActivity => Level.Transaction,
        EventClass.NetworkActivity when item.View.Has(FieldId.FileSize) || item.View.Has(FieldId.FileName) => Level.File,
        EventClass.NetworkActivity => item.Header.Activity == 1 ? Level.Handshake : Level.Connection,
        _ => Level.Other,
    };
}
