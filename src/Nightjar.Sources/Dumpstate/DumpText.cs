using System.Buffers.Text;

namespace Nightjar.Sources.Dumpstate;

/// <summary>Parts of a dump's lines.</summary>
internal static class DumpText
{
    /// <summary>The value behind a key such as <c>type=</c>, quoted or up to the next blank. The first counts: what apps choose stands behind.</summary>
    public static ReadOnlySpan<byte> Value(ReadOnlySpan<byte> line, ReadOnlySpan<byte> key)
    {
        for (var from = 0; from < line.Length;)
        {
            var at = line[from..].IndexOf(key);
            if (at < 0) return default;
            at += from;
            if (at == 0 || line[at - 1] is (byte)' ' or (byte)'\t' or (byte)'[') return ValueAt(line[(at + key.Length)..]);
            from = at + key.Length;
        }
        return default;
    }

    /// <summary>A whole number behind a key.</summary>
    public static bool TryNumber(ReadOnlySpan<byte> line, ReadOnlySpan<byte> key, out long number)
    {
        var text = Value(line, key);
        return Utf8Parser.TryParse(text, out number, out var used) && used == text.Length;
    }

    /// <summary>The text between two others, the first of which the line must hold; to the end when the second is missing.</summary>
    public static ReadOnlySpan<byte> Between(ReadOnlySpan<byte> line, ReadOnlySpan<byte> before, ReadOnlySpan<byte> after)
    {
        var at = line.IndexOf(before);
        if (at < 0) return default;
        line = line[(at + before.Length)..];
        var end = line.IndexOf(after);
        return end < 0 ? line : line[..end];
    }

    private static ReadOnlySpan<byte> ValueAt(ReadOnlySpan<byte> text)
    {
        var isQuoted = !text.IsEmpty && text[0] == (byte)'"';
        if (isQuoted) text = text[1..];
        var end = isQuoted ? text.IndexOf((byte)'"') : text.IndexOf((byte)' ');
        return end < 0 ? text : text[..end];
    }
}
