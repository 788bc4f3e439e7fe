using System.Globalization;
using Nightjar.Events;

namespace Nightjar.Sources.Mapping.Plan;

/// <summary>What a number of a field counts.</summary>
internal enum Quantity : byte
{
    None,
    Bytes,
    Millis,
}

/// <summary>A unit in which a source counts, by what it makes of one: bytes or milliseconds.</summary>
internal sealed record Unit(string Name, Quantity Quantity, double Factor)
{
    public static IReadOnlyList<Unit> All { get; } =
    [
        new("B", Quantity.Bytes, 1), new("KB", Quantity.Bytes, 1e3), new("MB", Quantity.Bytes, 1e6), new("GB", Quantity.Bytes, 1e9),
        new("KiB", Quantity.Bytes, 1 << 10), new("MiB", Quantity.Bytes, 1 << 20), new("GiB", Quantity.Bytes, 1 << 30),
        new("ns", Quantity.Millis, 1e-6), new("us", Quantity.Millis, 1e-3), new("ms", Quantity.Millis, 1), new("s", Quantity.Millis, 1e3),
        new("min", Quantity.Millis, 6e4), new("h", Quantity.Millis, 3.6e6),
    ];

    /// <summary>What a field counts.</summary>
    public static Quantity Of(FieldId field) => field switch
    {
        FieldId.BytesIn or FieldId.BytesOut or FieldId.FileSize => Quantity.Bytes,
        FieldId.DurationMillis => Quantity.Millis,
        _ => Quantity.None,
    };
}

/// <summary>Numbers of a source as whole numbers of a field.</summary>
internal static class NumberText
{
    // Up to here a double holds every whole number.
    private const double Exact = 9_007_199_254_740_992;

    /// <summary>Reads a number and multiplies it; false when it is none or the product is beyond 64 bits.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, double factor, out long value)
    {
        text = text.Trim(" \t"u8);
        if (factor == 1 && OcsfNdjson.WholeNumber.TryRead(text, out value)) return true;
        value = 0;
        if (text.Length > 64 || !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return false;
        number = Math.Round(number * factor, MidpointRounding.AwayFromZero);
        if (!(Math.Abs(number) <= Exact)) return false;
        value = (long)number;
        return true;
    }

    /// <summary>The range in which the numbers of a field make sense.</summary>
    public static (long Min, long Max) RangeOf(FieldId field) => field switch
    {
        FieldId.DstPort or FieldId.SrcPort => (0, ushort.MaxValue),
        FieldId.ActivityId => (0, 99),
        FieldId.BytesIn or FieldId.BytesOut or FieldId.FileSize or FieldId.Count or FieldId.DurationMillis or FieldId.ProcessId => (0, long.MaxValue),
        _ => (long.MinValue, long.MaxValue),
    };
}
