namespace Nightjar.Knowledge;

/// <summary>One YAML file of the reference folder while it is read. Each question for a value reports what is wrong with it and goes on.</summary>
internal sealed class YamlFile
{
    private readonly List<Diagnostic> diagnostics;

    private YamlFile(string name, YamlMap root, List<Diagnostic> diagnostics) => (Name, Root, this.diagnostics) = (name, root, diagnostics);

    public string Name { get; }
    public YamlMap Root { get; }

    /// <summary>Null, and reported, when the text cannot be read or is no mapping.</summary>
    public static YamlFile? Open(string name, string text, List<Diagnostic> diagnostics)
    {
        var before = diagnostics.Count;
        var root = YamlText.Parse(name, text, diagnostics);
        if (root is YamlMap map) return new YamlFile(name, map, diagnostics);
        if (diagnostics.Count == before)
            diagnostics.Add(ReferenceRules.WrongShape.At(name, 1, 1, $"The file is {root?.Shape ?? "empty"} where a mapping is expected."));
        return null;
    }

    /// <summary>What the file says of itself under <c>about</c>; null when it does not.</summary>
    public string? About(string key) => Root["about"] is YamlMap about && about[key] is YamlScalar text ? text.Text : null;

    public void Report(DiagnosticRule rule, YamlNode at, string reason, string? hint = null) =>
        diagnostics.Add(rule.At(Name, at.Line, at.Column, reason, hint));

    /// <summary>Reports every key of the mapping that is not one of these.</summary>
    public void Expect(YamlMap map, params string[] keys)
    {
        foreach (var (key, _) in map.Entries)
            if (!keys.Contains(key.Text))
                Report(ReferenceRules.UnknownKey, key, $"The key '{YamlText.Excerpt(key.Text)}' is not known here.", $"Known are: {string.Join(", ", keys)}.");
    }

    /// <summary>The entries of a mapping under a key; none when it is not there, which is reported if it is <paramref name="required"/>.</summary>
    public IReadOnlyList<KeyValuePair<YamlScalar, YamlNode>> Entries(YamlMap parent, string key, bool required = false) =>
        Value(parent, key, required) is { } value && Map(value) is { } map ? map.Entries : [];

    /// <summary>The node as a mapping; null, and reported, when it is another thing.</summary>
    public YamlMap? Map(YamlNode node) => As<YamlMap>(node, "a mapping");

    /// <summary>The node as a list; null, and reported, when it is another thing.</summary>
    public YamlList? List(YamlNode node) => As<YamlList>(node, "a list");

    /// <summary>The node as a text; null, and reported, when it is another thing or empty.</summary>
    public YamlScalar? Text(YamlNode node) => node is YamlScalar { Text.Length: 0 } ? As<YamlScalar>(null, node, "a text") : As<YamlScalar>(node, "a text");

    /// <summary>The text under a key; null when it is not there, which is reported if it is <paramref name="required"/>.</summary>
    public YamlScalar? Text(YamlMap parent, string key, bool required = false) =>
        Value(parent, key, required) is { } value ? Text(value) : null;

    /// <summary>The texts of a list; others among them are reported.</summary>
    public IEnumerable<YamlScalar> Texts(YamlNode? node)
    {
        if (node is null || List(node) is not { } list) yield break;
        foreach (var item in list.Items)
            if (Text(item) is { } text) yield return text;
    }

    /// <summary>The texts of the list under a key.</summary>
    public IEnumerable<YamlScalar> Texts(YamlMap parent, string key, bool required = false) => Texts(Value(parent, key, required));

    /// <summary>yes or no (also true, false); null when the key is not there or holds another thing, which is reported.</summary>
    public bool? YesNo(YamlMap parent, string key)
    {
        if (Text(parent, key) is not { } text) return null;
        if (text.Text is "yes" or "true") return true;
        if (text.Text is "no" or "false") return false;
        Report(ReferenceRules.BadValue, text, $"'{YamlText.Excerpt(text.Text)}' is neither yes nor no.", "Write yes or no.");
        return null;
    }

    /// <summary>True for a name of ours: lower case letters, digits, underscores, and dots between. Reports when it is none.</summary>
    public bool IsName(YamlScalar text)
    {
        var name = text.Text;
        if (name.Length is > 0 and <= 64 && char.IsAsciiLetterLower(name[0])
            && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '.'))
            return true;
        Report(ReferenceRules.BadValue, text, $"'{YamlText.Excerpt(name)}' is no name.",
            "A name is made of lower case letters, digits, underscores and dots, at most 64.");
        return false;
    }

    private YamlNode? Value(YamlMap parent, string key, bool required)
    {
        var value = parent[key];
        if (value is null && required) Report(ReferenceRules.MissingKey, parent, $"The key '{key}' is missing.");
        return value;
    }

    private T? As<T>(YamlNode node, string expected) where T : YamlNode => As(node as T, node, expected);

    private T? As<T>(T? value, YamlNode node, string expected) where T : YamlNode
    {
        if (value is null) Report(ReferenceRules.WrongShape, node, $"This is {node.Shape} where {expected} is expected.");
        return value;
    }
}
