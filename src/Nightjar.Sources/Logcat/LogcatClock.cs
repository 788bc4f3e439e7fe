using Nightjar.Events;
using Nightjar.Sources.Android;

namespace Nightjar.Sources.Logcat;

/// <summary>Reads the times of one log: with or without year and zone, since 1970, or since boot.</summary>
/// <remarks>A year that is not written is the latest that does not lie after the reference time. A day is added to that time, because
/// neither the zone of the log nor that of the file's date need be right.</remarks>
internal sealed class LogcatClock(Instant? reference, LocalZone local)
{
    private const long Day = 86_400 * Instant.PerSecond;

    // A device is not up for three years, and no log is older than 1973.
    private const long LongestUptime = 100_000_000 * Instant.PerSecond;

    private readonly byte[] _date = new byte[10];
    private int _dateLength;
    private long _day;
    private bool _hasYear;

    /// <summary>Reads the time at the beginning of a text, its zone included.</summary>
    /// <param name="text">The text, without blanks before.</param>
    /// <param name="line">Gets the time.</param>
    /// <returns>The bytes read; 0 when the text begins with no time.</returns>
    public int Read(ReadOnlySpan<byte> text, ref LogcatLine line)
    {
        if (text.Length > 14 && text[2] == (byte)'-') return ReadDate(text, 5, ref line);
        if (text.Length > 19 && text[4] == (byte)'-') return ReadDate(text, 10, ref line);
        return ReadNumber(text, ref line);
    }

    private int ReadDate(ReadOnlySpan<byte> text, int dateLength, ref LogcatLine line)
    {
        if (text[dateLength] != (byte)' ' || !TryDay(text[..dateLength], out var day)) return 0;
        if (!TimeText.TryClock(text[(dateLength + 1)..], out var ofDay, out var used) || used < 8) return 0;
        used += dateLength + 1;
        var hasZone = TryZone(text[used..], out var zone, out var zoneLength);
        line.HasTime = _hasYear;
        line.LacksYear = !_hasYear;
        line.Time = hasZone ? new Instant(day + ofDay - zone) : local.At(day + ofDay);
        line.Basis = hasZone ? TimeBasis.Stated : local.Basis;
        return used + zoneLength;
    }

    private static int ReadNumber(ReadOnlySpan<byte> text, ref LogcatLine line)
    {
        var end = text.IndexOf((byte)' ');
        if (end < 3 || text[..end].IndexOf((byte)'.') < 1 || !TimeText.TryEpochSeconds(text[..end], out var time)) return 0;
        line.HasTime = true;
        line.Time = time;
        line.Basis = Math.Abs(time.Micros) < LongestUptime ? TimeBasis.RelativeToBoot : TimeBasis.Stated;
        return end;
    }

    // The date repeats from line to line, so the last one is kept.
    private bool TryDay(ReadOnlySpan<byte> text, out long day)
    {
        if (!text.SequenceEqual(_date.AsSpan(0, _dateLength)))
        {
            _dateLength = 0;
            day = 0;
            if (!TryNewDay(text)) return false;
            text.CopyTo(_date);
            _dateLength = text.Length;
        }
        day = _day;
        return true;
    }

    private bool TryNewDay(ReadOnlySpan<byte> text)
    {
        var rest = text[^5..];
        if (rest[2] != (byte)'-' || !TryTwo(rest, out var month) || !TryTwo(rest[3..], out var dayOfMonth)) return false;
        if (month is < 1 or > 12 || dayOfMonth is < 1 or > 31) return false;
        _hasYear = true;
        if (text.Length == 5) return TryCompleteYear(month, dayOfMonth);
        return TryTwo(text, out var century) && TryTwo(text[2..], out var year) && TryDate(century * 100 + year, month, dayOfMonth);
    }

    private bool TryCompleteYear(int month, int dayOfMonth)
    {
        if (reference is null)
        {
            _hasYear = false;
            _day = 0;
            return dayOfMonth <= DateTime.DaysInMonth(2000, month);
        }
        var latest = reference.Value + TimeSpan.FromDays(1);
        var year = latest.ToDateTimeOffset().Year;
        // Eight years back there is a 29 February in any case.
        for (var tries = 0; tries <= 8; tries++)
            if (TryDate(year - tries, month, dayOfMonth) && local.At(_day) <= latest) return true;
        return false;
    }

    private bool TryDate(int year, int month, int dayOfMonth)
    {
        if (year is < 1 or > 9999 || dayOfMonth > DateTime.DaysInMonth(year, month)) return false;
        _day = (new DateTime(year, month, dayOfMonth).Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerDay * Day;
        return year is > 1 and < 9999;
    }

    private static bool TryZone(ReadOnlySpan<byte> text, out long micros, out int length)
    {
        micros = 0;
        length = 0;
        if (text.Length < 6 || text[0] != (byte)' ' || text[1] is not ((byte)'+' or (byte)'-')) return false;
        if (!TryTwo(text[2..], out var hours) || !TryTwo(text[4..], out var minutes) || hours > 18 || minutes > 59) return false;
        if (text.Length > 6 && text[6] != (byte)' ') return false;
        length = 6;
        micros = (hours * 60 + minutes) * 60 * Instant.PerSecond * (text[1] == (byte)'-' ? -1 : 1);
        return true;
    }

    private static bool TryTwo(ReadOnlySpan<byte> text, out int value)
    {
        value = (text[0] - '0') * 10 + text[1] - '0';
        return char.IsAsciiDigit((char)text[0]) && char.IsAsciiDigit((char)text[1]);
    }
}
