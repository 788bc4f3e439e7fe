using System.Buffers.Text;

namespace Nightjar.Sources.UnifiedLog;

/// <summary>Takes messages apart. What is not there is empty.</summary>
internal static class MessageText
{
    /// <summary>What follows the first occurrence of a mark.</summary>
    public static ReadOnlySpan<byte> After(ReadOnlySpan<byte> text, ReadOnlySpan<byte> mark)
    {
        var at = text.IndexOf(mark);
        return at < 0 ? default : text[(at + mark.Length)..];
    }

    /// <summary>What stands before the first of some bytes, or all of it.</summary>
    public static ReadOnlySpan<byte> Until(ReadOnlySpan<byte> text, ReadOnlySpan<byte> ends)
    {
        var at = text.IndexOfAny(ends);
        return at < 0 ? text : text[..at];
    }

    /// <summary>The digits with which a text begins, as a number.</summary>
    public static bool TryNumber(ReadOnlySpan<byte> text, out long number) => Utf8Parser.TryParse(text, out number, out _) && number >= 0;

    /// <summary>True when a text has the form of a bundle id: letters, digits, dashes and underscores in at least two parts with dots between.</summary>
    public static bool IsBundle(ReadOnlySpan<byte> text)
    {
        if (text.Length is < 3 or > 155 || text[0] == (byte)'.' || text[^1] == (byte)'.' || !text.Contains((byte)'.')) return false;
        foreach (var c in text)
            if (!char.IsAsciiLetterOrDigit((char)c) && c is not ((byte)'.' or (byte)'-' or (byte)'_')) return false;
        return true;
    }
}
