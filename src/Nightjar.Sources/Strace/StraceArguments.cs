using System.Buffers.Text;

namespace Nightjar.Sources.Strace;

/// <summary>The arguments of a call as the tracer prints them: numbers, flags, quoted texts, structures.</summary>
internal static class StraceArguments
{
    private const byte Quote = (byte)'"';

    /// <summary>Where the bracket that closes the arguments stands; −1 when it is missing.</summary>
    public static int End(ReadOnlySpan<byte> text)
    {
        var depth = 0;
        for (var at = 0; at < text.Length; at++)
        {
            var c = text[at];
            if (c == Quote) at = EndOfQuote(text, at);
            else if (IsPathNote(text, at)) at = EndOfNote(text, at);
            else if (c is (byte)'(' or (byte)'[' or (byte)'{') depth++;
            else if (c == (byte)')' && depth == 0) return at;
            else if (c is (byte)')' or (byte)']' or (byte)'}') depth--;
        }
        return -1;
    }

    /// <summary>Finds the arguments; those beyond the room given are left out.</summary>
    public static int Split(ReadOnlySpan<byte> text, Span<Range> arguments)
    {
        int count = 0, start = 0, depth = 0;
        for (var at = 0; at < text.Length && count < arguments.Length; at++)
        {
            var c = text[at];
            if (c == Quote) at = EndOfQuote(text, at);
            else if (IsPathNote(text, at)) at = EndOfNote(text, at);
            else if (c is (byte)'(' or (byte)'[' or (byte)'{') depth++;
            else if (c is (byte)')' or (byte)']' or (byte)'}') depth--;
            else if (c == (byte)',' && depth == 0)
            {
                arguments[count++] = start..at;
                start = at + 1;
            }
        }
        if (count < arguments.Length && start < text.Length) arguments[count++] = start..text.Length;
        return count;
    }

    /// <summary>Resolves a quoted text into bytes.</summary>
    /// <param name="argument">The argument, quotes included.</param>
    /// <param name="to">At least as long as the argument.</param>
    /// <returns>The length written; −1 when the argument is no quoted text.</returns>
    public static int Decode(ReadOnlySpan<byte> argument, Span<byte> to)
    {
        argument = argument.Trim((byte)' ');
        if (argument.Length < 2 || argument[0] != Quote) return -1;
        var length = 0;
        for (var at = 1; at < argument.Length && argument[at] != Quote; at++)
        {
            if (argument[at] != (byte)'\\' || at + 1 == argument.Length) to[length++] = argument[at];
            else to[length++] = Escape(argument, ref at);
        }
        return length;
    }

    /// <summary>A file descriptor, and the path that the tracer notes with it: <c>5&lt;/data/x&gt;</c>.</summary>
    public static bool TryDescriptor(ReadOnlySpan<byte> argument, out int descriptor, out ReadOnlySpan<byte> path)
    {
        path = default;
        argument = argument.Trim((byte)' ');
        if (!Utf8Parser.TryParse(argument, out descriptor, out var used) || descriptor < 0) return false;
        var note = argument[used..];
        if (note.Length > 2 && note[0] == (byte)'<' && note[^1] == (byte)'>') path = note[1..^1];
        return note.IsEmpty || note[0] is (byte)'<' or (byte)' ';
    }

    private static byte Escape(ReadOnlySpan<byte> text, ref int at)
    {
        var c = text[++at];
        if (c is >= (byte)'0' and <= (byte)'7') return Octal(text, ref at);
        if (c == (byte)'x' && at + 2 < text.Length && Utf8Parser.TryParse(text.Slice(at + 1, 2), out byte value, out var used, 'x') && used == 2)
        {
            at += 2;
            return value;
        }
        return c switch
        {
            (byte)'n' => (byte)'\n',
            (byte)'t' => (byte)'\t',
            (byte)'r' => (byte)'\r',
            (byte)'f' => (byte)'\f',
            (byte)'v' => (byte)'\v',
            (byte)'a' => 7,
            (byte)'b' => 8,
            _ => c,
        };
    }

    private static byte Octal(ReadOnlySpan<byte> text, ref int at)
    {
        var value = 0;
        var digits = 0;
        for (; digits < 3 && at < text.Length && text[at] is >= (byte)'0' and <= (byte)'7'; digits++, at++) value = value * 8 + text[at] - '0';
        at--;
        return (byte)value;
    }

    private static int EndOfQuote(ReadOnlySpan<byte> text, int at)
    {
        for (at++; at < text.Length && text[at] != Quote; at++)
            if (text[at] == (byte)'\\') at++;
        return Math.Min(at, text.Length - 1);
    }

    // "<" behind a descriptor begins the path that it stands for.
    private static bool IsPathNote(ReadOnlySpan<byte> text, int at) =>
        text[at] == (byte)'<' && at > 0 && (char.IsAsciiDigit((char)text[at - 1]) || text[at - 1] == (byte)'D');

    private static int EndOfNote(ReadOnlySpan<byte> text, int at)
    {
        var end = text[at..].IndexOf((byte)'>');
        return end < 0 ? text.Length - 1 : at + end;
    }
}
