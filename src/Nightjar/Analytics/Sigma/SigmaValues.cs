using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Nightjar.Analytics.Reading;
using YamlDotNet.RepresentationModel;

namespace Nightjar.Analytics.Sigma;

/// <summary>Turns the values of a Sigma item into questions about a text.</summary>
internal static class SigmaValues
{
    private static readonly char[] Dashes = ['-', '/', '–', '—', '―'];

    /// <summary>One question per value; null, and a mistake, for a value that cannot be used.</summary>
    public static Func<string, bool>? TextTest(string value, SigmaModifiers modifiers, YamlNode at, Mistakes mistakes)
    {
        if (modifiers.Has("re")) return RegexTest(value, modifiers, at, mistakes);
        if (modifiers.Has("cidr")) return RangeTest(value, at, mistakes);
        var patterns = Variants(value, modifiers).Select(text => Pattern(text, modifiers)).ToArray();
        return patterns.Length == 1 ? patterns[0].Matches : text => patterns.Any(pattern => pattern.Matches(text));
    }

    private static SigmaPattern Pattern(string text, SigmaModifiers modifiers)
    {
        var cased = modifiers.Has("cased");
        var before = modifiers.Contains || modifiers.Has("endswith");
        var after = modifiers.Contains || modifiers.Has("startswith");
        return IsEncoded(modifiers) ? SigmaPattern.Literal(text, cased: true, before, after) : SigmaPattern.Parse(text, cased, before, after);
    }

    private static bool IsEncoded(SigmaModifiers modifiers) => modifiers.Has("base64") || modifiers.Has("base64offset");

    private static IEnumerable<string> Variants(string value, SigmaModifiers modifiers)
    {
        IEnumerable<string> texts = [value];
        if (modifiers.Has("windash")) texts = texts.SelectMany(DashVariants).Distinct(StringComparer.Ordinal);
        if (!IsEncoded(modifiers)) return texts;
        return texts.SelectMany(text => modifiers.Has("base64offset") ? Offsets(Encode(text, modifiers)) : [Convert.ToBase64String(Encode(text, modifiers))]);
    }

    private static IEnumerable<string> DashVariants(string value) =>
        Dashes.Select(dash => Regex.Replace(value, @"(^|\s)[-/]", match => match.Groups[1].Value + dash, RegexOptions.NonBacktracking)).Append(value);

    private static byte[] Encode(string text, SigmaModifiers modifiers)
    {
        if (modifiers.Has("utf16be")) return Encoding.BigEndianUnicode.GetBytes(text);
        if (modifiers.Has("utf16")) return [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)];
        return modifiers.Has("wide") || modifiers.Has("utf16le") ? Encoding.Unicode.GetBytes(text) : Encoding.UTF8.GetBytes(text);
    }

    // The same bytes read differently at each of the three positions inside a group of base64; the letters at the
    // edges that also depend on the neighbours are left away.
    private static IEnumerable<string> Offsets(byte[] bytes)
    {
        for (var offset = 0; offset < 3; offset++)
        {
            var encoded = Convert.ToBase64String([.. new byte[offset], .. bytes]);
            var start = offset switch { 0 => 0, 1 => 2, _ => 3 };
            var end = ((bytes.Length + offset) % 3) switch { 0 => encoded.Length, 1 => encoded.Length - 3, _ => encoded.Length - 2 };
            if (end > start) yield return encoded[start..end];
        }
    }

    private static Func<string, bool>? RegexTest(string value, SigmaModifiers modifiers, YamlNode at, Mistakes mistakes)
    {
        var options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
        if (modifiers.Has("i")) options |= RegexOptions.IgnoreCase;
        if (modifiers.Has("m")) options |= RegexOptions.Multiline;
        if (modifiers.Has("s")) options |= RegexOptions.Singleline;
        return SafeRegex.Create(value, options, YamlPlace.Of(mistakes.File, at), mistakes) is { } regex ? regex.IsMatch : null;
    }

    private static Func<string, bool>? RangeTest(string value, YamlNode at, Mistakes mistakes)
    {
        if (IPNetwork.TryParse(value, out var network)) return text => IPAddress.TryParse(text, out var address) && network.Contains(address);
        mistakes.Add(Rules.BadAddressRange, at, $"`{value}` is no address range.", "Write for example 10.0.0.0/8 or 2001:db8::/32, with the host bits zero.");
        return null;
    }
}

/// <summary>Regular expressions that cannot be made to take long.</summary>
internal static class SafeRegex
{
    /// <summary>Longest pattern, in characters.</summary>
    public const int MaxLength = 2000;

    public static Regex? Create(string pattern, RegexOptions options, YamlPlace place, Mistakes mistakes)
    {
        try
        {
            if (pattern.Length <= MaxLength) return new Regex(pattern, options | RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            mistakes.Add(Rules.BadRegex, place, $"The expression has {pattern.Length} characters.", $"The limit is {MaxLength}.");
        }
        catch (RegexParseException e)
        {
            mistakes.Add(Rules.BadRegex, place, e.Message.Length < 200 ? e.Message : e.Message[..200]);
        }
        catch (NotSupportedException)
        {
            mistakes.Add(Rules.BadRegex, place, "Look-around, back references and atomic groups need backtracking.", "Write it without them, or as two selections.");
        }
        catch (ArgumentException e)
        {
            mistakes.Add(Rules.BadRegex, place, e.Message.Length < 200 ? e.Message : e.Message[..200]);
        }
        return null;
    }
}
