using System.Globalization;
using System.Text;
using Nightjar.Knowledge;

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

    private static bool IsPlain(string text) => !text.AsSpan().ContainsAnyExceptInRange(' ', '~');

    private static void Append(StringBuilder shown, Rune rune, ref int combining)
    {
        // Hundreds of marks over one letter would be painted over the lines above.
        var isMark = Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;
        combining = isMark ? combining + 1 : 0;
        if (UnseenCharacters.Holds(rune) || combining > MaxCombining) Escape(shown, rune.Value);
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
