using System.Globalization;

namespace Nightjar.Scenarios.Reading;

/// <summary>Times from the scenario's start as people write them: <c>+12.5</c> (seconds), <c>+90s</c>, <c>+1m30s</c>, <c>-1h</c>, <c>+250ms</c>.</summary>
internal static class Offsets
{
    private static readonly (string Unit, long Micros)[] Units =
        [("d", 86_400_000_000), ("h", 3_600_000_000), ("ms", 1000), ("us", 1), ("m", 60_000_000), ("s", 1_000_000)];

    /// <summary>Beyond this in either direction nothing is read.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromDays(400);

    /// <summary>Null when the text is no time with a sign.</summary>
    public static TimeSpan? Parse(string text)
    {
        if (text.Length < 2 || text[0] is not ('+' or '-')) return null;
        return Span(text[1..]) is { } span ? text[0] == '-' ? -span : span : null;
    }

    /// <summary>A length of time without a sign; null when the text is none. A bare number counts seconds.</summary>
    public static TimeSpan? Span(string text)
    {
        decimal micros = 0;
        for (var rest = text.AsSpan(); ;)
        {
            var digits = rest.IndexOfAnyExcept("0123456789.");
            if (digits < 0) digits = rest.Length;
            if (digits is 0 or > 12 || !decimal.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return null;
            rest = rest[digits..];
            if (rest.IsEmpty && digits < text.Length) return null;
            var unit = rest.IsEmpty ? ("s", 1_000_000) : UnitOf(rest);
            if (unit is not { } known) return null;
            micros += number * known.Micros;
            rest = rest[Math.Min(known.Unit.Length, rest.Length)..];
            if (rest.IsEmpty) break;
        }
        return micros <= Limit.Ticks / TimeSpan.TicksPerMicrosecond ? TimeSpan.FromMicroseconds((long)Math.Round(micros)) : null;
    }

    /// <summary>The shortest way to write a time with its sign.</summary>
    public static string Write(TimeSpan offset) => (offset < TimeSpan.Zero ? "-" : "+") + WriteSpan(offset.Duration());

    /// <summary>The shortest way to write a length of time.</summary>
    public static string WriteSpan(TimeSpan span)
    {
        var micros = span.Ticks / TimeSpan.TicksPerMicrosecond;
        var text = "";
        foreach (var (unit, size) in new[] { ("d", 86_400_000_000L), ("h", 3_600_000_000L), ("m", 60_000_000L) })
        {
            if (micros < size) continue;
            text += string.Create(CultureInfo.InvariantCulture, $"{micros / size}{unit}");
            micros %= size;
        }
        return micros > 0 || text.Length == 0 ? string.Create(CultureInfo.InvariantCulture, $"{text}{micros / 1e6m:0.######}s") : text;
    }

    private static (string Unit, long Micros)? UnitOf(ReadOnlySpan<char> text)
    {
        foreach (var unit in Units)
        {
            if (text.StartsWith(unit.Unit, StringComparison.Ordinal)) return unit;
        }
        return null;
    }
}
