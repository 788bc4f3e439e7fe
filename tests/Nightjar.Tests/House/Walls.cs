namespace Nightjar.Tests.House;

/// <summary>Who may know whom. Read from the table in docs/architecture.md, so that the document and the test are one.</summary>
/// <param name="Rooms">Room to the rooms it may know.</param>
/// <param name="Libraries">Outside library to the rooms and projects that may use it.</param>
internal sealed record Walls(IReadOnlyDictionary<string, IReadOnlySet<string>> Rooms, IReadOnlyDictionary<string, IReadOnlySet<string>> Libraries)
{
    private const string Root = "Nightjar";
    private const string EveryRoom = "every room";

    /// <summary>Reads both tables.</summary>
    public static Walls From(string document) => new(Table(document, "| room | may know |"), Table(document, "| library | used in |"));

    /// <summary>Breaches among the rooms below a namespace: one sentence each.</summary>
    /// <param name="references">What an assembly mentions.</param>
    /// <param name="root">The namespace whose children are the rooms: <c>Nightjar</c>, or that of a seeded house.</param>
    public IEnumerable<string> Breaches(IEnumerable<Reference> references, string root = Root) =>
        from reference in references
        let room = RoomOf(reference.From.Namespace, root)
        let other = RoomOf(reference.To.Namespace, root)
        where room is not null && other is not null && room != other && !MayKnow(room, other)
        select $"{room} may not know {other}: {reference.From} mentions {reference.To}.";

    /// <summary>Uses of outside libraries where they do not belong.</summary>
    public IEnumerable<string> LibraryBreaches(IEnumerable<Reference> references, string root = Root) =>
        from reference in references
        where Libraries.TryGetValue(reference.Assembly, out var rooms) && !rooms.Contains(RoomOf(reference.From.Namespace, root) ?? "")
        select $"{reference.Assembly} is not for {reference.From}: {reference.To}.";

    /// <summary>The first name below the root; null for what lies outside or in no room.</summary>
    public static string? RoomOf(string name, string root = Root) =>
        name.StartsWith(root + ".", StringComparison.Ordinal) ? name[(root.Length + 1)..].Split('.')[0] : null;

    private bool MayKnow(string room, string other) => Rooms.TryGetValue(room, out var allowed) && allowed.Contains(other);

    private static Dictionary<string, IReadOnlySet<string>> Table(string document, string heading)
    {
        var table = new Dictionary<string, IReadOnlySet<string>>(StringComparer.Ordinal);
        var rows = document.Split('\n').SkipWhile(line => line.Trim() != heading).Skip(2).TakeWhile(line => line.StartsWith('|'));
        foreach (var cells in rows.Select(row => row.Split('|', StringSplitOptions.TrimEntries)))
        {
            foreach (var name in Names(cells[1])) table[name] = Names(cells[2]).ToHashSet(StringComparer.Ordinal);
        }
        foreach (var name in table.Keys.Where(name => table[name].Contains(EveryRoom)).ToList()) table[name] = table.Keys.ToHashSet(StringComparer.Ordinal);
        return table;
    }

    // "Sources (project)" is the room Sources; "nothing of ours" names no room and so allows none.
    private static IEnumerable<string> Names(string cell) =>
        cell.Split(',', StringSplitOptions.TrimEntries).Select(name => name.Split(" (", 2)[0]);
}
