namespace Nightjar.Events;

/// <summary>The one place where times in text are read. .NET's own readers round or cut the same digits differently.</summary>
public static class TimeText
{
    private const long MicrosOfDay = 86_400 * Instant.PerSecond;

    /// <summary>
    /// Reads <c>2026-01-02T03:04:05.123456Z</c> and its relatives: <c>T</c> or a space, no or 1 to 9 fraction digits (cut after six),
    /// a comma or dot before them, <c>Z</c>, or an offset with or without colon or minutes, or none.
    /// </summary>
    /// <param name="text">The text, ASCII.</param>
    /// <param name="assumedOffset">The offset to use when the text states none.</param>
    /// <param name="time">The instant.</param>
    /// <param name="basis"><see cref="TimeBasis.Assumed"/> when the text states no offset.</param>
    /// <returns>False when the text is no such time or names an impossible date.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, TimeSpan assumedOffset, out Instant time, out TimeBasis basis)
    {
        time = default;
        basis = TimeBasis.Stated;
        text = text.Trim(" \t"u8);
        if (!TryDate(text, out var date) || text.Length < 11 || text[10] is not ((byte)'T' or (byte)'t' or (byte)' ')) return false;
        if (!TryClock(text[11..], out var ofDay, out var used)) return false;
        if (!TryOffset(text[(11 + used)..].Trim((byte)' '), out var offset)) return false;
        if (offset is null) basis = TimeBasis.Assumed;
        time = new Instant(date + ofDay - (offset ?? assumedOffset).Ticks / TimeSpan.TicksPerMicrosecond);
        return time >= Instant.Min && time <= Instant.Max;
    }

    /// <summary>
    /// Reads <c>03:04:05.123456</c> as microseconds of the day and tells how many bytes it took. Second 60, a leap second, is the first
    /// of the next minute, and 24:00:00 the first of the next day.
    /// </summary>
    public static bool TryClock(ReadOnlySpan<byte> text, out long micros, out int used)
    {
        micros = 0;
        used = 0;
        if (text.Length < 5 || text[2] != (byte)':' || !TryDigits(text, 0, 2, out var hour) || !TryDigits(text, 3, 2, out var minute)) return false;
        used = 5;
        var second = 0L;
        if (text.Length >= 8 && text[5] == (byte)':')
        {
            if (!TryDigits(text, 6, 2, out second)) return false;
            used = 8;
        }
        if (hour > 24 || minute > 59 || second > 60) return false;
        micros = ((hour * 60 + minute) * 60 + second) * Instant.PerSecond;
        if (used == 8 && text.Length > 8 && text[8] is ((byte)'.' or (byte)','))
        {
            if (!TryFraction(text[9..], out var fraction, out var digits)) return false;
            micros += fraction;
            used += 1 + digits;
        }
        return hour < 24 || micros == MicrosOfDay;
    }

    /// <summary>
    /// Reads a number of seconds, milliseconds, microseconds or nanoseconds since 1970, telling the unit by magnitude: 11 digits at most
    /// are seconds, 14 milliseconds, 17 microseconds, more nanoseconds. Held inside the range of <see cref="Instant"/>.
    /// </summary>
    public static Instant FromEpoch(long number) => Math.Abs((double)number) switch
    {
        < 1e11 => Instant.FromMillis(number * 1000),
        < 1e14 => Instant.FromMillis(number),
        < 1e17 => Instant.FromMicros(number),
        _ => Instant.FromNanos(number),
    };

    /// <summary>Reads decimal seconds since 1970 (<c>1601998374.677015</c>, at most 9 digits after the dot) without the loss that a floating point number brings.</summary>
    public static bool TryEpochSeconds(ReadOnlySpan<byte> text, out Instant time)
    {
        time = default;
        var negative = !text.IsEmpty && text[0] == (byte)'-';
        if (negative) text = text[1..];
        var dot = text.IndexOf((byte)'.');
        var whole = dot < 0 ? text : text[..dot];
        if (whole.IsEmpty || whole.Length > 12 || !TryDigits(whole, 0, whole.Length, out var seconds)) return false;
        var micros = seconds * Instant.PerSecond;
        if (dot >= 0)
        {
            var rest = text[(dot + 1)..];
            if (!TryFraction(rest, out var fraction, out var digits) || digits < rest.Length) return false;
            micros += fraction;
        }
        time = new Instant(negative ? -micros : micros);
        return time >= Instant.Min && time <= Instant.Max;
    }

    // Digits after the sixth are cut off, not rounded: a time must not move into the next second.
    private static bool TryFraction(ReadOnlySpan<byte> text, out long micros, out int digits)
    {
        micros = 0;
        var unit = 100_000L;
        for (digits = 0; digits < text.Length && text[digits] is >= (byte)'0' and <= (byte)'9'; digits++, unit /= 10)
            micros += unit * (text[digits] - '0');
        return digits is >= 1 and <= 9;
    }

    private static bool TryDate(ReadOnlySpan<byte> text, out long micros)
    {
        micros = 0;
        if (text.Length < 10 || text[4] is not ((byte)'-' or (byte)'/') || text[7] != text[4]) return false;
        if (!TryDigits(text, 0, 4, out var year) || !TryDigits(text, 5, 2, out var month) || !TryDigits(text, 8, 2, out var day)) return false;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth((int)year, (int)month)) return false;
        micros = (new DateTime((int)year, (int)month, (int)day).Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
        return true;
    }

    private static bool TryOffset(ReadOnlySpan<byte> text, out TimeSpan? offset)
    {
        offset = null;
        if (text.IsEmpty) return true;
        if (text.Length == 1 && text[0] is ((byte)'Z' or (byte)'z') || text.SequenceEqual("UTC"u8) || text.SequenceEqual("GMT"u8))
        {
            offset = TimeSpan.Zero;
            return true;
        }
        if (text[0] is not ((byte)'+' or (byte)'-') || text.Length < 3 || !TryDigits(text, 1, 2, out var hours)) return false;
        var rest = text[3..];
        var minutes = 0L;
        if (rest is [(byte)':', _, ..]) rest = rest[1..];
        if (!rest.IsEmpty && (rest.Length != 2 || !TryDigits(rest, 0, 2, out minutes))) return false;
        if (hours > 18 || minutes > 59) return false;
        var span = new TimeSpan((int)hours, (int)minutes, 0);
        offset = text[0] == (byte)'-' ? -span : span;
        return true;
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, int start, int count, out long value)
    {
        value = 0;
        if (text.Length < start + count) return false;
        foreach (var c in text.Slice(start, count))
        {
            if (c is < (byte)'0' or > (byte)'9') return false;
            value = value * 10 + (c - '0');
        }
        return true;
    }
}
