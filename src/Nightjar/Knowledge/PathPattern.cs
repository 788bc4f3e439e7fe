namespace Nightjar.Knowledge;

/// <summary>A pattern over the segments of a path. Each segment is literal, has asterisks (<c>*.app</c>) or is a placeholder;
/// a last <c>**</c> takes the rest.</summary>
/// <remarks>
/// <c>{package}</c>: a package name. <c>{install}</c>: an install folder or file, <c>com.example-1a2b==</c>, <c>com.example-1.apk</c>, whose package is what
/// stands before the hyphen. <c>{number}</c>: digits. <c>{id}</c>: any one segment.
/// </remarks>
internal sealed class PathPattern
{
    private static readonly string[] Placeholders = ["{package}", "{install}", "{number}", "{id}"];
    private readonly string[] segments;
    private readonly bool takesRest;

    private PathPattern(string[] segments, bool takesRest) => (this.segments, this.takesRest) = (segments, takesRest);

    /// <summary>Null when the text is no pattern.</summary>
    public static PathPattern? Parse(string text)
    {
        if (text.Length is < 2 or > 256 || text[0] != '/') return null;
        var parts = text[1..].Split('/');
        var takesRest = parts[^1] == "**";
        if (takesRest) parts = parts[..^1];
        return parts.All(IsSegment) ? new PathPattern(parts, takesRest) : null;
    }

    /// <summary>Whether the path matches, and the package it names, if it names one. A pattern that takes the rest matches the folder itself too.</summary>
    public bool Matches(ReadOnlySpan<char> path, out string? package)
    {
        package = null;
        var rest = path.StartsWith('/') ? path[1..] : path;
        foreach (var segment in segments)
        {
            if (rest.IsEmpty) return false;
            var end = rest.IndexOf('/');
            if (!MatchesSegment(segment, end < 0 ? rest : rest[..end], ref package)) return false;
            rest = end < 0 ? [] : rest[(end + 1)..];
        }
        return takesRest || rest.IsEmpty;
    }

    private static bool MatchesSegment(string pattern, ReadOnlySpan<char> segment, ref string? package)
    {
        switch (pattern)
        {
            case "{id}": return true;
            case "{number}": return segment.Length <= 10 && !segment.ContainsAnyExceptInRange('0', '9');
            case "{package}":
                package = Package(segment);
                return true;
            case "{install}":
                var hyphen = segment.IndexOf('-');
                package = Package(hyphen > 0 ? segment[..hyphen] : segment.EndsWith(".apk", StringComparison.Ordinal) ? segment[..^4] : segment);
                return true;
            default: return Glob(pattern, segment);
        }
    }

    private static string? Package(ReadOnlySpan<char> name)
    {
        if (name.Length is 0 or > 255 || !char.IsAsciiLetter(name[0])) return null;
        foreach (var c in name)
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '_')) return null;
        return name.ToString();
    }

    // At most one way back per asterisk: the cost is pattern length times segment length.
    private static bool Glob(string pattern, ReadOnlySpan<char> text)
    {
        int p = 0, t = 0, star = -1, mark = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*') (star, mark) = (p++, t);
            else if (p < pattern.Length && pattern[p] == text[t]) (p, t) = (p + 1, t + 1);
            else if (star >= 0) (p, t) = (star + 1, ++mark);
            else return false;
        }
        while (p < pattern.Length && pattern[p] == '*') p++;
        return p == pattern.Length;
    }

    private static bool IsSegment(string part) =>
        part.Length > 0 && part != "**" && (Placeholders.Contains(part) || part.AsSpan().IndexOfAny('{', '}') < 0);
}
