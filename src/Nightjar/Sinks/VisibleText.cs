using System.Globalization;
using System.Text;

namespace Nightjar.Sinks;

/// <summary>Text of the input, made fit to show to people: what would not be seen, or would change what is seen beside it, is written out.</summary>
/// <remarks>App labels, paths and host names are chosen by whoever is looked at. A terminal escape could hide a line of the report,
/// a bidi override could turn <c>exe.jpg</c> round, a zero-width space could make two names look the same.</remarks>
public static class VisibleText
{
    private const int MaxCombining = 4;

    /// <summary>The text with every control, format, bidi, invisible and unpaired character as <c>\u{202E}</c> (line end <c>\n</c>, tab <c>\t</c>).</summary>
    /// <param name="text">Any text; null reads as empty.</param>
    /// <param name="limit">The most characters of the text that are shown; the number of those left out is stated.</param>
    public static string Of(string? text, int limit = int.MaxValue)
    {
        if (string.IsNullOrEmpty(text)) return "";
        var cut = text.Length > limit ? Boundary(text, limit) : text.Length;
        if (cut == text.Length && IsPlain(text)) return text;
        var shown = new StringBuilder(cut + 16);
        var combining = 0;
        for (var i = 0; i < cut;)
        {
            if (Rune.DecodeFromUtf16(text.AsSpan(i, cut - i), out var rune, out var used) != System.Buffers.OperationStatus.Done)
                Escape(shown, text[i]);
            else
                Append(shown, rune, ref combining);
            i += used;
        }
        if (cut < text.Length) shown.Append(CultureInfo.InvariantCulture, $"… ({text.Length - cut:N0} more characters)");
        return shown.ToString();
    }

    /// <summary>True for a character that has no place in a line shown to people.</summary>
    internal static bool IsUnseen(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse => true,
        UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        UnicodeCategory.SpaceSeparator => rune.Value != ' ',
        // Letters and signs that are drawn as nothing: Hangul fillers, the empty braille cell, the Khmer inherent vowels.
        _ => rune.Value is 0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2800 or 0x17B4 or 0x17B5 or (>= 0xFE00 and <= 0xFE0D) or (>= 0xE0000 and <= 0xE0FFF),
    };

    private static bool IsPlain(string text) => !text.AsSpan().ContainsAnyExceptInRange(' ', '~');

    private static void Append(StringBuilder shown, Rune rune, ref int combining)
    {
        // Hundreds of marks over one letter would be painted over the lines above.
        var isMark = Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;
        combining = isMark ? combining + 1 : 0;
        if (IsUnseen(rune) || combining > MaxCombining) Escape(shown, rune.Value);
        else shown.Append(rune.ToString());
    }

    private static void Escape(StringBuilder shown, int value)
    {
        if (value == '\n') shown.Append("\\n");
        else if (value == '\r') shown.Append("\\r");
        else if (value == '\t') shown.Append("\\t");
        else shown.Append(CultureInfo.InvariantCulture, $"\\u{{{value:X4}}}");
    }

    private static int Boundary(string text, int limit) => limit > 0 && char.IsHighSurrogate(text[limit - 1]) ? limit - 1 : limit;
}
