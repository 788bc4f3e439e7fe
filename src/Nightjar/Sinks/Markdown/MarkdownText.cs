using System.Text;

namespace Nightjar.Sinks.Markdown;

/// <summary>Writes texts of any origin into Markdown so that none can become markup, a link or a picture.</summary>
internal static class MarkdownText
{
    private const string Special = "\\`*_{}[]<>#+|~&^$=";

    /// <summary>A text in a line: what would be markup is escaped; a word that readers make a link of by themselves stands as code.</summary>
    public static string Inline(string? text, int limit = 2_000)
    {
        var shown = VisibleText.Of(text, limit).Trim();
        var words = string.Join(' ', shown.Split(' ').Select(word => IsLinkLike(word) ? Code(word) : Escaped(word)));
        return BlockMark(words) is >= 0 and var at ? words.Insert(at, "\\") : words;
    }

    // Where a backslash keeps the beginning from being a list, a step or a block of another kind; -1 when it is none.
    private static int BlockMark(string text)
    {
        if (text is ['-' or ':' or '"', ..]) return 0;
        var digits = 0;
        while (digits < text.Length && char.IsAsciiDigit(text[digits])) digits++;
        return digits > 0 && digits < text.Length && text[digits] is ('.' or ')') ? digits : -1;
    }

    /// <summary>A value as code, also inside a table: a fence that is longer than any run of backticks in it.</summary>
    public static string Code(string? text, int limit = 2_000)
    {
        var shown = VisibleText.Of(text, limit);
        if (shown.Trim().Length == 0) return "(empty)";
        return Playbooks.PlaybookWriter.Code(shown).Replace("|", "\\|", StringComparison.Ordinal);
    }

    private static bool IsLinkLike(string word) =>
        word.Contains("://", StringComparison.Ordinal) || word.Contains('@', StringComparison.Ordinal) || word.Contains("www.", StringComparison.OrdinalIgnoreCase)
        || word.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) || word.StartsWith("xmpp:", StringComparison.OrdinalIgnoreCase);

    private static string Escaped(string word)
    {
        var text = new StringBuilder(word.Length + 4);
        foreach (var c in word)
        {
            if (Special.Contains(c, StringComparison.Ordinal)) text.Append('\\');
            text.Append(c);
        }
        return text.ToString();
    }
}
