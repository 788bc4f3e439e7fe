using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Nightjar.Analytics.Translation;

/// <summary>Builds YAML, and writes it.</summary>
internal static class YamlTree
{
    private const int BestWidth = 140;

    /// <summary>A map of the entries that have a value, in their order.</summary>
    public static YamlMappingNode Map(params (string Key, YamlNode? Value)[] entries)
    {
        var map = new YamlMappingNode();
        foreach (var (key, value) in entries)
        {
            if (value is not null) map.Add(key, value);
        }
        return map;
    }

    public static YamlSequenceNode List(IEnumerable<YamlNode> items) => new(items);

    /// <summary>A list of texts on one line.</summary>
    public static YamlSequenceNode Texts(IEnumerable<string> items) =>
        new(items.Select(item => new YamlScalarNode(item))) { Style = YamlDotNet.Core.Events.SequenceStyle.Flow };

    /// <summary>A text; in quotes where it could be read as something else.</summary>
    public static YamlScalarNode Text(string text) => new(text) { Style = NeedsQuotes(text) ? ScalarStyle.DoubleQuoted : ScalarStyle.Any };

    /// <summary>The value of a key; null when it is not there.</summary>
    public static YamlNode? Get(this YamlMappingNode map, string key) =>
        map.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;

    /// <summary>The text of a key; null when it is not there or no text.</summary>
    public static string? TextOf(this YamlMappingNode map, string key) => (map.Get(key) as YamlScalarNode)?.Value;

    /// <summary>The documents as one text.</summary>
    public static string Write(params IReadOnlyList<YamlNode> documents)
    {
        var writer = new StringWriter { NewLine = "\n" };
        for (var i = 0; i < documents.Count; i++)
        {
            if (i > 0) writer.Write("---\n");
            writer.Write(Write(documents[i]));
        }
        return writer.ToString();
    }

    private static string Write(YamlNode root)
    {
        var writer = new StringWriter { NewLine = "\n" };
        var settings = new EmitterSettings().WithBestWidth(BestWidth).WithNewLine("\n");
        new YamlStream(new YamlDocument(root)).Save(new Emitter(writer, settings), assignAnchors: false);
        var text = writer.ToString();
        // The mark of the document's end is needed by streams only.
        return text.EndsWith("...\n", StringComparison.Ordinal) ? text[..^4] : text;
    }

    private static bool NeedsQuotes(string text) =>
        text.Length == 0 || char.IsAsciiDigit(text[0]) || text is "null" or "~" or "true" or "false" or "yes" or "no" || text[0] is '*' or '&' or '!' or '%' or '@' or '`' or '?' or '-' or ' ' || text[^1] == ' ';
}
