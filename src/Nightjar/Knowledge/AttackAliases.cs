namespace Nightjar.Knowledge;

/// <summary>Names of ATT&amp;CK that mean one thing: misspelt ones, and the same words put otherwise (<c>reference/attack/aliases.yml</c>).</summary>
/// <remarks>An alias helps to find what is meant. Where a release names an element, that very name counts before any alias of it.</remarks>
public sealed class AttackAliases
{
    private static readonly string[] Units = ["seconds", "minutes", "hours", "days", "bytes"];

    private readonly SortedDictionary<string, SortedSet<string>> mutableElements = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, SortedSet<string>> logSources = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> officials = new(StringComparer.Ordinal);

    private readonly Dictionary<string, string> plain = new(StringComparer.Ordinal);

    private AttackAliases()
    {
    }

    /// <summary>Every official name of a mutable element that has aliases, and those, in order of name.</summary>
    public IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> MutableElements => Listed(mutableElements);

    /// <summary>Every official name of a log source that has aliases, and those, in order of name.</summary>
    public IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> LogSources => Listed(logSources);

    /// <summary>The official name of a mutable element or log source; the name itself, without space around it, when it is no alias.</summary>
    public string Official(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return officials.TryGetValue(name, out var official) ? official : officials.GetValueOrDefault(name.Trim(), name.Trim());
    }

    /// <summary>The other names of what has this official name, in order; none when it has none.</summary>
    public IReadOnlyList<string> AliasesOf(string official) =>
        mutableElements.TryGetValue(official, out var found) || logSources.TryGetValue(official, out found) ? [.. found] : [];

    /// <summary>
    /// True when two names mean the same mutable element: alike but for case, punctuation and a unit at the end (a tunable has a type of its own),
    /// or names of one official name.
    /// </summary>
    public bool AreSame(string one, string other) => PlainOfficial(one) == PlainOfficial(other);

    private string PlainOfficial(string name) => plain.GetValueOrDefault(Plain(name), Plain(name));

    private static string Plain(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string text = new([.. name.Where(char.IsAsciiLetterOrDigit).Select(char.ToLowerInvariant)]);
        return Array.Find(Units, unit => text.Length > unit.Length && text.EndsWith(unit, StringComparison.Ordinal)) is { } end ? text[..^end.Length] : text;
    }

    internal static AttackAliases Read(ReferenceFiles files)
    {
        var result = new AttackAliases();
        foreach (var file in files.Yaml("attack/aliases"))
        {
            file.Expect(file.Root, "about", "mutable_elements", "log_sources");
            result.ReadNames(file, "mutable_elements", result.mutableElements);
            result.ReadNames(file, "log_sources", result.logSources);
        }
        return result;
    }

    private void ReadNames(YamlFile file, string key, SortedDictionary<string, SortedSet<string>> into)
    {
        foreach (var (official, list) in file.Entries(file.Root, key))
        {
            if (!IsFree(file, official, officials.ContainsKey(official.Text), "is an alias already, so it cannot have aliases")) continue;
            foreach (var alias in file.Texts(list))
            {
                if (!IsFree(file, alias, alias.Text == official.Text || officials.ContainsKey(alias.Text), "is an alias already")) continue;
                if (!IsFree(file, alias, mutableElements.ContainsKey(alias.Text) || logSources.ContainsKey(alias.Text), "is an official name, so it can be no alias")) continue;
                officials.Add(alias.Text, official.Text);
                plain[Plain(alias.Text)] = Plain(official.Text);
                if (!into.TryGetValue(official.Text, out var aliases)) into.Add(official.Text, aliases = new SortedSet<string>(StringComparer.Ordinal));
                aliases.Add(alias.Text);
            }
        }
    }

    private static bool IsFree(YamlFile file, YamlScalar name, bool isTaken, string reason)
    {
        if (isTaken) file.Report(ReferenceRules.BadValue, name, $"'{YamlText.Excerpt(name.Text)}' {reason}.", "Let each name stand once: as an official name, or as an alias of one.");
        return !isTaken;
    }

    private static IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> Listed(SortedDictionary<string, SortedSet<string>> names) =>
        [.. names.Select(name => new KeyValuePair<string, IReadOnlyList<string>>(name.Key, [.. name.Value]))];
}
