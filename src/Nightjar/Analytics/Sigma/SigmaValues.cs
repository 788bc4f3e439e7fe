using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Nightjar.Analytics.Reading;
using Nightjar.Events;
using Nightjar.Knowledge;
using YamlDotNet.RepresentationModel;
using YamlNode = YamlDotNet.RepresentationModel.YamlNode;

namespace Nightjar.Analytics.Sigma;

/// <summary>Turns the values of a Sigma item into questions about a text.</summary>
internal static class SigmaValues
{
    /// <summary>Longest regular expression, in characters.</summary>
    public const int MaxPattern = 2000;

    /// <summary>One question per value; null, and a mistake, for a value that cannot be used.</summary>
    public static Func<string, bool>? TextTest(string value, SigmaModifiers modifiers, YamlNode at, Mistakes mistakes)
    {
        if (modifiers.Has("re")) return RegexTest(value, modifiers, at, mistakes);
        if (modifiers.Has("cidr")) return RangeTest(value, at, mistakes);
        var cased = modifiers.Has("cased");
        var before = modifiers.Contains || modifiers.Has("endswith");
        var after = modifiers.Contains || modifiers.Has("startswith");
        if (!modifiers.IsBase64 && modifiers.Encoding is null) return SigmaPattern.Parse(Canonical(value, before, modifiers), cased, before, after, modifiers.Has("windash")).Matches;
        if (Encoded(value, modifiers, at, mistakes) is not { } texts) return null;
        SigmaPattern[] patterns = [.. texts.Select(text => SigmaPattern.Literal(text, modifiers.IsBase64 || cased, before, after))];
        return text => Array.Exists(patterns, pattern => pattern.Matches(text));
    }

    // Events hold each file under one name; the value's folder, as far as it is written out, is brought to the same.
    private static string Canonical(string value, bool before, SigmaModifiers modifiers)
    {
        if (modifiers.Field?.Kind != FieldKind.Path || before || !value.StartsWith('/')) return value;
        var wildcard = value.AsSpan().IndexOfAny('*', '?', '\\');
        var slash = (wildcard < 0 ? value : value[..wildcard]).LastIndexOf('/');
        return slash <= 0 ? value : CanonicalPath.Of(value[..slash]) + value[slash..];
    }

    // What is encoded must be one text: a wildcard has no code.
    private static List<string>? Encoded(string value, SigmaModifiers modifiers, YamlNode at, Mistakes mistakes)
    {
        var variants = modifiers.Has("windash") ? SigmaPattern.DashVariants(value) : [value];
        if (variants is null)
        {
            mistakes.Add(Rules.ModifierMisuse, at, "The value has too many dashes to encode every combination of them.");
            return null;
        }
        var encoded = new List<string>();
        foreach (var variant in variants)
        {
            if (SigmaPattern.Plain(variant) is not { } plain)
            {
                mistakes.Add(Rules.ModifierMisuse, at, $"`{value}` has a wildcard, which cannot be encoded.", "Escape it with a backslash if it is meant as it stands.");
                return null;
            }
            var bytes = Bytes(plain, modifiers.Encoding);
            if (modifiers.Has("base64offset")) encoded.AddRange(Offsets(bytes));
            else encoded.Add(modifiers.IsBase64 ? Convert.ToBase64String(bytes) : Encoding.Latin1.GetString(bytes));
        }
        return encoded;
    }

    private static byte[] Bytes(string text, string? encoding) => encoding switch
    {
        null => Encoding.UTF8.GetBytes(text),
        "utf16be" => Encoding.BigEndianUnicode.GetBytes(text),
        "utf16" => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)],
        _ => Encoding.Unicode.GetBytes(text),
    };

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
        var options = RegexOptions.None;
        if (modifiers.Has("i")) options |= RegexOptions.IgnoreCase;
        if (modifiers.Has("m")) options |= RegexOptions.Multiline;
        if (modifiers.Has("s")) options |= RegexOptions.Singleline;
        return Expression(value, options, mistakes.Place(at), mistakes) is { } regex ? regex.IsMatch : null;
    }

    private static SafeRegex? Expression(string pattern, RegexOptions options, YamlPlace place, Mistakes mistakes)
    {
        try
        {
            if (pattern.Length <= MaxPattern) return SafeRegex.Of(pattern, options);
            mistakes.Add(Rules.BadRegex, place, $"The expression has {pattern.Length} characters.", $"The limit is {MaxPattern}.");
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

    private static Func<string, bool>? RangeTest(string value, YamlNode at, Mistakes mistakes)
    {
        if (IPNetwork.TryParse(value, out var network)) return text => IPAddress.TryParse(text, out var address) && network.Contains(address);
        if (IPAddress.TryParse(value, out var single)) return text => IPAddress.TryParse(text, out var address) && address.Equals(single);
        mistakes.Add(Rules.BadAddressRange, at, $"`{value}` is no address range.", "Write for example 10.0.0.0/8 or 2001:db8::/32, with the host bits zero.");
        return null;
    }
}
