using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nightjar.Sources.OcsfNdjson;

/// <summary>The grammar of JSON (RFC 8259) over the bytes of a line. Strict, and without exceptions: a broken line costs no more than a whole one.</summary>
/// <remarks>Each method takes something from a place on and returns the place behind it; where it cannot, the complement (<c>~</c>) of the place near what is
/// wrong, which is negative. Places are returned, not referred to, so that they stay in registers.</remarks>
internal static class JsonScan
{
    /// <summary>The byte there, or 0 at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte Peek(ReadOnlySpan<byte> line, int at) => (uint)at < (uint)line.Length ? line[at] : (byte)0;

    /// <summary>Moves over white space.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Space(ReadOnlySpan<byte> line, int at) => Peek(line, at) > (byte)' ' ? at : LongSpace(line, at);

    /// <summary>Takes a string from its first quote on.</summary>
    /// <param name="line">The line.</param>
    /// <param name="at">At the first quote.</param>
    /// <param name="body">What stands between the quotes.</param>
    /// <param name="isEscaped">True when escapes stand in it.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int String(ReadOnlySpan<byte> line, int at, out ReadOnlySpan<byte> body, out bool isEscaped)
    {
        var end = ++at + PlainLength(line[at..]);
        isEscaped = false;
        if (Peek(line, end) != (byte)'"') return LongString(line, at, end, out body, out isEscaped);
        body = line[at..end];
        return end + 1;
    }

    /// <summary>Takes a whole number of up to 18 digits, written plainly. Negative where it is something else: <see cref="Number"/> knows all forms.</summary>
    /// <remarks>Nearly every number is one of these; to take its value while its form is looked at saves a second reading.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Integer(ReadOnlySpan<byte> line, int at, out long value)
    {
        value = 0;
        var end = at;
        uint digit;
        for (; (digit = (uint)Peek(line, end) - '0') <= 9; end++) value = unchecked(value * 10 + digit);
        var length = end - at;
        return length is 0 or > 18 || length > 1 && line[at] == (byte)'0' || Peek(line, end) is (byte)'.' or (byte)'e' or (byte)'E' ? ~at : end;
    }

    /// <summary>Takes a number.</summary>
    public static int Number(ReadOnlySpan<byte> line, int at)
    {
        if (line[at] == (byte)'-') at++;
        at = Peek(line, at) == (byte)'0' ? at + 1 : Digits(line, at);
        if (at >= 0 && Peek(line, at) == (byte)'.') at = Digits(line, at + 1);
        if (at < 0 || Peek(line, at) is not ((byte)'e' or (byte)'E')) return at;
        at++;
        return Digits(line, Peek(line, at) is (byte)'+' or (byte)'-' ? at + 1 : at);
    }

    /// <summary>Takes one of the three words.</summary>
    public static int Word(ReadOnlySpan<byte> line, int at, ReadOnlySpan<byte> word) => line[at..].StartsWith(word) ? at + word.Length : ~at;

    /// <summary>Takes any value and looks at nothing in it but its form.</summary>
    /// <param name="line">The line.</param>
    /// <param name="at">At the first byte of the value.</param>
    /// <param name="levels">How many levels it may nest.</param>
    public static int Value(ReadOnlySpan<byte> line, int at, int levels) => Peek(line, at) switch
    {
        (byte)'"' => String(line, at, out _, out _),
        (byte)'{' => levels > 0 ? Object(line, at, levels - 1) : ~at,
        (byte)'[' => levels > 0 ? Array(line, at, levels - 1) : ~at,
        (byte)'t' => Word(line, at, "true"u8),
        (byte)'f' => Word(line, at, "false"u8),
        (byte)'n' => Word(line, at, "null"u8),
        (byte)'-' or (>= (byte)'0' and <= (byte)'9') => Number(line, at),
        _ => ~at,
    };

    private static int Object(ReadOnlySpan<byte> line, int at, int levels)
    {
        at = Space(line, at + 1);
        if (Peek(line, at) == (byte)'}') return at + 1;
        while (Peek(line, at) == (byte)'"')
        {
            at = String(line, at, out _, out _);
            if (at < 0) return at;
            at = Space(line, at);
            if (Peek(line, at) != (byte)':') return ~at;
            at = Value(line, Space(line, at + 1), levels);
            if (at < 0) return at;
            at = Space(line, at);
            var next = Peek(line, at++);
            if (next == (byte)'}') return at;
            if (next != (byte)',') return ~at;
            at = Space(line, at);
        }
        return ~at;
    }

    private static int Array(ReadOnlySpan<byte> line, int at, int levels)
    {
        at = Space(line, at + 1);
        if (Peek(line, at) == (byte)']') return at + 1;
        while (true)
        {
            at = Value(line, Space(line, at), levels);
            if (at < 0) return at;
            at = Space(line, at);
            var next = Peek(line, at++);
            if (next == (byte)']') return at;
            if (next != (byte)',') return ~at;
        }
    }

    private static int LongSpace(ReadOnlySpan<byte> line, int at)
    {
        while (Peek(line, at) is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') at++;
        return at;
    }

    private static int Digits(ReadOnlySpan<byte> line, int at)
    {
        var start = at;
        while (Peek(line, at) is >= (byte)'0' and <= (byte)'9') at++;
        return at > start ? at : ~at;
    }

    private static int LongString(ReadOnlySpan<byte> line, int start, int at, out ReadOnlySpan<byte> body, out bool isEscaped)
    {
        isEscaped = Peek(line, at) == (byte)'\\';
        if (isEscaped) at = Escaped(line, at);
        if (at >= 0 && Peek(line, at) != (byte)'"') at = ~at;
        body = at < 0 ? default : line[start..at];
        return at < 0 ? at : at + 1;
    }

    // From the first backslash on, up to what is neither plain nor an escape.
    private static int Escaped(ReadOnlySpan<byte> line, int at)
    {
        while (Peek(line, at) == (byte)'\\')
        {
            switch (Peek(line, at + 1))
            {
                case (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t':
                    at += 2;
                    break;
                case (byte)'u' when IsHex(line, at + 2):
                    at += 6;
                    break;
                default:
                    return ~at;
            }
            at += PlainLength(line[at..]);
        }
        return at;
    }

    private static bool IsHex(ReadOnlySpan<byte> line, int at) =>
        line.Length - at >= 4 && char.IsAsciiHexDigit((char)line[at]) && char.IsAsciiHexDigit((char)line[at + 1])
        && char.IsAsciiHexDigit((char)line[at + 2]) && char.IsAsciiHexDigit((char)line[at + 3]);

    /// <summary>How many bytes stand before a quote, a backslash or a control character; 32 or 16 at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int PlainLength(ReadOnlySpan<byte> text)
    {
        if (Vector256.IsHardwareAccelerated && text.Length >= Vector256<byte>.Count)
        {
            var special = SpecialIn(Vector256.Create(text));
            if (special != 0) return BitOperations.TrailingZeroCount(special);
        }
        return LongPlainLength(text);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static int LongPlainLength(ReadOnlySpan<byte> text)
    {
        var length = 0;
        for (; Vector256.IsHardwareAccelerated && text.Length - length >= Vector256<byte>.Count; length += Vector256<byte>.Count)
        {
            var special = SpecialIn(Vector256.Create(text[length..]));
            if (special != 0) return length + BitOperations.TrailingZeroCount(special);
        }
        for (; text.Length - length >= Vector128<byte>.Count; length += Vector128<byte>.Count)
        {
            var special = SpecialIn(Vector128.Create(text[length..]));
            if (special != 0) return length + BitOperations.TrailingZeroCount(special);
        }
        while (length < text.Length && text[length] is not ((byte)'"' or (byte)'\\' or < (byte)' ')) length++;
        return length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint SpecialIn(Vector256<byte> bytes) =>
        (Vector256.Equals(bytes, Vector256.Create((byte)'"')) | Vector256.Equals(bytes, Vector256.Create((byte)'\\'))
            | Vector256.LessThan(bytes, Vector256.Create((byte)' '))).ExtractMostSignificantBits();

    private static uint SpecialIn(Vector128<byte> bytes) =>
        (Vector128.Equals(bytes, Vector128.Create((byte)'"')) | Vector128.Equals(bytes, Vector128.Create((byte)'\\'))
            | Vector128.LessThan(bytes, Vector128.Create((byte)' '))).ExtractMostSignificantBits();
}
