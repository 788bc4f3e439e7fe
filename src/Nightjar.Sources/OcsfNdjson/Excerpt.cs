using System.Globalization;
using System.Text;

namespace Nightjar.Sources.OcsfNdjson;

/// <summary>A piece of the input for a reason: short, and harmless on a terminal.</summary>
internal static class Excerpt
{
    private const int MaxChars = 60;

    /// <summary>At most 60 characters; control and formatting characters are replaced, and a cut is marked.</summary>
    public static string Of(ReadOnlySpan<byte> utf8)
    {
        var text = Encoding.UTF8.GetString(utf8[..Math.Min(utf8.Length, MaxChars * 4)]);
        var shown = new StringBuilder(MaxChars + 1);
        foreach (var c in text.AsSpan(0, Math.Min(text.Length, MaxChars))) shown.Append(IsShown(c) ? c : '\uFFFD');
        if (text.Length > MaxChars || utf8.Length > MaxChars * 4) shown.Append('…');
        return shown.ToString();
    }

    private static bool IsShown(char c) => char.GetUnicodeCategory(c)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
