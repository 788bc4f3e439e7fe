namespace Nightjar.Knowledge;

/// <summary>Names that ATT&amp;CK and others give one mutable element: <c>TimeWindow</c> is also <c>TimeWindowSeconds</c>.</summary>
public sealed class MutableElements
{
    private readonly SortedDictionary<string, string[]> _aliases = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _official = new(StringComparer.Ordinal);

    private MutableElements()
    {
    }

    /// <summary>The official names that have aliases, with these.</summary>
    public IReadOnlyDictionary<string, string[]> Aliases => _aliases;

    /// <summary>The official name of a name or an alias; null when none is known. Case and punctuation do not count.</summary>
    public string? OfficialOf(string name) => _official.GetValueOrDefault(Normal(name));

    /// <summary>True when two names mean the same element: alike but for case and punctuation, or names of one official name.</summary>
    public bool AreSame(string one, string other)
    {
        var (a, b) = (Normal(one), Normal(other));
        return a == b || _official.TryGetValue(a, out var official) && _official.GetValueOrDefault(b) == official;
    }

    internal static MutableElements Read(ReferenceFiles files)
    {
        var result = new MutableElements();
        foreach (var file in files.Yaml("attack/aliases"))
        {
            file.Expect(file.Root, "about", "mutable_elements");
            foreach (var (name, list) in file.Entries(file.Root, "mutable_elements", required: true)) result.Take(file, name, list);
        }
        return result;
    }

    private static string Normal(string name) => new([.. name.Where(char.IsAsciiLetterOrDigit).Select(char.ToLowerInvariant)]);

    private void Take(YamlFile file, YamlScalar name, YamlNode list)
    {
        var aliases = file.Texts(list).ToArray();
        foreach (var alias in aliases.Prepend(name))
        {
            if (_official.TryGetValue(Normal(alias.Text), out var other) && other != name.Text)
                file.Report(ReferenceRules.Duplicate, alias, $"'{YamlText.Excerpt(alias.Text)}' is a name of {other} too.");
            else _official[Normal(alias.Text)] = name.Text;
        }
        _aliases[name.Text] = [.. _aliases.GetValueOrDefault(name.Text, []).Concat(aliases.Select(alias => alias.Text)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }
}
