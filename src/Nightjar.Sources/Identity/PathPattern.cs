using System.Text;
using System.Text.RegularExpressions;

namespace Nightjar.Sources.Identity;

/// <summary>A file, a folder with all below it, or a pattern of either, as a device map names them.</summary>
/// <remarks><c>*</c> stands for any part of a name, <c>?</c> for one character, <c>**</c> for any number of folders.</remarks>
internal sealed class PathPattern : IComparable<PathPattern>
{
    private const int MaxLength = 1024;

    private readonly string _text;
    private readonly bool _isGlob;
    private readonly Regex? _regex;

    /// <param name="text">As <see cref="Normalise"/> gives it.</param>
    public PathPattern(string text)
    {
        _text = text;
        _isGlob = text.AsSpan().ContainsAny('*', '?');
        if (_isGlob) _regex = new Regex(ToRegex(text), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);
    }

    /// <summary>With forward slashes, none at the end, the inside of an archive like a folder; null when nothing is left or it is too long.</summary>
    public static string? Normalise(string text)
    {
        text = text.Trim().Replace('\\', '/').Replace("!/", "/", StringComparison.Ordinal);
        while (text.StartsWith("./", StringComparison.Ordinal)) text = text[2..];
        text = text.TrimEnd('/');
        return text.Length is 0 or > MaxLength ? null : text;
    }

    /// <summary>True when the pattern names the file, a folder above it, or (a pattern without a slash) a file or folder of that name anywhere.</summary>
    /// <param name="path">As <see cref="Normalise"/> gives it.</param>
    public bool Matches(string path)
    {
        if (MatchesFrom(path, 0)) return true;
        if (_text.Contains('/', StringComparison.Ordinal)) return false;
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = path.IndexOf('/', slash + 1))
            if (MatchesFrom(path, slash + 1)) return true;
        return false;
    }

    /// <summary>The more it says, the earlier: more literal characters first, a plain name before a pattern.</summary>
    public int CompareTo(PathPattern? other)
    {
        if (other is null) return -1;
        var order = Literals(other).CompareTo(Literals(this));
        if (order == 0) order = _isGlob.CompareTo(other._isGlob);
        return order != 0 ? order : string.CompareOrdinal(_text, other._text);
    }

    private static int Literals(PathPattern pattern) => pattern._text.Count(c => c is not ('*' or '?'));

    private bool MatchesFrom(string path, int start)
    {
        var rest = path.AsSpan(start);
        if (_regex is not null) return _regex.IsMatch(rest);
        return rest.StartsWith(_text, StringComparison.Ordinal) && (rest.Length == _text.Length || rest[_text.Length] == '/');
    }

    private static string ToRegex(string glob)
    {
        var regex = new StringBuilder("^");
        for (var i = 0; i < glob.Length; i++)
        {
            if (glob.AsSpan(i).StartsWith("**"))
            {
                var takesSlash = i + 2 < glob.Length && glob[i + 2] == '/';
                regex.Append(takesSlash ? "(.*/)?" : ".*");
                i += takesSlash ? 2 : 1;
            }
            else
            {
                regex.Append(glob[i] switch { '*' => "[^/]*", '?' => "[^/]", var c => Regex.Escape(c.ToString()) });
            }
        }
        return regex.Append("(/.*)?$").ToString();
    }
}
