namespace Nightjar.Sources.Sqlite;

/// <summary>What the beginning of a file tells of a database.</summary>
internal static class DatabaseHead
{
    /// <summary>True when the file is an SQLite database.</summary>
    public static bool IsDatabase(SourceHead head) => head.Bytes.Span.StartsWith(DatabaseImage.Magic);

    /// <summary>True when the first page lists the tables itself and does not point to other pages that do.</summary>
    public static bool ShowsTables(SourceHead head) => head.Bytes.Length > 100 && head.Bytes.Span[100] == 13;

    /// <summary>True when a text stands in the beginning, as the names of tables do in the statements that made them.</summary>
    public static bool Mentions(SourceHead head, ReadOnlySpan<byte> text) => head.Bytes.Span.IndexOf(text) >= 0;
}
