namespace Nightjar.Playbooks;

/// <summary>What to do about a finding, filled with what it found: the same form as the author's, with every value as code, so that none can become markup.</summary>
/// <param name="Markdown">The text. It may come from anywhere: what is not of the form is read as plain text.</param>
public sealed record Playbook(string Markdown)
{
    /// <summary>Longer ones are not read.</summary>
    internal const int MostCharacters = 65_536;

    /// <summary>The sections in their order.</summary>
    public IReadOnlyList<PlaybookSection> Sections => field ??= PlaybookReading.Filled(Markdown);

    /// <inheritdoc/>
    public bool Equals(Playbook? other) => other is not null && Markdown == other.Markdown;

    /// <inheritdoc/>
    public override int GetHashCode() => Markdown.GetHashCode(StringComparison.Ordinal);
}

/// <summary>A part of a playbook: confirm, preserve, contain and so on.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Blocks">What stands below it.</param>
public sealed record PlaybookSection(string Title, IReadOnlyList<PlaybookBlock> Blocks);

/// <summary>A paragraph, an item of a list, or a numbered step.</summary>
/// <param name="Kind">Which of them.</param>
/// <param name="When">When it holds.</param>
/// <param name="Spans">Its text.</param>
public sealed record PlaybookBlock(PlaybookBlockKind Kind, PlaybookCondition When, IReadOnlyList<PlaybookSpan> Spans)
{
    /// <summary>True when it is for a device of this ownership. What is for neither in particular is for both.</summary>
    public bool IsFor(DeviceOwnership ownership) => (ownership, When.Kind) switch
    {
        (DeviceOwnership.Managed, PlaybookConditionKind.Personal) => false,
        (DeviceOwnership.Personal, PlaybookConditionKind.Managed) => false,
        _ => true,
    };
}

/// <summary>The form of a block.</summary>
public enum PlaybookBlockKind
{
    Paragraph,
    Item,
    Step,
}

/// <summary>When a block holds.</summary>
/// <param name="Kind">Which condition.</param>
/// <param name="Stage">For a stage's condition: its id; otherwise empty.</param>
public sealed record PlaybookCondition(PlaybookConditionKind Kind, string Stage = "")
{
    /// <summary>It always holds.</summary>
    public static PlaybookCondition Always { get; } = new(PlaybookConditionKind.Always);
}

/// <summary>The conditions of blocks. Those of stages are in the author's form only: filling decides them.</summary>
public enum PlaybookConditionKind
{
    Always,
    /// <summary>The organisation manages the device.</summary>
    Managed,
    /// <summary>It belongs to its user, and no management can act on it.</summary>
    Personal,
    /// <summary>The stage was seen.</summary>
    Seen,
    /// <summary>The stage was not seen, or could not be.</summary>
    Unseen,
}

/// <summary>A piece of a block's text.</summary>
/// <param name="Kind">How it is shown.</param>
/// <param name="Text">What it says; the name of a placeholder without its braces.</param>
public sealed record PlaybookSpan(PlaybookSpanKind Kind, string Text)
{
    /// <summary>Where it stands in the author's file, from 1.</summary>
    internal (int Line, int Column) Place { get; init; }
}

/// <summary>How a piece of text is shown.</summary>
public enum PlaybookSpanKind
{
    Text,
    Strong,
    /// <summary>A command, a name, or a value from the finding.</summary>
    Code,
    /// <summary>Stands for a value; in the author's form only.</summary>
    Placeholder,
}

/// <summary>Whose device it is.</summary>
public enum DeviceOwnership
{
    /// <summary>Nothing told: what is for either is shown.</summary>
    Unknown,
    Managed,
    Personal,
}
