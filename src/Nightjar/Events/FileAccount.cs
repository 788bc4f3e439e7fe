namespace Nightjar.Events;

/// <summary>How a file was dealt with.</summary>
public enum FileState
{
    /// <summary>Every record was taken.</summary>
    Read,
    /// <summary>Read in part: see the anomalies.</summary>
    ReadInPart,
    /// <summary>No reader recognises its content.</summary>
    Unrecognised,
    /// <summary>It could not be opened or read at all.</summary>
    Unreadable,
}

/// <summary>The account of one file.</summary>
/// <param name="Path">As the user would find it.</param>
/// <param name="State">How it was dealt with.</param>
/// <param name="Reader">Id of the reader; null when none recognised it.</param>
/// <param name="Bytes">Bytes read, after decompression.</param>
/// <param name="Events">Events it gave.</param>
/// <param name="Anomalies">What could not be taken, by kind.</param>
/// <param name="Span">Begin of the earliest and end of the latest event.</param>
/// <param name="TimeBasis">How the zone of its times was obtained.</param>
/// <param name="Reason">Why it was not read, or not wholly; null when it was.</param>
public sealed record FileAccount(
    string Path, FileState State, string? Reader, long Bytes, long Events, IReadOnlyList<AnomalyAccount> Anomalies,
    (Instant From, Instant To)? Span, TimeBasis? TimeBasis, string? Reason)
{
    /// <summary>Records read, whatever became of them: lines, for formats of lines. Null when the reader does not count.</summary>
    public long? Records { get; init; }

    /// <summary>Events that came after a later one of the file, and by how much at most. It is a fact of how the file was written, so it
    /// changes with how the same events are split over files.</summary>
    public (long Events, TimeSpan Longest) Late { get; init; }

    /// <summary>How its events came by their device and app.</summary>
    public AttributionAccount Attribution { get; init; } = new([], []);
}

/// <summary>How the events of a file came by their device and app. What no event had is left out.</summary>
/// <param name="Devices">Events by what gave them their device.</param>
/// <param name="Apps">Events by how surely they name their app; unknown: they name none.</param>
public sealed record AttributionAccount(IReadOnlyList<(DeviceBasis Basis, long Events)> Devices, IReadOnlyList<(AppGrade Grade, long Events)> Apps);

/// <summary>Anomalies of one kind in one file.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Count">How many.</param>
/// <param name="FirstPosition">Where the first is.</param>
/// <param name="FirstReason">What the first is.</param>
public sealed record AnomalyAccount(AnomalyKind Kind, long Count, long FirstPosition, string FirstReason);
