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

    /// <summary>True when a text spells a number.</summary>
    public static bool IsNumber(ReadOnlySpan<byte> text) =>
        !text.IsEmpty && text.Length <= 64 && !text.ContainsAnyExcept("0123456789+-.eE"u8) && TryDouble(text, out _);

    private static bool TryDouble(ReadOnlySpan<byte> number, out double value) =>
        double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
}
