namespace Nightjar.Knowledge;

/// <summary>The numbers under which one kind of file tells what is wrong with the shape of its maps.</summary>
/// <param name="WrongShape">A text stands where a list is expected, and the like.</param>
/// <param name="MissingKey">A key that must be there is not.</param>
/// <param name="UnknownKey">A key that nobody asks for.</param>
/// <param name="BadValue">A value that is none of those allowed.</param>
public sealed record AuthorRules(DiagnosticRule WrongShape, DiagnosticRule MissingKey, DiagnosticRule UnknownKey, DiagnosticRule BadValue);

/// <summary>Gathers the mistakes in one file of an author.</summary>
public sealed class AuthorMistakes(string file, ICollection<Diagnostic> all, AuthorRules rules)
{
    /// <summary>Its name.</summary>
    public string File { get; } = file;

    /// <summary>What was found so far.</summary>
    public ICollection<Diagnostic> All => all;

    /// <summary>The numbers of mistakes in shape.</summary>
    public AuthorRules Rules => rules;

    /// <summary>Errors that were added here.</summary>
    public int Errors { get; private set; }

    public void Add(DiagnosticRule rule, YamlNode at, string reason, string hint = "") => Add(rule, at.Line, at.Column, reason, hint);

    public void Add(DiagnosticRule rule, int line, int column, string reason, string hint = "")
    {
        ArgumentNullException.ThrowIfNull(rule);
        if (rule.Severity == DiagnosticSeverity.Error) Errors++;
        all.Add(rule.At(File, line, column, reason, hint.Length > 0 ? hint : null));
    }
}

/// <summary>A map of an author's file whose keys are asked for one by one; <see cref="Close"/> reports those that nobody asked for.</summary>
public sealed class AuthorMap(YamlMap map, AuthorMistakes mistakes)
{
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    public YamlMap Node => map;

    public AuthorMistakes Mistakes => mistakes;

    /// <summary>The keys that were asked for so far, in order.</summary>
    public IReadOnlyList<string> Asked => [.. _asked.Order(StringComparer.Ordinal)];

    public YamlNode? Get(string key)
    {
        _asked.Add(key);
        return map[key];
    }

    public YamlNode? Require(string key)
    {
        var value = Get(key);
        if (value is null) mistakes.Add(mistakes.Rules.MissingKey, map, $"`{key}` is missing.");
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

    /// <summary>True or false; false when the key is not there.</summary>
    public bool Flag(string key) => Choice(key) == true;

    /// <summary>True or false; null when the key is not there or neither, which is reported.</summary>
    public bool? Choice(string key)
    {
        if (Text(key) is not { } text) return null;
        if (text.Text is "true" or "false") return text.Text == "true";
        mistakes.Add(mistakes.Rules.BadValue, text, $"`{key}` is true or false, not `{YamlText.Excerpt(text.Text)}`.");
        return null;
    }

    /// <summary>Reports the keys that nobody asked for.</summary>
    public void Close()
    {
        foreach (var (key, _) in map.Entries)
            if (!_asked.Contains(key.Text)) mistakes.Add(mistakes.Rules.UnknownKey, key, $"`{YamlText.Excerpt(key.Text)}` is not known here.", Known(key.Text));
    }

    private string Known(string key) => Nearest.Hint(key, _asked) is { Length: > 0 } near ? near : $"Known here are {string.Join(", ", Asked)}.";

    private YamlScalar? Scalar(YamlNode value, string key) =>
        value as YamlScalar is { Text.Length: > 0 } text ? text : Wrong<YamlScalar?>(value, key, "a text", null);

    private T Wrong<T>(YamlNode value, string key, string expected, T instead)
    {
        mistakes.Add(mistakes.Rules.WrongShape, value, $"`{key}` is {value.Shape} where {expected} is expected.");
        return instead;
    }
}
