using System.Globalization;

namespace Nightjar.Analytics.Tuning;

/// <summary>Durations and sizes as people write them.</summary>
internal static class Quantity
{
    private static readonly (string Unit, double Seconds)[] Durations =
        [("us", 1e-6), ("ms", 1e-3), ("s", 1), ("m", 60), ("h", 3600), ("d", 86_400)];

    private static readonly (string Unit, double Bytes)[] Sizes =
        [("KiB", 1024), ("MiB", 1_048_576), ("GiB", 1_073_741_824), ("KB", 1e3), ("MB", 1e6), ("GB", 1e9), ("B", 1)];

    /// <summary>Null when the text is no duration. A bare number is none: its unit would be a guess.</summary>
    public static TimeSpan? Duration(string text) =>
        Read(text, Durations) is { } seconds && seconds < 1e9 ? TimeSpan.FromMicroseconds(Math.Round(seconds * 1e6)) : null;

    /// <summary>Null when the text is no size. A bare number counts bytes.</summary>
    public static double? Bytes(string text) => Number(text) ?? Read(text, Sizes);

    /// <summary>Null when the text is no finite number.</summary>
    public static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    /// <summary>The shortest way to write a duration.</summary>
    public static string Write(TimeSpan span)
    {
        foreach (var (unit, seconds) in Durations.Reverse())
        {
            var count = span.TotalMicroseconds / (seconds * 1e6);
            if (count >= 1 && count == Math.Floor(count)) return count.ToString(CultureInfo.InvariantCulture) + unit;
        }
        return "0s";
    }

    /// <summary>The shortest way to write a size.</summary>
    public static string Write(double bytes)
    {
        foreach (var unit in new[] { "GiB", "MiB", "KiB", "GB", "MB", "KB" })
        {
            var count = bytes / Sizes.First(size => size.Unit == unit).Bytes;
            if (count >= 1 && count == Math.Floor(count)) return string.Create(CultureInfo.InvariantCulture, $"{count}{unit}");
        }
        return bytes.ToString(CultureInfo.InvariantCulture);
    }

    private static double? Read(string text, (string Unit, double Factor)[] units)
    {
        text = text.Trim();
        var digits = text.TakeWhile(c => char.IsAsciiDigit(c) || c == '.').Count();
        var unit = text[digits..].Trim();
        foreach (var (name, factor) in units)
        {
            if (name == unit && Number(text[..digits]) is { } number) return number * factor;
        }
        return null;
    }
}
