using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Nightjar.Knowledge;

/// <summary>Reads one YAML document into nodes that know their place. Bounded in size and depth; anchors, aliases and tags are refused,
/// so a small file cannot become a large one. Whatever the text, it returns and reports; it never throws.</summary>
public sealed class YamlText
{
    /// <summary>The longest text that is read, in characters.</summary>
    public const int MaxLength = 4 << 20;

    /// <summary>The deepest nesting that is read.</summary>
    public const int MaxDepth = 32;

    private readonly string file;
    private readonly ICollection<Diagnostic> diagnostics;
    private readonly Stack<Open> open = new();
    private YamlNode? root;
    private bool refused;

    private readonly YamlRules rules;

    private YamlText(string file, ICollection<Diagnostic> diagnostics, YamlRules rules) => (this.file, this.diagnostics, this.rules) = (file, diagnostics, rules);

    /// <summary>The root of a file of the reference folder; null when there is none or when the text cannot be read, which is then reported.</summary>
    internal static YamlNode? Parse(string file, string text, List<Diagnostic> diagnostics) => Parse(file, text, diagnostics, YamlRules.OfReferenceData);

    /// <summary>The document's root; null when there is none or when the text cannot be read, which is then reported.</summary>
    /// <param name="file">The file's name, for the reports.</param>
    /// <param name="text">The document.</param>
    /// <param name="diagnostics">Takes the reports.</param>
    /// <param name="rules">By which they are numbered.</param>
    public static YamlNode? Parse(string file, string text, ICollection<Diagnostic> diagnostics, YamlRules rules)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(diagnostics);
        ArgumentNullException.ThrowIfNull(rules);
        if (text.Length > MaxLength)
        {
            diagnostics.Add(rules.TooLarge.At(file, 0, 0, string.Create(CultureInfo.InvariantCulture,
                $"The file has {text.Length} characters; at most {MaxLength} are read.")));
            return null;
        }
        return new YamlText(file, diagnostics, rules).Read(text);
    }

    private YamlNode? Read(string text)
    {
        Parser? parser = null;
        try
        {
            parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
            while (!refused && parser.MoveNext()) Take(parser.Current!);
        }
        catch (YamlException e)
        {
            Report(rules.NotYaml, e.Start, $"This is not YAML: {OneLine(e.InnerException?.Message ?? e.Message)}");
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or FormatException or IndexOutOfRangeException or OverflowException)
        {
            // The library's own words for these say nothing to an author.
            Report(rules.NotYaml, parser?.Current?.Start ?? Mark.Empty, "This is not YAML: a list or mapping is not closed, or something stands where it cannot.");
        }
        return refused ? null : root;
    }

    private void Take(ParsingEvent e)
    {
        switch (e)
        {
            case AnchorAlias: Report(rules.Refused, e.Start, "An alias (*name) is not read."); break;
            case NodeEvent { Anchor.IsEmpty: false }: Report(rules.Refused, e.Start, "An anchor (&name) is not read."); break;
            case NodeEvent { Tag.IsEmpty: false } node when node is not Scalar { Tag.Value: "!" }:
                Report(rules.Refused, e.Start, "A tag (!name) is not read."); break;
            case Scalar scalar: Add(new YamlScalar(scalar.Value, scalar.Style == ScalarStyle.Plain, Line(e), Column(e))); break;
            case MappingStart or SequenceStart when open.Count == MaxDepth:
                Report(rules.Refused, e.Start, string.Create(CultureInfo.InvariantCulture, $"It is nested more than {MaxDepth} levels deep.")); break;
            case MappingStart: open.Push(new Open(true, Line(e), Column(e))); break;
            case SequenceStart: open.Push(new Open(false, Line(e), Column(e))); break;
            case MappingEnd or SequenceEnd: Add(open.Pop().Close()); break;
            case DocumentStart when root is not null: Report(rules.Refused, e.Start, "A second document (---) is not read."); break;
            default: break;
        }
    }

    private void Add(YamlNode node)
    {
        if (!open.TryPeek(out var parent)) root = node;
        else if (!parent.IsMap) parent.Items.Add(node);
        else if (parent.Key is { } key)
        {
            parent.Entries.Add(new(key, node));
            parent.Key = null;
        }
        else if (node is not YamlScalar name) Report(rules.Refused, new Mark(0, node.Line, node.Column), "A key must be a text.");
        else TakeKey(parent, name);
    }

    private void TakeKey(Open map, YamlScalar name)
    {
        map.Key = name;
        if (map.Keys.Add(name.Text)) return;
        diagnostics.Add(rules.Duplicate.At(file, name.Line, name.Column, $"The key '{Excerpt(name.Text)}' stands here a second time."));
        map.Key = new YamlScalar("", true, name.Line, name.Column);
    }

    private void Report(DiagnosticRule rule, Mark at, string reason)
    {
        refused = true;
        diagnostics.Add(rule.At(file, (int)at.Line, at.Line == 0 ? 0 : (int)at.Column, reason));
    }

    /// <summary>At most 80 characters of a text, on one line, fit for a message.</summary>
    public static string Excerpt(string text)
    {
        var cut = text.Length > 80 ? string.Concat(text.AsSpan(0, 80), "…") : text;
        return string.Concat(cut.Select(c => char.IsControl(c) ? ' ' : c));
    }

    private static string OneLine(string message) => Excerpt(message).TrimEnd('.') + ".";
    private static int Line(ParsingEvent e) => (int)e.Start.Line;
    private static int Column(ParsingEvent e) => (int)e.Start.Column;

    // A collection that is being read. In a mapping, Key is the key that waits for its value.
    private sealed class Open(bool isMap, int line, int column)
    {
        public bool IsMap => isMap;
        public List<YamlNode> Items { get; } = [];
        public List<KeyValuePair<YamlScalar, YamlNode>> Entries { get; } = [];
        public HashSet<string> Keys { get; } = new(StringComparer.Ordinal);
        public YamlScalar? Key { get; set; }

        // A repeated key was renamed to nothing, which no reader asks for.
        public YamlNode Close() => isMap
            ? new YamlMap([.. Entries.Where(e => e.Key.Text.Length > 0)], line, column)
            : new YamlList(Items, line, column);
    }
}

/// <summary>The mistakes that any YAML file can hold, under the numbers of one kind of file.</summary>
/// <param name="TooLarge">The text is longer than is read.</param>
/// <param name="NotYaml">The text is no YAML.</param>
/// <param name="Refused">It uses a form of YAML that is not read.</param>
/// <param name="Duplicate">A key stands twice in one mapping.</param>
public sealed record YamlRules(DiagnosticRule TooLarge, DiagnosticRule NotYaml, DiagnosticRule Refused, DiagnosticRule Duplicate)
{
    internal static YamlRules OfReferenceData { get; } =
        new(ReferenceRules.TooLarge, ReferenceRules.NotYaml, ReferenceRules.YamlRefused, ReferenceRules.Duplicate);
}
