using System.Text;

namespace Nightjar.Sinks.Markdown;

/// <summary>Writes texts of any origin into Markdown so that none can become markup, a link or a picture.</summary>
internal static class MarkdownText
{
    private const string Special = "\\`*_{}[]()<>#+-.!|~&^=:\"'@/";

    /// <summary>A text in a line: what would be markup is escaped; a word that readers make a link of by themselves stands as code.</summary>
    public static string Inline(string? text, int limit = 2_000)
    {
        var shown = VisibleText.Of(text, limit);
        return string.Join(' ', shown.Split(' ').Select(word => IsLinkLike(word) ? Code(word) : Escaped(word)));
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
