using System.Globalization;
using Nightjar.Knowledge;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;
using YamlNode = YamlDotNet.RepresentationModel.YamlNode;

namespace Nightjar.Analytics.Reading;

/// <summary>Reads an author's YAML with bounds, and its maps key by key so that nothing unknown goes unnoticed.</summary>
internal static class YamlReading
{
    /// <summary>Largest file, in characters.</summary>
    public const int MaxLength = 1024 * 1024;

    private const int MaxDepth = 40;

    private const int MostDocuments = 1000;

    /// <summary>The top maps of the documents; none, and a mistake, when one of them is no map.</summary>
    public static IReadOnlyList<YamlMap> Parse(string text, Mistakes mistakes)
    {
        if (text.Length > MaxLength)
        {
            mistakes.Add(Rules.TooLarge, new YamlPlace(mistakes.File, 1, 1), $"The file has {text.Length} characters.", $"The limit is {MaxLength}.");
            return [];
        }
        if ((Watched(text) ?? Plainly(text, mistakes)) is not { } stream) return [];
        // A marker at the end of the file begins an empty document.
        var roots = stream.Documents.Select(document => document.RootNode).Where(root => root is not YamlScalarNode { Value: null or "" }).ToArray();
        if (roots.Length > MostDocuments) mistakes.Add(Rules.TooLarge, roots[MostDocuments], $"The file has {roots.Length} documents.", $"The limit is {MostDocuments}.");
        else if (roots.Length > 0 && Array.TrueForAll(roots, root => root is YamlMappingNode)) return [.. roots.Select(root => new YamlMap((YamlMappingNode)root, mistakes))];
        else mistakes.Add(Rules.WrongShape, roots.FirstOrDefault(root => root is not YamlMappingNode) is { } wrong ? mistakes.Place(wrong) : new YamlPlace(mistakes.File, 1, 1), roots.Length > 1 ? "A document of the file is not a map." : "The file is not a map.");
        return [];
    }

    // Read once, with the bounds watched on the way; null when anything is wrong. A hundred analytics are read in half the time.
    internal static YamlStream? Watched(string text)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new WatchedParser(text));
            return stream;
        }
        catch (Exception e) when (e is YamlException || IsOfTheLibrary(e))
        {
            return null;
        }
    }

    // The same in two readings, the bounds before all else: what an author is told does not depend on how far the one reading came.
    internal static YamlStream? Plainly(string text, Mistakes mistakes)
    {
        var stream = new YamlStream();
        return IsBounded(text, mistakes) && IsYaml(text, mistakes, () => stream.Load(new StringReader(text))) ? stream : null;
    }

    // Depth and aliases are checked on the token stream: the representation model would unfold them first.
    private static bool IsBounded(string text, Mistakes mistakes)
    {
        var isBounded = true;
        return IsYaml(text, mistakes, () => isBounded = IsWithinLimits(text, mistakes)) && isBounded;
    }

    // Some malformed files make the library throw what is not its own.
    private static bool IsOfTheLibrary(Exception e) =>
        e is ArgumentException or InvalidOperationException or FormatException or IndexOutOfRangeException or OverflowException;

    private static bool IsYaml(string text, Mistakes mistakes, Action read)
    {
        try
        {
            read();
            return true;
        }
        catch (YamlException e)
        {
            mistakes.Add(Rules.NotYaml, Place(mistakes, e), Trim(e.Message));
        }
        catch (Exception e) when (IsOfTheLibrary(e))
        {
            var found = new List<Diagnostic>();
            YamlText.Parse(mistakes.File, text, found);
            mistakes.Add(Rules.NotYaml, new YamlPlace(mistakes.File, Math.Max(1, found.FirstOrDefault()?.Line ?? 1), Math.Max(1, found.FirstOrDefault()?.Column ?? 1)), found.FirstOrDefault()?.Reason ?? Trim(e.Message));
        }
        return false;
    }

    private static bool IsWithinLimits(string text, Mistakes mistakes)
    {
        var parser = new Parser(new StringReader(text));
        var depth = 0;
        while (parser.MoveNext())
        {
            var current = parser.Current!;
            depth += current.NestingIncrease;
            if (IsWithinLimits(current, depth)) continue;
            var place = new YamlPlace(mistakes.File, (int)current.Start.Line, (int)current.Start.Column);
            mistakes.Add(Rules.TooLarge, place, depth > MaxDepth ? $"The file is nested deeper than {MaxDepth}." : "Aliases are not allowed.");
            return false;
        }
        return true;
    }

    private static bool IsWithinLimits(ParsingEvent current, int depth) => depth <= MaxDepth && current is not AnchorAlias;

    private static YamlPlace Place(Mistakes mistakes, YamlException e) => new(mistakes.File, (int)e.Start.Line, (int)e.Start.Column);

    private static string Trim(string message) => message.Length <= 200 ? message : message[..200];

    /// <summary>A parser that stops where the bounds do.</summary>
    private sealed class WatchedParser(string text) : IParser
    {
        private readonly Parser _parser = new(new StringReader(text));
        private int _depth;

        public ParsingEvent? Current => _parser.Current;

        public bool MoveNext()
        {
            if (!_parser.MoveNext()) return false;
            _depth += _parser.Current!.NestingIncrease;
            return IsWithinLimits(_parser.Current, _depth) ? true : throw new YamlException("Beyond the bounds.");
        }
    }
}

/// <summary>A map whose keys are asked for one by one; <see cref="Close"/> reports those nobody asked for.</summary>
internal sealed class YamlMap(YamlMappingNode node, Mistakes mistakes)
{
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    public YamlMappingNode Node => node;

    public Mistakes Mistakes => mistakes;

    public IEnumerable<KeyValuePair<string, YamlNode>> Entries
    {
        get
        {
            foreach (var (key, value) in node.Children) yield return new((key as YamlScalarNode)?.Value ?? "", value);
        }
    }

    public YamlNode? Get(string key)
    {
        _asked.Add(key);
        return node.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;
    }

    public YamlNode? Require(string key)
    {
        var value = Get(key);
        if (value is null) mistakes.Add(Rules.MissingKey, node, $"`{key}` is missing.");
        return value;
    }

    public string? Text(string key) => Get(key) is { } value ? AsText(value, key) : null;

    public string RequireText(string key) => Require(key) is { } value ? AsText(value, key) ?? "" : "";

    public YamlMap? Map(string key)
    {
        var value = Get(key);
        if (value is null) return null;
        if (value is YamlMappingNode map) return new YamlMap(map, mistakes);
        mistakes.Add(Rules.WrongShape, value, $"`{key}` must be a map.");
        return null;
    }

    /// <summary>The items of a list; a single text counts as a list of one.</summary>
    public IReadOnlyList<YamlNode> List(string key) => Get(key) switch
    {
        null => [],
        YamlSequenceNode list => [.. list.Children],
        YamlScalarNode one => [one],
        var other => WrongList(key, other),
    };

    public IReadOnlyList<string> Texts(string key) => [.. List(key).Select(item => AsText(item, key)).OfType<string>()];

    /// <summary>The maps of a list.</summary>
    public IEnumerable<YamlMap> Maps(string key)
    {
        foreach (var item in List(key))
        {
            if (item is YamlMappingNode map) yield return new YamlMap(map, mistakes);
            else mistakes.Add(Rules.WrongShape, item, $"The items of `{key}` must be maps.");
        }
    }

    public int? Whole(string key, int low, int high)
    {
        if (Get(key) is not { } value) return null;
        if (value is YamlScalarNode scalar && int.TryParse(scalar.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= low && number <= high) return number;
        mistakes.Add(Rules.BadValue, value, $"`{key}` must be a whole number from {low} to {high}.");
        return null;
    }

    public bool Flag(string key)
    {
        if (Get(key) is not { } value) return false;
        if (value is YamlScalarNode { Value: "true" or "false" } scalar) return scalar.Value == "true";
        mistakes.Add(Rules.BadValue, value, $"`{key}` must be true or false.");
        return false;
    }

    /// <summary>What stands at the end of a path of keys, else the last thing on the way; nothing is reported.</summary>
    public YamlNode At(params ReadOnlySpan<string> path)
    {
        YamlNode at = node;
        foreach (var key in path)
        {
            if (at is not YamlMappingNode map || !map.Children.TryGetValue(new YamlScalarNode(key), out var next)) break;
            at = next;
        }
        return at;
    }

    /// <summary>Reports the keys that nobody asked for.</summary>
    public void Close(params string[] alsoAllowed)
    {
        foreach (var (key, value) in Entries)
        {
            if (_asked.Contains(key) || alsoAllowed.Contains(key, StringComparer.Ordinal)) continue;
            var hint = ForeignWords.Hint(key);
            mistakes.Add(Rules.UnknownKey, value, $"`{key}` is not known here.", hint.Length > 0 ? hint : Known(key, alsoAllowed));
        }
    }

    private string Known(string key, string[] alsoAllowed)
    {
        var known = _asked.Concat(alsoAllowed).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        var nearest = Nearest.Hint(key, known);
        return nearest.Length > 0 ? nearest : $"Known here are {string.Join(", ", known)}.";
    }

    private string? AsText(YamlNode value, string key)
    {
        if (value is YamlScalarNode scalar) return scalar.Value ?? "";
        mistakes.Add(Rules.WrongShape, value, $"`{key}` must be a text.");
        return null;
    }

    private IReadOnlyList<YamlNode> WrongList(string key, YamlNode value)
    {
        mistakes.Add(Rules.WrongShape, value, $"`{key}` must be a list.");
        return [];
    }
}
