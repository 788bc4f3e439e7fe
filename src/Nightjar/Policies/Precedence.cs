namespace Nightjar.Policies;

/// <summary>Which of several entries wins: the most specific. One table, for the engine, for people and for the documents.</summary>
public static class Precedence
{
    /// <summary>From the most specific to the least: what an entry states, and its rank.</summary>
    public static IReadOnlyList<(int Rank, string States)> Table { get; } =
    [
        (7, "app, group and role"), (6, "app and group"), (5, "app and role"), (4, "app"), (3, "group and role"), (2, "group"), (1, "role"), (0, "nothing: all apps and devices"),
    ];

    /// <summary>What decides between entries of one rank, in order.</summary>
    public static IReadOnlyList<string> Ties { get; } =
    [
        "an app's own name wins over a pattern, a longer pattern over a shorter",
        "an analytic's own name wins over `all`",
        "the entry that stands later in the file wins; `policy check` tells of every such pair",
    ];

    /// <summary>The rank of a scope, 0 to 7.</summary>
    public static int RankOf(PolicyScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return (scope.Apps.Count > 0 ? 4 : 0) + (scope.Groups.Count > 0 ? 2 : 0) + (scope.Roles.Count > 0 ? 1 : 0);
    }
}
