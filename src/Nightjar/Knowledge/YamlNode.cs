namespace Nightjar.Knowledge;

/// <summary>A piece of an author's YAML file that knows where it stands, so that a mistake in it can be told with its place.</summary>
/// <param name="line">First line is 1.</param>
/// <param name="column">First column is 1.</param>
public abstract class YamlNode(int line, int column)
{
    /// <summary>First line is 1.</summary>
    public int Line { get; } = line;

    /// <summary>First column is 1.</summary>
    public int Column { get; } = column;

    /// <summary>What it is, in the words of a message: "a text", "a list", "a mapping".</summary>
    public abstract string Shape { get; }
}

/// <summary>A single value; YAML's own typing is not applied, <c>no</c> stays the text <c>no</c>.</summary>
public sealed class YamlScalar(string text, bool isPlain, int line, int column) : YamlNode(line, column)
{
    /// <summary>The value as written, quotes resolved.</summary>
    public string Text { get; } = text;

    /// <summary>Written without quotes.</summary>
    public bool IsPlain { get; } = isPlain;

    public override string Shape => Text.Length > 0 ? "a text" : IsPlain ? "nothing" : "an empty text";
}

/// <summary>Values in the order written.</summary>
public sealed class YamlList(IReadOnlyList<YamlNode> items, int line, int column) : YamlNode(line, column)
{
    /// <summary>The values.</summary>
    public IReadOnlyList<YamlNode> Items { get; } = items;

    public override string Shape => "a list";
}

/// <summary>Keys in the order written, each once.</summary>
public sealed class YamlMap(IReadOnlyList<KeyValuePair<YamlScalar, YamlNode>> entries, int line, int column) : YamlNode(line, column)
{
    /// <summary>Keys with their values.</summary>
    public IReadOnlyList<KeyValuePair<YamlScalar, YamlNode>> Entries { get; } = entries;

    public override string Shape => "a mapping";

    /// <summary>The value of a key; null when it is not there.</summary>
    public YamlNode? this[string key]
    {
        get
        {
            foreach (var entry in Entries)
                if (entry.Key.Text == key) return entry.Value;
            return null;
        }
    }
}
