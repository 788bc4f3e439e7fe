namespace Nightjar.Events;

/// <summary>What a reader could not take as it stood. The number of kinds is small and fixed, so they can be counted.</summary>
public enum AnomalyKind : byte
{
    /// <summary>The record is cut off.</summary>
    Truncated,
    /// <summary>The record is not of the format's form.</summary>
    Malformed,
    /// <summary>A required attribute is missing.</summary>
    MissingField,
    /// <summary>A value is of the wrong type or outside its range.</summary>
    BadValue,
    /// <summary>The bytes are not UTF-8; they were read with replacement characters.</summary>
    InvalidText,
    /// <summary>A line or record is longer than the limit and was skipped.</summary>
    TooLong,
    /// <summary>The record's time lies too far in the future.</summary>
    FutureTime,
    /// <summary>The record's time could not be understood.</summary>
    BadTime,
    /// <summary>A kind of record that Nightjar does not know; counted, not read.</summary>
    UnknownKind,
    /// <summary>An attribute that Nightjar does not know; counted, the rest was read.</summary>
    UnknownField,
    /// <summary>An archive or compressed file exceeds a limit (entries, depth, ratio, size).</summary>
    LimitReached,
    /// <summary>An archive entry names a path outside the archive.</summary>
    PathEscape,
    /// <summary>A folder links to itself.</summary>
    Loop,
    /// <summary>The file could not be opened or read.</summary>
    Unreadable,
    /// <summary>The file changed while it was read.</summary>
    Changed,
    /// <summary>No reader recognises the file.</summary>
    Unrecognised,
    /// <summary>The record names no device and none could be found for it.</summary>
    Unattributed,
    /// <summary>The bytes are damaged (a failed checksum, a broken compressed stream).</summary>
    Corrupt,
}

/// <summary>One located thing that a reader could not take, in the same stream as the events.</summary>
/// <param name="Kind">What kind.</param>
/// <param name="File">Number of the file.</param>
/// <param name="Position">Where in the file; 0 for the file as a whole.</param>
/// <param name="Reason">One short sentence. Holds no more than 200 characters of the input.</param>
public readonly record struct SourceAnomaly(AnomalyKind Kind, int File, long Position, string Reason);
