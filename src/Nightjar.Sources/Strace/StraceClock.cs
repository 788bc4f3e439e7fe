using System.Buffers.Text;
using Nightjar.Events;

namespace Nightjar.Sources.Strace;

/// <summary>Reads the times of one trace: of day, since 1970, or since the call before.</summary>
/// <remarks>A time of day states no date: it is the last one before the reference time, and goes on to the next day when the clock falls back by
/// more than half a day. Without a reference, times count from the day on which the trace began.</remarks>
internal sealed class StraceClock(Instant? reference, TimeSpan assumedOffset)
{
    private const long Day = 86_400 * Instant.PerSecond;

    // No trace was made before 1973, and no call takes three years.
    private const long LongestStep = 100_000_000 * Instant.PerSecond;

    private readonly long _offset = assumedOffset.Ticks / TimeSpan.TicksPerMicrosecond;
    private long _day = -1;
    private long _last;
    private long _sinceBegin;

    /// <summary>Reads a time at the beginning of a text.</summary>
    /// <returns>The bytes read, 0 when there is no time.</returns>
    public int Read(ReadOnlySpan<byte> text, ref StraceLine line)
    {
        var end = text.IndexOf((byte)' ');
        if (end < 5 || !char.IsAsciiDigit((char)text[0])) return 0;
        var isRead = text[2] == (byte)':' ? TryOfDay(text[..end], ref line) : TryNumber(text[..end], ref line);
        line.HasTime = isRead;
        return isRead ? end : 0;
    }

    /// <summary>Reads how long a call took, in seconds, as microseconds.</summary>
    public static bool TryDuration(ReadOnlySpan<byte> text, out long micros)
    {
        micros = 0;
        if (!Utf8Parser.TryParse(text, out double seconds, out var used) || used != text.Length || seconds is not (>= 0 and < 1e8)) return false;
        micros = (long)Math.Round(seconds * Instant.PerSecond);
        return true;
    }

    private bool TryOfDay(ReadOnlySpan<byte> text, ref StraceLine line)
    {
        if (!TimeText.TryClock(text, out var ofDay, out var used) || used < 8 || used != text.Length) return false;
        if (_day < 0) _day = FirstDay(ofDay);
        else if (ofDay < _last - Day / 2) _day++;
        // A line of another thread may come late from before midnight.
        var day = ofDay > _last + Day / 2 && _last > 0 ? _day - 1 : _day;
        if (day == _day) _last = ofDay;
        line.Time = new Instant(day * Day + ofDay - (reference is null ? 0 : _offset));
        line.Basis = reference is null ? TimeBasis.RelativeToCapture : TimeBasis.Assumed;
        return true;
    }

    private long FirstDay(long ofDay)
    {
        _last = ofDay;
        if (reference is not { } end) return 0;
        var local = end.Micros + _offset;
        var day = Math.Max(1, local / Day);
        return day * Day + ofDay > local ? day - 1 : day;
    }

    private bool TryNumber(ReadOnlySpan<byte> text, ref StraceLine line)
    {
        if (!text.Contains((byte)'.') || !TimeText.TryEpochSeconds(text, out line.Time)) return false;
        line.Basis = TimeBasis.Stated;
        if (line.Time.Micros >= LongestStep) return true;
        _sinceBegin = Math.Min(_sinceBegin + line.Time.Micros, LongestStep);
        line.Time = new Instant(_sinceBegin);
        line.Basis = TimeBasis.RelativeToCapture;
        return true;
    }
}
