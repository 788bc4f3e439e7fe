using System.Globalization;

namespace Nightjar.Knowledge;

/// <summary>Where one owner's part of a host name begins, by the Public Suffix List: <c>a.b.example.co.uk</c> is of <c>example.co.uk</c>,
/// <c>x.alice.github.io</c> of <c>alice.github.io</c>.</summary>
public sealed class PublicSuffixes
{
    private const string Name = "public-suffixes";
    private readonly Dictionary<string, Rules> rules = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Rules>.AlternateLookup<ReadOnlySpan<char>> lookup;
    private readonly IdnMapping idn = new();

    private readonly HashSet<string> above = new(StringComparer.Ordinal);

    private PublicSuffixes() => lookup = rules.GetAlternateLookup<ReadOnlySpan<char>>();

    [Flags]
    private enum Rules : byte
    {
        None = 0,
        /// <summary>The name is a public suffix.</summary>
        Suffix = 1,
        /// <summary>Every name one label longer is a public suffix (<c>*.ck</c>).</summary>
        Wildcard = 2,
        /// <summary>The name is none, although a wildcard says so (<c>!www.ck</c>).</summary>
        Exception = 4,
    }

    /// <summary>Number of rules.</summary>
    public int Count { get; private set; }

    /// <summary>The public suffix and one label more, lower case. An address, a public suffix and a name without dots are returned as they are.</summary>
    public string RegistrableDomain(string host)
    {
        var name = HostName.Normal(host);
        if (name.Length == 0) return host;
        if (HostName.IsAddress(name)) return name;
        return name[Start(name, SuffixLabels(name) + 1)..];
    }

    /// <summary>The public suffix of a host: <c>co.uk</c>, <c>github.io</c>. Where no rule speaks, the last label.</summary>
    public string SuffixOf(string host)
    {
        var name = HostName.Normal(host);
        return name.Length == 0 || HostName.IsAddress(name) ? name : name[Start(name, SuffixLabels(name))..];
    }

    /// <summary>True when names below a name belong to many owners: it is a public suffix, or suffixes lie below it, as below <c>amazonaws.com</c>.</summary>
    public bool IsShared(string domain)
    {
        var name = HostName.Normal(domain);
        return name.Length > 0 && !HostName.IsAddress(name) && (above.Contains(name) || SuffixOf(name) == name);
    }

    internal static PublicSuffixes Read(ReferenceFiles files)
    {
        var result = new PublicSuffixes();
        foreach (var (file, text) in files.Texts(Name, ".txt"))
        {
            result.ReadRules(file, text, files.Diagnostics);
            var version = Version(text);
            files.Describe(file, "Public Suffix List, https://publicsuffix.org/list/", version, version?[..Math.Min(10, version.Length)], "MPL-2.0");
        }
        return result;
    }

    // The rule with the most labels wins, and an exception over all; no rule has more than eight.
    private int SuffixLabels(ReadOnlySpan<char> name)
    {
        const int MostLabels = 8;
        var found = 1;
        var start = name.Length + 1;
        for (var labels = 1; labels <= MostLabels; labels++)
        {
            start = name[..(start - 1)].LastIndexOf('.') + 1;
            var rule = lookup.TryGetValue(name[start..], out var known) ? known : Rules.None;
            if (rule.HasFlag(Rules.Exception)) return labels - 1;
            if (rule.HasFlag(Rules.Suffix)) found = labels;
            if (start == 0) break;
            if (rule.HasFlag(Rules.Wildcard)) found = labels + 1;
        }
        return found;
    }

    // Where the last so many labels begin; 0 when the name has no more than these.
    private static int Start(ReadOnlySpan<char> name, int labels)
    {
        var start = name.Length;
        for (; labels > 0; labels--)
        {
            start = name[..start].LastIndexOf('.');
            if (start < 0) return 0;
        }
        return start + 1;
    }

    private void ReadRules(string file, string text, List<Diagnostic> diagnostics)
    {
        if (text.Length > YamlText.MaxLength)
        {
            diagnostics.Add(ReferenceRules.TooLarge.At(file, 0, 0, string.Create(CultureInfo.InvariantCulture,
                $"The file has {text.Length} characters; at most {YamlText.MaxLength} are read.")));
            return;
        }
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var line = 0;
        foreach (var raw in text.AsSpan().EnumerateLines())
        {
            line++;
            var rule = FirstWord(raw);
            if (rule.IsEmpty || rule.StartsWith("//")) continue;
            var written = rule.ToString();
            if (!seen.Add(written))
                diagnostics.Add(ReferenceRules.Duplicate.At(file, line, 1, $"The rule '{YamlText.Excerpt(written)}' stands in this file a second time."));
            else if (!Add(written))
                diagnostics.Add(ReferenceRules.BadValue.At(file, line, 1, $"'{YamlText.Excerpt(written)}' is no rule.", "Write it like co.uk, *.ck or !www.ck."));
        }
    }

    // The published list says in a comment: // VERSION: 2026-06-08_10-00-00_UTC
    private static string? Version(string text)
    {
        const string Mark = "// VERSION:";
        foreach (var line in text.AsSpan(0, Math.Min(text.Length, 4096)).EnumerateLines())
            if (line.StartsWith(Mark, StringComparison.Ordinal)) return FirstWord(line[Mark.Length..]).ToString();
        return null;
    }

    private static ReadOnlySpan<char> FirstWord(ReadOnlySpan<char> line)
    {
        line = line.Trim();
        var end = line.IndexOfAny(' ', '\t');
        return end < 0 ? line : line[..end];
    }

    private bool Add(string rule)
    {
        var kind = rule[0] == '!' ? Rules.Exception : rule.StartsWith("*.", StringComparison.Ordinal) ? Rules.Wildcard : Rules.Suffix;
        var written = rule[(kind switch { Rules.Exception => 1, Rules.Wildcard => 2, _ => 0 })..].ToLowerInvariant();
        if (Ascii(written) is not { } ascii || !HostName.IsValid(ascii)) return rule == "*";
        rules[ascii] = rules.GetValueOrDefault(ascii) | kind;
        rules[written] = rules.GetValueOrDefault(written) | kind;
        Count++;
        for (var parent = HostName.Parent(ascii); !parent.IsEmpty; parent = HostName.Parent(parent)) above.Add(parent.ToString());
        return true;
    }

    // Hosts come in either form; both are kept so that none has to be converted later.
    private string? Ascii(string name)
    {
        if (name.Length > 253) return null;
        if (System.Text.Ascii.IsValid(name)) return name;
        try
        {
            return idn.GetAscii(name);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
