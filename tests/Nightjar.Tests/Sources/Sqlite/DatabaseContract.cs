namespace Nightjar.Tests.Sources.Sqlite;

/// <summary>What readers of databases owe beyond others. Pages stand in any order, so of a file that is cut some rows are missing anywhere.</summary>
public abstract class DatabaseContract : SourceContract
{
    /// <summary>What of an event's description does not depend on rows that may be missing; null when nothing is left.</summary>
    protected abstract string? Sure(string line);

    protected override bool IsConsistent(IReadOnlyList<string> prefix, IReadOnlyList<string> whole)
    {
        var all = whole.Select(Sure).ToHashSet(StringComparer.Ordinal);
        return prefix.Select(Sure).All(line => line is null || all.Contains(line));
    }
}
