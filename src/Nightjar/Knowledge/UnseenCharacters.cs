using System.Globalization;
using System.Text;

namespace Nightjar.Knowledge;

/// <summary>Characters that have no place in a line shown to people: controls, bidi overrides, what is drawn as nothing.</summary>
internal static class UnseenCharacters
{
    /// <summary>True for such a character.</summary>
    public static bool Holds(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse => true,
        UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        UnicodeCategory.SpaceSeparator => rune.Value != ' ',
        // Letters and signs that are drawn as nothing: Hangul fillers, the empty braille cell, the Khmer inherent vowels.
        _ => rune.Value is 0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2800 or 0x17B4 or 0x17B5 or (>= 0xFE00 and <= 0xFE0D) or (>= 0xE0000 and <= 0xE0FFF),
    };
}
