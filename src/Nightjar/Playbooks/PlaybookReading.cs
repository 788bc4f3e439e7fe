using Nightjar.Knowledge;

namespace Nightjar.Playbooks;

/// <summary>Reads the form of playbooks, which is a small part of Markdown: sections, paragraphs, lists, conditional blocks.</summary>
/// <param name="mistakes">Told of what is not of the form; null for a filled playbook, where it is plain text.</param>
internal sealed class PlaybookReading(PlaybookMistakes? mistakes)
{
    private const string Heading = "## ";
    private const string Fence = ":::";

    private readonly List<(string Title, int Line, List<PlaybookBlock> Blocks)> _sections = [];
    private PlaybookCondition _when = PlaybookCondition.Always;
    private int _opened;
    private PlaybookBlockKind _kind;
    private InlineText? _text;

    /// <summary>The sections of a filled playbook of any origin; none of one that is too long.</summary>
    public static IReadOnlyList<PlaybookSection> Filled(string text) =>
        text.Length > Playbook.MostCharacters ? [] : [.. new PlaybookReading(null).Read(text).Select(section => new PlaybookSection(section.Title, section.Blocks))];

    /// <summary>The sections with the lines of their headings.</summary>
    public IReadOnlyList<(string Title, int Line, List<PlaybookBlock> Blocks)> Read(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++) Take(lines[i].TrimEnd(), i + 1);
        Flush();
        if (_opened > 0) mistakes?.Add(PlaybookRules.BadBlock, _opened, 1, $"`{Fence}` is not closed.");
        return _sections;
    }

    private void Take(string line, int number)
    {
        if (line.Length == 0) Flush();
        else if (line.StartsWith(Fence, StringComparison.Ordinal)) Block(line[Fence.Length..].Trim(), number);
        else if (line.StartsWith(Heading, StringComparison.Ordinal)) Section(line[Heading.Length..].Trim(), number);
        else if (line.StartsWith("- ", StringComparison.Ordinal)) Begin(PlaybookBlockKind.Item, line, 2, number);
        else if (StepMark(line) is > 0 and var mark) Begin(PlaybookBlockKind.Step, line, mark, number);
        else if (_text is not null) _text.Add(line, line.Length - line.TrimStart().Length, number);
        else Begin(PlaybookBlockKind.Paragraph, line, 0, number);
    }

    private void Section(string title, int line)
    {
        Flush();
        if (_opened > 0) mistakes?.Add(PlaybookRules.BadBlock, _opened, 1, $"`{Fence}` is not closed before `{title}`.");
        (_opened, _when) = (0, PlaybookCondition.Always);
        _sections.Add((title, line, []));
    }

    private void Block(string words, int line)
    {
        Flush();
        if (words.Length == 0)
        {
            if (_opened == 0) mistakes?.Add(PlaybookRules.BadBlock, line, 1, $"`{Fence}` closes nothing.");
            (_opened, _when) = (0, PlaybookCondition.Always);
            return;
        }
        if (_opened > 0) mistakes?.Add(PlaybookRules.BadBlock, line, 1, $"`{Fence} {words}` stands inside another block.");
        if (Condition(words) is not { } condition)
        {
            mistakes?.Add(PlaybookRules.BadBlock, line, 1, $"`{words}` is no kind of block.");
            condition = PlaybookCondition.Always;
        }
        (_opened, _when) = (line, condition);
    }

    private static PlaybookCondition? Condition(string words) => words.Split(' ', StringSplitOptions.RemoveEmptyEntries) switch
    {
        ["managed"] => new(PlaybookConditionKind.Managed),
        ["personal"] => new(PlaybookConditionKind.Personal),
        ["seen", var stage] => new(PlaybookConditionKind.Seen, stage),
        ["unseen", var stage] => new(PlaybookConditionKind.Unseen, stage),
        _ => null,
    };

    private void Begin(PlaybookBlockKind kind, string line, int from, int number)
    {
        Flush();
        if (kind == PlaybookBlockKind.Paragraph && IsOtherMarkdown(line)) mistakes?.Add(PlaybookRules.OutsideForm, number, 1, $"`{line[..Math.Min(line.Length, 40)]}` is not of the form.");
        if (_sections.Count == 0)
        {
            mistakes?.Add(PlaybookRules.StrangeSection, number, 1, "Text stands before the first section.");
            _sections.Add(("", number, []));
        }
        _kind = kind;
        _text = new InlineText(mistakes);
        _text.Add(line, from, number);
    }

    private void Flush()
    {
        if (_text is null) return;
        _sections[^1].Blocks.Add(new PlaybookBlock(_kind, _when, _text.Spans()));
        _text = null;
    }

    // How many characters "12. " takes; 0 when the line does not begin so.
    private static int StepMark(string line)
    {
        var digits = 0;
        while (digits < line.Length && char.IsAsciiDigit(line[digits])) digits++;
        return digits is > 0 and < 4 && line.AsSpan(digits).StartsWith(". ") ? digits + 2 : 0;
    }

    private static bool IsOtherMarkdown(string line) =>
        line[0] is '#' or '>' or '|' or '+' or ' ' or '\t' or '=' || line.StartsWith("```", StringComparison.Ordinal) || line.StartsWith("~~~", StringComparison.Ordinal)
        || line.StartsWith("---", StringComparison.Ordinal) || line.StartsWith("* ", StringComparison.Ordinal) || line.StartsWith("![", StringComparison.Ordinal);
}

/// <summary>Collects every mistake of one playbook.</summary>
internal sealed class PlaybookMistakes(string file)
{
    public List<Diagnostic> All { get; } = [];

    public void Add(DiagnosticRule rule, int line, int column, string reason, string hint = "") =>
        All.Add(rule.At(file, line, column, reason, hint.Length > 0 ? hint : null));
}
