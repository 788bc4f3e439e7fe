using System.Text;
using Nightjar.Knowledge;

namespace Nightjar.Playbooks;

/// <summary>A playbook as its author wrote it, checked: placeholders stand where values of a finding will.</summary>
public sealed class PlaybookTemplate
{
    private const int MostCharacters = 32_768;
    private const int MostPlaceholders = 100;
    private const int MostOfValue = 160;

    private PlaybookTemplate(IReadOnlyList<PlaybookSection> sections) => Sections = sections;

    /// <summary>The titles that every playbook has, in order.</summary>
    public static IReadOnlyList<string> Titles { get; } = ["Confirm", "Preserve", "Contain", "Decide on the app", "Recover", "Report"];

    /// <summary>The sections, with their placeholders.</summary>
    public IReadOnlyList<PlaybookSection> Sections { get; }

    /// <summary>Reads and checks a playbook but for its placeholders, which only its analytic knows.</summary>
    internal static PlaybookTemplate? Read(string text, PlaybookMistakes mistakes)
    {
        if (text.Length > MostCharacters)
        {
            mistakes.Add(PlaybookRules.TooLong, 0, 0, $"It has {text.Length} characters.");
            return null;
        }
        var read = new PlaybookReading(mistakes).Read(text);
        CheckSections(read, mistakes);
        var template = new PlaybookTemplate([.. read.Select(section => new PlaybookSection(section.Title, section.Blocks))]);
        var placeholders = template.Placeholders.Count();
        if (placeholders > MostPlaceholders) mistakes.Add(PlaybookRules.TooLong, 0, 0, $"It has {placeholders} placeholders.");
        foreach (var kind in new[] { PlaybookConditionKind.Managed, PlaybookConditionKind.Personal })
        {
            if (!read.Any(section => section.Blocks.Any(block => block.When.Kind == kind)))
                mistakes.Add(PlaybookRules.OneAudience, 0, 0, $"There is no block `::: {kind.ToString().ToLowerInvariant()}`.");
        }
        return template;
    }

    /// <summary>Every placeholder with the condition of the block that it stands in.</summary>
    internal IEnumerable<(PlaybookSpan Placeholder, PlaybookCondition When)> Placeholders =>
        from section in Sections
        from block in section.Blocks
        from span in block.Spans
        where span.Kind == PlaybookSpanKind.Placeholder
        select (span, block.When);

    /// <summary>Fills the playbook.</summary>
    /// <param name="value">Asked with the name of each placeholder: the value, and whether the author wrote it.</param>
    /// <param name="isSeen">Asked with the stage of each conditional block.</param>
    internal Playbook Fill(Func<string, (string Text, bool IsAuthors)> value, Func<string, bool> isSeen)
    {
        var sections = Sections.Select(section => section with { Blocks = [.. section.Blocks.Where(block => Holds(block.When, isSeen)).Select(block => Fill(block, value))] });
        return new Playbook(PlaybookWriter.Markdown(sections));
    }

    private static bool Holds(PlaybookCondition when, Func<string, bool> isSeen) => when.Kind switch
    {
        PlaybookConditionKind.Seen => isSeen(when.Stage),
        PlaybookConditionKind.Unseen => !isSeen(when.Stage),
        _ => true,
    };

    private static PlaybookBlock Fill(PlaybookBlock block, Func<string, (string Text, bool IsAuthors)> value)
    {
        var when = block.When.Kind is PlaybookConditionKind.Seen or PlaybookConditionKind.Unseen ? PlaybookCondition.Always : block.When;
        return block with { When = when, Spans = [.. block.Spans.Select(span => span.Kind == PlaybookSpanKind.Placeholder ? Fill(span, value) : span)] };
    }

    private static PlaybookSpan Fill(PlaybookSpan span, Func<string, (string Text, bool IsAuthors)> value)
    {
        var (text, isAuthors) = value(span.Text);
        return isAuthors ? new(PlaybookSpanKind.Text, text) : new(PlaybookSpanKind.Code, Visible(text));
    }

    // A value is shown by other tools too, so what would not be seen is written out before it leaves.
    private static string Visible(string value)
    {
        var shown = new StringBuilder();
        foreach (var rune in value.EnumerateRunes())
        {
            if (UnseenCharacters.Holds(rune)) shown.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\u{{{rune.Value:X4}}}");
            else shown.Append(rune.ToString());
            if (shown.Length <= MostOfValue) continue;
            shown.Append('…');
            break;
        }
        return shown.Length == 0 ? "(empty)" : shown.ToString();
    }

    private static void CheckSections(IReadOnlyList<(string Title, int Line, List<PlaybookBlock> Blocks)> read, PlaybookMistakes mistakes)
    {
        var last = -1;
        foreach (var (title, line, blocks) in read.Where(section => section.Title.Length > 0))
        {
            var place = Titles.ToList().IndexOf(title);
            if (place < 0) mistakes.Add(PlaybookRules.StrangeSection, line, 1, $"`{title}` is no section.", Nearest.Hint(title, Titles));
            else if (place <= last) mistakes.Add(PlaybookRules.StrangeSection, line, 1, $"`{title}` stands twice or after a later one.");
            if (blocks.Count == 0) mistakes.Add(PlaybookRules.MissingSection, line, 1, $"`{title}` says nothing.");
            last = Math.Max(last, place);
        }
        foreach (var missing in Titles.Where(title => read.All(section => section.Title != title)))
            mistakes.Add(PlaybookRules.MissingSection, 0, 0, $"`{missing}` is missing.");
    }
}
