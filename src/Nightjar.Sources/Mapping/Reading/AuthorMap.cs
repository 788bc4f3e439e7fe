using Nightjar.Knowledge;

namespace Nightjar.Sources.Mapping.Reading;

/// <summary>The mistakes in one mapping file.</summary>
internal sealed class MappingMistakes(string file, List<Diagnostic> all)
{
    public string File { get; } = file;

    public List<Diagnostic> All => all;

    /// <summary>Errors that were added here.</summary>
    public int Errors { get; private set; }

    public void Add(DiagnosticRule rule, YamlNode at, string reason, string hint = "")
    {
        if (rule.Severity == DiagnosticSeverity.Error) Errors++;
        all.Add(rule.At(File, at.Line, at.Column, reason, hint.Length > 0 ? hint : null));
    }
}

/// <summary>A map of a mapping file whose keys are asked for one by one; <see cref="Close"/> reports those that nobody asked for.</summary>
internal sealed class AuthorMap(YamlMap map, MappingMistakes mistakes)
{
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    public YamlMap Node => map;

    public MappingMistakes Mistakes => mistakes;

    public YamlNode? Get(string key)
    {
        _asked.Add(key);
        return map[key];
    }

    public YamlNode? Require(string key)
    {
        var value = Get(key);
        if (value is null) mistakes.Add(MappingRules.MissingKey, map, $"`{key}` is missing.");
        return value;
    }

    /// <summary>The text of a key; null when it is not there or no text, which is reported.</summary>
    public YamlScalar? Text(string key) => Get(key) is { } value ? Scalar(value, key) : null;

    /// <summary>The text of a key that must be there; empty, and reported, when it is not.</summary>
    public string RequireText(string key) => Require(key) is { } value ? Scalar(value, key)?.Text ?? "" : "";

    /// <summary>The texts of a list; a single text counts as a list of one.</summary>
    public IReadOnlyList<YamlScalar> Texts(string key) => Get(key) switch
    {
        null => [],
        YamlScalar { Text.Length: > 0 } one => [one],
        YamlList list => [.. list.Items.Select(item => Scalar(item, key)).OfType<YamlScalar>()],
        var other => Wrong<IReadOnlyList<YamlScalar>>(other, key, "a text or a list of texts", []),
    };

    public AuthorMap? Map(string key) => Get(key) switch
    {
        null => null,
        YamlMap value => new AuthorMap(value, mistakes),
        var other => Wrong<AuthorMap?>(other, key, "a map", null),
    };

    /// <summary>The maps of a list; a single map counts as a list of one.</summary>
    public IReadOnlyList<AuthorMap> Maps(string key) => Get(key) switch
    {
        null => [],
        YamlMap one => [new AuthorMap(one, mistakes)],
        YamlList list => [.. list.Items.Select(item => item is YamlMap value ? new AuthorMap(value, mistakes) : Wrong<AuthorMap?>(item, key, "a map", null)).OfType<AuthorMap>()],
        var other => Wrong<IReadOnlyList<AuthorMap>>(other, key, "a list of maps", []),
    };

    public bool Flag(string key)
    {
        if (Text(key) is not { } text) return false;
        if (text.Text is "true" or "false") return text.Text == "true";
        mistakes.Add(MappingRules.BadValue, text, $"`{key}` is true or false, not `{YamlText.Excerpt(text.Text)}`.");
        return false;
    }

    /// <summary>Reports the keys that nobody asked for.</summary>
    public void Close()
    {
        foreach (var (key, _) in map.Entries)
            if (!_asked.Contains(key.Text)) mistakes.Add(MappingRules.UnknownKey, key, $"`{YamlText.Excerpt(key.Text)}` is not known here.", Nearest.Hint(key.Text, _asked));
    }

    private YamlScalar? Scalar(YamlNode value, string key) =>
        value as YamlScalar is { Text.Length: > 0 } text ? text : Wrong<YamlScalar?>(value, key, "a text", null);

    private T Wrong<T>(YamlNode value, string key, string expected, T instead)
    {
        mistakes.Add(MappingRules.WrongShape, value, $"`{key}` is {value.Shape} where {expected} is expected.");
        return instead;
    }
}
