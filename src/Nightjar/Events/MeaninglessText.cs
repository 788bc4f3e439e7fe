namespace Nightjar.Events;

/// <summary>Words that sources write where they know nothing. Read as absent.</summary>
public static class MeaninglessText
{
    /// <summary>True for the empty text, <c>-</c>, <c>(empty)</c>, <c>null</c>, <c>(null)</c>, <c>None</c>, <c>Unknown</c>, <c>N/A</c>, <c>undefined</c> and <c>&lt;private&gt;</c>, in any case.</summary>
    public static bool Is(ReadOnlySpan<byte> text) => text.Length switch
    {
        0 => true,
        1 => text[0] == (byte)'-',
        3 => Same(text, "n/a"u8),
        4 => Same(text, "null"u8) || Same(text, "none"u8),
        6 => Same(text, "(null)"u8),
        7 => Same(text, "(empty)"u8) || Same(text, "unknown"u8),
        9 => Same(text, "<private>"u8) || Same(text, "undefined"u8),
        _ => false,
    };

    /// <summary>As <see cref="Is(ReadOnlySpan{byte})"/>, for text already decoded.</summary>
    public static bool Is(string? text) => text is null || text.Length <= 9 && Is(System.Text.Encoding.UTF8.GetBytes(text));

    private static bool Same(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word) => System.Text.Ascii.EqualsIgnoreCase(text, word);
}
