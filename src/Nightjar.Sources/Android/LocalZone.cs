using Nightjar.Events;

namespace Nightjar.Sources.Android;

/// <summary>The zone of a device's local times: assumed, until the source names it or tells its offset.</summary>
/// <remarks>Of an hour that the end of summer time repeats the second is taken; an hour that its begin leaves out counts as standard time.</remarks>
internal sealed class LocalZone(TimeSpan assumed)
{
    // Every change of a zone's offset falls on a quarter of an hour.
    private const long Quarter = 900 * Instant.PerSecond;

    private static readonly long FirstRuled = new DateTime(1900, 1, 1).Ticks - DateTime.UnixEpoch.Ticks;
    private static readonly long LastRuled = new DateTime(2200, 1, 1).Ticks - DateTime.UnixEpoch.Ticks;

    private TimeZoneInfo? _rules;
    private long _offset = assumed.Ticks / TimeSpan.TicksPerMicrosecond;
    private long _quarter = long.MinValue;
    private long _quarterOffset;

    /// <summary>Whether the source told the zone.</summary>
    public TimeBasis Basis { get; private set; } = TimeBasis.Assumed;

    /// <summary>Takes the zone's name, <c>Europe/Zurich</c>; false when this machine does not know it.</summary>
    public bool TryName(ReadOnlySpan<byte> name)
    {
        if (name.Length is 0 or > 64 || !System.Text.Ascii.IsValid(name)) return false;
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(System.Text.Encoding.ASCII.GetString(name), out var rules)) return false;
        _rules = rules;
        _quarter = long.MinValue;
        Basis = TimeBasis.Stated;
        return true;
    }

    /// <summary>Takes the offset that held at one moment, for want of the zone's name.</summary>
    public void Fix(TimeSpan offset)
    {
        if (_rules is not null) return;
        _offset = offset.Ticks / TimeSpan.TicksPerMicrosecond;
        Basis = TimeBasis.Stated;
    }

    /// <summary>Microseconds by which local time is ahead of UTC at a local time.</summary>
    public long OffsetAt(long localMicros)
    {
        if (_rules is null) return _offset;
        var quarter = Math.DivRem(localMicros, Quarter).Quotient;
        if (quarter != _quarter) (_quarter, _quarterOffset) = (quarter, Ask(localMicros));
        return _quarterOffset;
    }

    /// <summary>The instant of a local time, counted in microseconds as if it were UTC.</summary>
    public Instant At(long localMicros) => Instant.FromMicros(localMicros - OffsetAt(localMicros));

    /// <summary>Reads a time in text; one that states its own zone keeps it.</summary>
    public bool TryRead(ReadOnlySpan<byte> text, out Instant time, out TimeBasis basis)
    {
        if (!TimeText.TryParse(text, TimeSpan.Zero, out time, out basis)) return false;
        if (basis != TimeBasis.Assumed) return true;
        time = At(time.Micros);
        basis = Basis;
        return true;
    }

    private long Ask(long localMicros)
    {
        var ticks = localMicros * (Int128)TimeSpan.TicksPerMicrosecond;
        var offset = ticks < FirstRuled || ticks > LastRuled
            ? _rules!.BaseUtcOffset
            : _rules!.GetUtcOffset(new DateTime(DateTime.UnixEpoch.Ticks + (long)ticks, DateTimeKind.Unspecified));
        return offset.Ticks / TimeSpan.TicksPerMicrosecond;
    }
}
