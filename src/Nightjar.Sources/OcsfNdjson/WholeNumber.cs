using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;

namespace Nightjar.Sources.OcsfNdjson;

/// <summary>Whole numbers as JSON may write them.</summary>
internal static class WholeNumber
{
    // Up to here a double holds every whole number.
    private const double Exact = 9_007_199_254_740_992;

    /// <summary>Reads <c>12</c>, and also <c>12.0</c> and <c>1.2e1</c>, which are the same number.</summary>
    public static bool TryRead(ReadOnlySpan<byte> number, out long value)
    {
        if (Utf8Parser.TryParse(number, out value, out var used) && used == number.Length) return true;
        value = 0;
        if (!number.ContainsAny(".eE"u8) || !TryDouble(number, out var real)) return false;
        if (Math.Abs(real) > Exact || real != Math.Floor(real)) return false;
        value = (long)real;
        return true;
    }

    /// <summary>The value of up to 16 digits, eight at a time.</summary>
    public static long OfDigits(ReadOnlySpan<byte> line, int start, int end)
    {
        var length = end - start;
        if (start < 8) return Utf8Parser.TryParse(line[start..end], out long value, out _) ? value : 0;
        var low = EightDigits(line, end, Math.Min(length, 8));
        return length <= 8 ? low : low + 100_000_000 * EightDigits(line, end - 8, length - 8);
    }

    // Of the eight bytes before the end the last ones count. Neighbours are joined to numbers of two digits, these to four, these to eight.
    private static long EightDigits(ReadOnlySpan<byte> line, int end, int length)
    {
        var digits = BinaryPrimitives.ReadUInt64LittleEndian(line[(end - 8)..]) & 0x0F0F_0F0F_0F0F_0F0F & ulong.MaxValue << 64 - length * 8;
        digits = digits * 10 + (digits >> 8) & 0x00FF_00FF_00FF_00FF;
        digits = digits * 100 + (digits >> 16) & 0x0000_FFFF_0000_FFFF;
        return (long)(digits * 10_000 + (digits >> 32) & 0xFFFF_FFFF);
    }

    /// <summary>True when a text spells a number.</summary>
    public static bool IsNumber(ReadOnlySpan<byte> text) =>
        !text.IsEmpty && text.Length <= 64 && !text.ContainsAnyExcept("0123456789+-.eE"u8) && TryDouble(text, out _);

    private static bool TryDouble(ReadOnlySpan<byte> number, out double value) =>
        double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
}
