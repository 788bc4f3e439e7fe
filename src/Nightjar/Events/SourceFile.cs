namespace Nightjar.Events;

/// <summary>What <see cref="EventHeader.Position"/> counts in a file.</summary>
public enum PositionKind : byte
{
    /// <summary>Lines, from 1.</summary>
    Line,
    /// <summary>Bytes, from 0.</summary>
    Offset,
    /// <summary>Records, from 1.</summary>
    Record,
}

/// <summary>A file that was read: the first half of an event's provenance, the position is the second.</summary>
/// <param name="Number">Its number in this run, from 1. Never written out: it depends on the order of files.</param>
/// <param name="Path">As the user would find it; the inside of an archive after <c>!/</c>.</param>
/// <param name="Reader">Id of the reader, for example <c>zeek-tsv</c>.</param>
/// <param name="PositionKind">What positions count.</param>
public sealed record SourceFile(int Number, string Path, string Reader, PositionKind PositionKind)
{
    /// <summary>For people: <c>logs/conn.log line 12</c>.</summary>
    public string Locate(long position) => $"{Path} {PositionKind.ToString().ToLowerInvariant()} {position}";
}
