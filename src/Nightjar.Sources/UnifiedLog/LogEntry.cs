using Nightjar.Events;

namespace Nightjar.Sources.UnifiedLog;

/// <summary>One entry with what every event of it needs.</summary>
internal readonly ref struct LogEntry
{
    public LogRecord Record { get; init; }

    public Instant Time { get; init; }

    public TimeBasis Basis { get; init; }

    /// <summary>Place in the file.</summary>
    public long Position { get; init; }

    public UInt128 Id { get; init; }

    /// <summary>True when a part of iOS wrote it.</summary>
    public bool IsOfSystem { get; init; }

    public ReadOnlySpan<byte> Message { get; init; }
}
