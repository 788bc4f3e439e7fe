using System.Net;
using Nightjar.Knowledge;

namespace Nightjar.Policies.Reading;

/// <summary>Reads the words that entries of a policy share: apps, hosts, paths, names that must be known.</summary>
internal sealed class Words(AuthorMistakes mistakes, ReferenceData reference)
{
    private const int LongestName = 60;
    private const int LongestText = 400;

    public AuthorMistakes Mistakes => mistakes;

    public ReferenceData Reference => reference;

    public PolicyPlace Place(YamlNode node) => new(mistakes.File, node.Line, node.Column);

    public static IReadOnlyList<string> Texts(AuthorMap map, string key) => [.. map.Texts(key).Select(item => item.Text)];

    /// <summary>A name that entries refer to: lower case letters, digits, hyphens and underscores.</summary>
    public void Name(YamlScalar name, string what)
    {
        if (name.Text.Length <= LongestName && name.Text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_')) return;
        mistakes.Add(PolicyRules.BadValue, name, $"`{YamlText.Excerpt(name.Text)}` is no name of {what}.", $"Write lower case letters, digits, hyphens and underscores, at most {LongestName}.");
    }

    /// <summary>Words of which each must be known.</summary>
    public IReadOnlyList<string> Known(IReadOnlyList<YamlScalar> texts, IEnumerable<string> known, DiagnosticRule rule, string what)
    {
        string[] all = [.. known];
        foreach (var text in texts.Where(text => !all.Contains(text.Text, StringComparer.Ordinal)))
            mistakes.Add(rule, text, $"`{YamlText.Excerpt(text.Text)}` is no {what}.", Nearest.Hint(text.Text, all));
        return [.. texts.Select(text => text.Text).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Uids of analytics; empty for <c>all</c>. Whether they exist is asked of the analytics.</summary>
    public IReadOnlyList<string> Analytics(AuthorMap map)
    {
        var texts = map.Texts("analytics");
        if (texts.Count == 0) map.Require("analytics");
        if (texts.Count > 1 && texts.FirstOrDefault(text => text.Text == "all") is { } all)
            mistakes.Add(PolicyRules.BadValue, all, "`all` stands beside the names of analytics.", "Write `analytics: all`, or names alone.");
        return texts is [{ Text: "all" }] ? [] : [.. texts.Select(text => text.Text).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Package names and bundle ids.</summary>
    public IReadOnlyList<string> Apps(AuthorMap map, string key)
    {
        var texts = map.Texts(key);
        foreach (var text in texts.Where(text => text.Text.Length > 255 || !text.Text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or '*')))
            mistakes.Add(PolicyRules.BadValue, text, $"`{YamlText.Excerpt(text.Text)}` is no package name and no bundle id.", "Write com.example.app, or com.example.* for all that begin so.");
        return [.. texts.Select(text => text.Text).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Hosts, addresses and ranges.</summary>
    public IReadOnlyList<string> Hosts(AuthorMap map, string key)
    {
        var texts = map.Texts(key);
        foreach (var text in texts.Where(text => !IsHost(text.Text)))
            mistakes.Add(PolicyRules.BadValue, text, $"`{YamlText.Excerpt(text.Text)}` is no host, address or range.", "Write files.example.com without scheme, port or path, or 203.0.113.0/24.");
        return [.. texts.Select(text => text.Text).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Paths; one that ends with a slash means all below it.</summary>
    public IReadOnlyList<string> Paths(AuthorMap map, string key)
    {
        var texts = map.Texts(key);
        foreach (var text in texts.Where(text => text.Text.Length > LongestText || text.Text[0] is not ('/' or '*')))
            mistakes.Add(PolicyRules.BadValue, text, $"`{YamlText.Excerpt(text.Text)}` is no path.", "A path begins with a slash: /data/data/com.example.app/cache/ for all below it.");
        return [.. texts.Select(text => text.Text).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The SHA-256 of a signer, with or without colons; null when none is stated.</summary>
    public string? Signer(AuthorMap map)
    {
        if (map.Text("signer") is not { } text) return null;
        var hex = text.Text.Replace(":", "", StringComparison.Ordinal).ToLowerInvariant();
        if (hex.Length == 64 && hex.All(char.IsAsciiHexDigit)) return hex;
        mistakes.Add(PolicyRules.BadValue, text, $"`{YamlText.Excerpt(text.Text)}` is no SHA-256.", "Write the SHA-256 of the signer's certificate: 64 hexadecimal digits.");
        return null;
    }

    private static bool IsHost(string text)
    {
        if (text == "*") return true;
        if (IPAddress.TryParse(text, out _) || IPNetwork.TryParse(text, out _)) return true;
        var name = text.StartsWith("*.", StringComparison.Ordinal) ? text[2..] : text;
        return HostName.IsValid(HostName.Normal(name.Replace('*', 'x')));
    }
}
