using System.Buffers.Text;
using Nightjar.Events;

namespace Nightjar.Sources.Android;

/// <summary>Spans as Android's dumps write them: <c>-1d2h3m4s5ms</c>, <c>+15m0s0ms</c>, <c>0</c>.</summary>
internal static class ElapsedText
{
    private const int MaxUnits = 6;

    // A hundred years; more is no span between two moments of a phone's life.
    private const long Longest = 36_525L * 86_400 * Instant.PerSecond;

    private enum Unit
    {
        None,
        Day,
        Hour,
        Minute,
        Second,
        Milli,
    }

    /// <summary>Reads the span at the beginning of a text; what follows it must not be part of a word.</summary>
    /// <returns>The bytes read; 0 when the text begins with no span.</returns>
    public static int Read(ReadOnlySpan<byte> text, out TimeSpan span)
    {
        span = default;
        var at = 0;
        var isNegative = !text.IsEmpty && text[0] == (byte)'-';
        if (isNegative || !text.IsEmpty && text[0] == (byte)'+') at++;
        Int128 micros = 0;
        var last = Unit.None;
        for (var units = 0; units < MaxUnits; units++)
        {
            var number = text[at..];
            if (number.IsEmpty || !char.IsAsciiDigit((char)number[0]) || !Utf8Parser.TryParse(number, out long value, out var used)) break;
            var unit = UnitAt(number[used..], out var length);
            if (unit == Unit.None) return units == 0 && value == 0 && IsEnd(number[used..]) ? at + used : 0;
            if (unit <= last) return 0;
            last = unit;
            micros += (Int128)value * Micros(unit);
            at += used + length;
        }
        if (last == Unit.None || micros > Longest || !IsEnd(text[at..])) return 0;
        span = TimeSpan.FromMicroseconds((long)(isNegative ? -micros : micros));
        return at;
    }

    private static bool IsEnd(ReadOnlySpan<byte> text) => text.IsEmpty || !char.IsAsciiLetterOrDigit((char)text[0]);

    private static Unit UnitAt(ReadOnlySpan<byte> text, out int length)
    {
        length = text.StartsWith("ms"u8) ? 2 : 1;
        if (length == 2) return Unit.Milli;
        return (text.IsEmpty ? (byte)0 : text[0]) switch
        {
            (byte)'d' => Unit.Day,
            (byte)'h' => Unit.Hour,
            (byte)'m' => Unit.Minute,
            (byte)'s' => Unit.Second,
            _ => Unit.None,
        };
    }

    private static long Micros(Unit unit) => unit switch
    {
        Unit.Day => 86_400 * Instant.PerSecond,
        Unit.Hour => 3_600 * Instant.PerSecond,
        Unit.Minute => 60 * Instant.PerSecond,
        Unit.Second => Instant.PerSecond,
        _ => 1_000,
    };
}
