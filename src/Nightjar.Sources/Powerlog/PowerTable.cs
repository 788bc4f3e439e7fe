using Nightjar.Sources.Sqlite;

namespace Nightjar.Sources.Powerlog;

/// <summary>Writes the event of a row; nothing when the row tells none.</summary>
/// <param name="rows">The table, at the row.</param>
/// <param name="writer">Knows the row's time, and writes what events have in common.</param>
internal delegate void PowerRow(TableRows rows, PowerWriter writer);

/// <summary>A table of the power log that tells something.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Write">Makes events of its rows.</param>
/// <param name="Columns">The columns that it asks for; <c>timestamp</c> and <c>timestampEnd</c> are asked for before them.</param>
internal sealed record PowerTable(string Name, PowerRow Write, params string[] Columns)
{
    /// <summary>Index of the first column of <see cref="Columns"/> among the row's.</summary>
    public const int First = 2;

    /// <summary>All columns, in the order of their indices.</summary>
    public string[] AllColumns { get; } = ["timestamp", "timestampEnd", .. Columns];
}
