using System.Text;

namespace Nightjar.Sources.Zeek;

/// <summary>Undoes the escapes that Zeek writes in columns.</summary>
/// <remarks>What is no printable text stays escaped (<c>\x07</c>), as Zeek leaves it in JSON too, so that both forms of a log give the same value.</remarks>
internal static class ZeekText
{
    /// <summary>Writes the text without its escapes and returns its length, never more than <paramref name="text"/> has.</summary>
    public static int Unescape(ReadOnlySpan<byte> text, Span<byte> to)
    {
        var length = 0;
        while (!text.IsEmpty)
        {
            var plain = text.IndexOf((byte)'\\');
            if (plain < 0) plain = text.Length;
            text[..plain].CopyTo(to[length..]);
            length += plain;
            text = text[plain..];
            if (!text.IsEmpty) text = text[One(text, to, ref length)..];
        }
        return length;
    }

    /// <summary>The bytes that a separator or mark of a header stands for; at most eight.</summary>
    public static byte[] Header(ReadOnlySpan<byte> text)
    {
        Span<byte> bytes = stackalloc byte[8];
        var length = 0;
        while (!text.IsEmpty && length < bytes.Length)
        {
            var escaped = TryHex(text, out var value);
            bytes[length++] = escaped ? value : text[0];
            text = text[(escaped ? 4 : 1)..];
        }
        return bytes[..length].ToArray();
    }

    // One escape: its decoded form when that is printable, else as it stands. Returns what was taken of the text.
    private static int One(ReadOnlySpan<byte> text, Span<byte> to, ref int length)
    {
        if (text.StartsWith("\\\\"u8))
        {
            to[length++] = (byte)'\\';
            return 2;
        }
        if (!TryHex(text, out var first))
        {
            to[length++] = text[0];
            return 1;
        }
        if (first is >= 0x20 and < 0x7F)
        {
            to[length++] = first;
            return 4;
        }
        var taken = first < 0x80 ? 0 : Character(text, to, ref length);
        if (taken > 0) return taken;
        text[..4].CopyTo(to[length..]);
        length += 4;
        return 4;
    }

    // A character of several bytes, each escaped.
    private static int Character(ReadOnlySpan<byte> text, Span<byte> to, ref int length)
    {
        Span<byte> bytes = stackalloc byte[4];
        var count = 0;
        while (count < bytes.Length && TryHex(text[(count * 4)..], out var value) && value >= 0x80) bytes[count++] = value;
        if (Rune.DecodeFromUtf8(bytes[..count], out _, out var consumed) != System.Buffers.OperationStatus.Done) return 0;
        bytes[..consumed].CopyTo(to[length..]);
        length += consumed;
        return consumed * 4;
    }

    private static bool TryHex(ReadOnlySpan<byte> text, out byte value)
    {
        value = 0;
        if (text.Length < 4 || text[0] != (byte)'\\' || text[1] != (byte)'x') return false;
        var (high, low) = (Digit(text[2]), Digit(text[3]));
        value = (byte)(high << 4 | low & 15);
        return high >= 0 && low >= 0;
    }

    private static int Digit(byte c) => c switch
    {
        >= (byte)'0' and <= (byte)'9' => c - '0',
        >= (byte)'a' and <= (byte)'f' => c - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => c - 'A' + 10,
        _ => -1,
    };
}
