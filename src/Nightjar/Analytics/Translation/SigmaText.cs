using System.Text;

namespace Nightjar.Analytics.Translation;

/// <summary>Small texts of translated rules.</summary>
internal static class SigmaText
{
    /// <summary>A name of small letters, digits and underscores, for stages.</summary>
    public static string Identifier(string text, string instead)
    {
        var name = Slug(text, '_');
        return name.Length == 0 || char.IsAsciiDigit(name[0]) ? instead : name;
    }

    /// <summary>A text as the name of a folder.</summary>
    public static string Slug(string text, char between = '-')
    {
        var name = new StringBuilder();
        foreach (var c in text)
        {
            if (char.IsAsciiLetterOrDigit(c)) name.Append(char.ToLowerInvariant(c));
            else if (name.Length > 0 && name[^1] != between) name.Append(between);
            if (name.Length == 60) break;
        }
        return name.ToString().TrimEnd(between);
    }

    /// <summary>A text that stands in a template and means itself.</summary>
    public static string Escaped(string text) =>
        string.Join(' ', text.Replace('{', '(').Replace('}', ')').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
