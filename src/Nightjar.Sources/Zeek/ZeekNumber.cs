using System.Buffers.Text;
using Nightjar.Events;

namespace Nightjar.Sources.Zeek;

/// <summary>Reads Zeek's times, intervals and counts.</summary>
internal static class ZeekNumber
{
    /// <summary>Times before this are no calendar times: the capture had no wall clock.</summary>
    private static readonly Instant FirstCalendarTime = Instant.FromMillis(946_684_800_000);

    /// <summary>A point in time: decimal seconds, whole milliseconds, or ISO 8601.</summary>
    public static bool TryTime(ReadOnlySpan<byte> text, TimeSpan assumedOffset, out Instant time, out TimeBasis basis)
    {
        basis = TimeBasis.Stated;
        if (!TrySeconds(text, out time) && !TryWhole(text, out time) && !TimeText.TryParse(text, assumedOffset, out time, out basis)) return false;
        if (time < Instant.Min || time > Instant.Max) return false;
        if (time < FirstCalendarTime) basis = TimeBasis.RelativeToCapture;
        return true;
    }

    /// <summary>A length of time in decimal seconds, in microseconds; false when it is none or negative.</summary>
    public static bool TryInterval(ReadOnlySpan<byte> text, out long micros)
    {
        micros = TrySeconds(text, out var span) ? span.Micros : -1;
        return micros >= 0;
    }

    /// <summary>A count. Zeek's own range is that of 64 bits without sign; what exceeds 2^63 is no count that a network has.</summary>
    public static bool TryCount(ReadOnlySpan<byte> text, out long count)
    {
        if (Utf8Parser.TryParse(text, out count, out var used) && used == text.Length) return count >= 0;
        // Some pipelines turn every number into a floating point one.
        if (!TryDouble(text, out var number) || number is < 0 or > 9e18 || Math.Floor(number) != number) return false;
        count = (long)number;
        return true;
    }

    // Exact to the microsecond, rounded where there are more digits. Without a dot it is a time in milliseconds or an exponent.
    private static bool TrySeconds(ReadOnlySpan<byte> text, out Instant time)
    {
        time = default;
        if (text.IsEmpty || text.Length > 64) return false;
        var dot = text.IndexOf((byte)'.');
        if (TimeText.TryEpochSeconds(WithoutDigitsPastTheNinth(text, dot), out time))
        {
            if (dot >= 0 && text.Length > dot + 7 && text[dot + 7] >= (byte)'5') time = new Instant(time.Micros + (text[0] == (byte)'-' ? -1 : 1));
            return dot >= 0 || text.Length < 12;
        }
        if (text.IndexOfAny((byte)'e', (byte)'E') < 0 || !TryDouble(text, out var seconds) || Math.Abs(seconds) >= 1e12) return false;
        time = Instant.FromSeconds(seconds);
        return true;
    }

    // A length that a floating point number went through: 0.00009199999999864872.
    private static ReadOnlySpan<byte> WithoutDigitsPastTheNinth(ReadOnlySpan<byte> text, int dot) =>
        dot >= 0 && text.Length > dot + 10 && !text[(dot + 10)..].ContainsAnyExceptInRange((byte)'0', (byte)'9') ? text[..(dot + 10)] : text;

    private static bool TryWhole(ReadOnlySpan<byte> text, out Instant time)
    {
        var whole = Utf8Parser.TryParse(text, out long number, out var used) && used == text.Length;
        time = whole ? TimeText.FromEpoch(number) : default;
        return whole;
    }

    private static bool TryDouble(ReadOnlySpan<byte> text, out double number) =>
        Utf8Parser.TryParse(text, out number, out var used) && used == text.Length && double.IsFinite(number);
}
