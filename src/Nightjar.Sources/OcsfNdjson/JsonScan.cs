using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nightjar.Sources.OcsfNdjson;

/// <summary>The grammar of JSON (RFC 8259) over the bytes of a line. Strict, and without exceptions: a broken line costs no more than a whole one.</summary>
/// <remarks>Each method moves <c>at</c> behind what it took; where it returns false, <c>at</c> is near what is wrong.</remarks>
internal static class JsonScan
{
    /// <summary>The byte there, or 0 at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte Peek(ReadOnlySpan<byte> line, int at) => (uint)at < (uint)line.Length ? line[at] : (byte)0;

    /// <summary>Moves over white space and returns the byte behind it, 0 at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte Space(ReadOnlySpan<byte> line, ref int at)
    {
        var next = Peek(line, at);
        while (next is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') next = Peek(line, ++at);
        return next;
    }

    /// <summary>Takes a string from its first quote on.</summary>
    /// <param name="line">The line.</param>
    /// <param name="at">At the first quote; then behind the last.</param>
    /// <param name="body">What stands between the quotes.</param>
    /// <param name="isEscaped">True when escapes stand in it.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool String(ReadOnlySpan<byte> line, ref int at, out ReadOnlySpan<byte> body, out bool isEscaped)
    {
        var start = ++at;
        isEscaped = false;
        at += PlainLength(line[at..]);
        if (Peek(line, at) != (byte)'"' && !Escaped(line, ref at, out isEscaped))
        {
            body = default;
            return false;
        }
        body = line[start..at];
        at++;
        return true;
    }

    /// <summary>Takes a number.</summary>
    public static bool Number(ReadOnlySpan<byte> line, ref int at)
    {
        if (line[at] == (byte)'-') at++;
        if (Peek(line, at) == (byte)'0') at++;
        else if (!Digits(line, ref at)) return false;
        if (Peek(line, at) == (byte)'.')
        {
            at++;
            if (!Digits(line, ref at)) return false;
        }
        if (Peek(line, at) is not ((byte)'e' or (byte)'E')) return true;
        at++;
        if (Peek(line, at) is (byte)'+' or (byte)'-') at++;
        return Digits(line, ref at);
    }

    /// <summary>Takes one of the three words.</summary>
    public static bool Word(ReadOnlySpan<byte> line, ref int at, ReadOnlySpan<byte> word)
    {
        if (!line[at..].StartsWith(word)) return false;
        at += word.Length;
        return true;
    }

    /// <summary>Takes any value and looks at nothing in it but its form.</summary>
    /// <param name="line">The line.</param>
    /// <param name="at">At the first byte of the value.</param>
    /// <param name="levels">How many levels it may nest.</param>
    public static bool Value(ReadOnlySpan<byte> line, ref int at, int levels) => Peek(line, at) switch
    {
        (byte)'"' => String(line, ref at, out _, out _),
        (byte)'{' => levels > 0 && Object(line, ref at, levels - 1),
        (byte)'[' => levels > 0 && Array(line, ref at, levels - 1),
        (byte)'t' => Word(line, ref at, "true"u8),
        (byte)'f' => Word(line, ref at, "false"u8),
        (byte)'n' => Word(line, ref at, "null"u8),
        (byte)'-' or (>= (byte)'0' and <= (byte)'9') => Number(line, ref at),
        _ => false,
    };

    private static bool Object(ReadOnlySpan<byte> line, ref int at, int levels)
    {
        at++;
        if (Space(line, ref at) == (byte)'}')
        {
            at++;
            return true;
        }
        while (Space(line, ref at) == (byte)'"' && String(line, ref at, out _, out _) && Space(line, ref at) == (byte)':')
        {
            at++;
            Space(line, ref at);
            if (!Value(line, ref at, levels)) return false;
            var next = Space(line, ref at);
            at++;
            if (next == (byte)'}') return true;
            if (next != (byte)',') return false;
        }
        return false;
    }

    private static bool Array(ReadOnlySpan<byte> line, ref int at, int levels)
    {
        at++;
        if (Space(line, ref at) == (byte)']')
        {
            at++;
            return true;
        }
        while (true)
        {
            Space(line, ref at);
            if (!Value(line, ref at, levels)) return false;
            var next = Space(line, ref at);
            at++;
            if (next == (byte)']') return true;
            if (next != (byte)',') return false;
        }
    }

    private static bool Digits(ReadOnlySpan<byte> line, ref int at)
    {
        var start = at;
        while (Peek(line, at) is >= (byte)'0' and <= (byte)'9') at++;
        return at > start;
    }

    // From the first byte that is not plain on, up to the last quote.
    private static bool Escaped(ReadOnlySpan<byte> line, ref int at, out bool isEscaped)
    {
        isEscaped = true;
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
                    return false;
            }
            at += PlainLength(line[at..]);
        }
        return Peek(line, at) == (byte)'"';
    }

    private static bool IsHex(ReadOnlySpan<byte> line, int at) =>
        line.Length - at >= 4 && char.IsAsciiHexDigit((char)line[at]) && char.IsAsciiHexDigit((char)line[at + 1])
        && char.IsAsciiHexDigit((char)line[at + 2]) && char.IsAsciiHexDigit((char)line[at + 3]);

    // How many bytes stand before a quote, a backslash or a control character; sixteen at a time.
    private static int PlainLength(ReadOnlySpan<byte> text)
    {
        var length = 0;
        while (text.Length - length >= Vector128<byte>.Count)
        {
            var bytes = Vector128.Create(text[length..]);
            var special = Vector128.Equals(bytes, Vector128.Create((byte)'"')) | Vector128.Equals(bytes, Vector128.Create((byte)'\\'))
                | Vector128.LessThan(bytes, Vector128.Create((byte)' '));
            if (special != default) return length + BitOperations.TrailingZeroCount(special.ExtractMostSignificantBits());
            length += Vector128<byte>.Count;
        }
        while (length < text.Length && text[length] is not ((byte)'"' or (byte)'\\' or < (byte)' ')) length++;
        return length;
    }
}
