using System.Text;
using Nightjar.Events;

namespace Nightjar.Inquiry;

/// <summary>What several records of one connection count for: they tell it at several levels, and only one level counts.</summary>
internal static class Connections
{
    /// <summary>Those records that count: of each connection the level with the most; where two have as many, the one nearer to the connection.</summary>
    public static List<SeenEvent> Once(IReadOnlyList<SeenEvent> found) =>
        [.. found.GroupBy(UidOf).SelectMany(connection => connection.Key is null
            ? connection
            : connection.GroupBy(LevelOf).OrderByDescending(level => level.Count()).ThenBy(level => level.Key).First().AsEnumerable()).OrderBy(seen => seen.Number)];

    /// <summary>The sum of a value: of each connection the level that amounts to most.</summary>
    public static double Sum(IReadOnlyList<SeenEvent> found, Func<SeenEvent, double> value) =>
        found.GroupBy(UidOf).Sum(connection => connection.Key is null ? connection.Sum(value) : connection.GroupBy(LevelOf).Max(level => level.Sum(value)));

    /// <summary>Whether one of these tells the same connection at another level.</summary>
    public static bool IsToldBy(IEnumerable<SeenEvent> events, SeenEvent seen) =>
        UidOf(seen) is { } uid && events.Any(other => other != seen && UidOf(other) == uid && LevelOf(other) != LevelOf(seen));

    private static string? UidOf(SeenEvent seen)
    {
        var uid = seen.Event.View.Text(FieldId.ConnectionUid);
        return uid.IsEmpty ? null : Encoding.UTF8.GetString(uid);
    }

    // The connection, what was asked within it, what was transferred, how it was opened.
    private static int LevelOf(SeenEvent seen)
    {
        var header = seen.Event.Header;
        var view = seen.Event.View;
        if (header.Class == EventClass.HttpActivity) return 1;
        if (header.Class != EventClass.NetworkActivity) return 4;
        if (view.Has(FieldId.FileSize) || view.Has(FieldId.FileName)) return 2;
        return header.Activity == 1 ? 3 : 0;
    }
}
