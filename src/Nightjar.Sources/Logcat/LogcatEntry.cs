using Nightjar.Events;
using Nightjar.Sources.Android;

namespace Nightjar.Sources.Logcat;

/// <summary>One line with what the log told before about who wrote it.</summary>
internal readonly ref struct LogcatEntry
{
    public required LogcatLine Line { get; init; }

    /// <summary>Where the line stands, from 1.</summary>
    public required long Number { get; init; }

    /// <summary>What makes the line one record: the line itself, or with it the header under which it stands.</summary>
    public required ReadOnlySpan<byte> Record { get; init; }

    /// <summary>Fingerprint of the record.</summary>
    public UInt128 Id => EventIds.FromRecord(Record);

    /// <summary>The line's time in microseconds or, where lines have none, its number.</summary>
    public required long Moment { get; init; }

    /// <summary>The process that wrote it; null when the log did not tell.</summary>
    public required ProcessMap.Incarnation? Process { get; init; }

    /// <summary>The user id that wrote it, as printed or by its process; −1 when unknown.</summary>
    public int EmitterUid => Line.Uid >= 0 ? Line.Uid : Process?.Uid ?? LogcatLine.Unknown;

    /// <summary>True when an app wrote it, so that it cannot be the system speaking.</summary>
    public bool IsOfApp => AndroidUid.IsApp(EmitterUid);

    /// <summary>
    /// True when the system wrote it beyond doubt: the user id is known and below those of apps, or the process is the kernel, and both
    /// stand where an app's words cannot change them.
    /// </summary>
    public bool IsOfSystem =>
        Line.Form is LogcatForm.ThreadTime or LogcatForm.Studio && (EmitterUid >= 0 ? !IsOfApp : Line.Pid == 0);
}
