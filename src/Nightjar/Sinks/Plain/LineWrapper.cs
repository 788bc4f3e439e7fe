using System.Text;

namespace Nightjar.Sinks.Plain;

/// <summary>Breaks text into lines of a width in columns. Nothing is cut off: a word that is too long goes on in the next line.</summary>
internal static class LineWrapper
{
    /// <summary>The lines of a text. Width is at least 1; an empty text gives one empty line.</summary>
    public static IEnumerable<string> Wrap(string text, int width)
    {
        var line = new StringBuilder();
        var used = 0;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var columns = Columns(word);
            if (used > 0 && used + 1 + columns > width)
            {
                yield return line.ToString();
                line.Clear();
                used = 0;
            }
            if (used > 0) line.Append(' ');
            used += used > 0 ? 1 : 0;
            foreach (var rune in word.EnumerateRunes())
            {
                if (used > 0 && used + Columns(rune) > width)
                {
                    yield return line.ToString();
                    line.Clear();
                    used = 0;
                }
                line.Append(rune.ToString());
                used += Columns(rune);
            }
        }
        yield return line.ToString();
    }

    /// <summary>How many columns a terminal takes for a text.</summary>
    public static int Columns(string text) => text.EnumerateRunes().Sum(Columns);

    private static int Columns(Rune rune)
    {
        if (Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.EnclosingMark) return 0;
        return rune.Value switch
        {
            < 0x1100 => 1,
            <= 0x115F or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF) => 2,
            (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6) or (>= 0x1F300 and <= 0x1FAFF) or (>= 0x20000 and <= 0x3FFFD) => 2,
            _ => 1,
        };
    }
}
