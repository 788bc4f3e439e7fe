using Nightjar.Events;

namespace Nightjar.Analytics.Plan;

/// <summary>One stage: which events are of it.</summary>
internal sealed record Stage
{
    public required string Id { get; init; }

    /// <summary>Its place among the analytic's stages, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>What it is, in words: "a code file is written".</summary>
    public required string Title { get; init; }

    /// <summary>The conditions as their author wrote them; all of them must hold.</summary>
    public required IReadOnlyList<StagePart> Parts
    {
        get;
        init
        {
            field = value;
            var nodes = value.SelectMany(part => part.Node is AllOf all ? all.Operands : [part.Node]).ToList();
            Own = AllOf.Of([.. nodes.Where(node => node.Looks == 0)]);
            Joins = [.. nodes.Where(node => node.Looks != 0)];
            Reach = Reach.Of(Own);
        }
    }

    /// <summary>Whether an event is of the stage, by itself.</summary>
    public TruthNode Own { get; private init; } = ConstantTruth.True;

    /// <summary>How it must go with the events of other stages. A part counts only where all the stages that it looks at are there.</summary>
    public IReadOnlyList<TruthNode> Joins { get; private init; } = [];

    /// <summary>The kinds of event that can be of it.</summary>
    public Reach Reach { get; private init; } = Reach.Any;

    /// <summary>By index of stage: whether an event of this stage is of the same group as the event that stands for that one; null: nothing is grouped.</summary>
    public IReadOnlyList<TruthNode?> SameGroup { get; init; } = [];

    /// <summary>Whether an event is of the same group as the event that stands for this stage in the chain; null: nothing is grouped.</summary>
    public TruthNode? OwnGroup => SameGroup.Count == 0 ? null : SameGroup[Index];

    /// <summary>Whose events count.</summary>
    public required AppRule App { get; init; }

    /// <summary>The data components that show it.</summary>
    public DataComponents Components => Reach.Components;
}

/// <summary>One condition of a stage, as its author wrote it.</summary>
/// <param name="Kind">Where it stands.</param>
/// <param name="Text">Its words; the name of an exception.</param>
/// <param name="Node">What it means.</param>
internal sealed record StagePart(StagePartKind Kind, string Text, TruthNode Node);

/// <summary>Where a condition of a stage stands in the file.</summary>
internal enum StagePartKind : byte
{
    Detection,
    Where,
    Exception,
    Group,
}

/// <summary>Whose events count for a stage, seen from the app that the finding is about.</summary>
internal enum AppRule : byte
{
    /// <summary>Its own.</summary>
    Same,
    /// <summary>Its own, and records of its device that name no app.</summary>
    SameOrUnnamed,
    /// <summary>Those of other apps of its device.</summary>
    Other,
}

/// <summary>Which of the matches that begin with one event are taken.</summary>
internal enum MatchSelection : byte
{
    /// <summary>The one that is completed earliest.</summary>
    First,
    /// <summary>For each event that completes one, the first found.</summary>
    Each,
    /// <summary>Every combination of events.</summary>
    All,
}

/// <summary>A way for the analytic to match: stages that must all be there.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Stages">Indexes of the stages, in order.</param>
/// <param name="IsOrdered">True when they must come in this order.</param>
/// <param name="Score">What it is worth by itself.</param>
/// <param name="Blind">Stages that must not have been observable; otherwise the chain does not hold.</param>
/// <param name="Unless">Stages that must not have been seen in the window before the last stage; otherwise the chain does not hold.</param>
/// <param name="Require">Measures that must hold.</param>
internal sealed record Chain(string Name, int[] Stages, bool IsOrdered, int Score, int[] Blind, int[] Unless, Measure[] Require)
{
    /// <summary>The stages as bits.</summary>
    public ulong Bits { get; } = StageBit.Of(Stages);
}

/// <summary>Something that must not have happened.</summary>
/// <param name="Stage">Index of the stage.</param>
/// <param name="After">Index of the stage after which; −1: from the beginning of the window.</param>
/// <param name="Before">Index of the stage before which; −1: to the end of the window.</param>
internal sealed record Absence(int Stage, int After, int Before);

/// <summary>Something that adds to the score: a condition at an event, or a measure over events.</summary>
internal sealed record Addition
{
    public required string Name { get; init; }

    public required int Points { get; init; }

    public required string Reason { get; init; }

    /// <summary>The condition; null when a measure is asked for.</summary>
    public TruthNode? When { get; init; }

    /// <summary>Stage at whose event the condition is asked; −1: at every event of the chain, and one suffices.</summary>
    public int At { get; init; } = -1;

    /// <summary>The measure; null when a condition is asked.</summary>
    public Measure? Measure { get; init; }
}

/// <summary>An exception: events that look like the behaviour and are known to be something else.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Reason">Why it is one.</param>
/// <param name="Stages">The stages it keeps events from.</param>
public sealed record AllowEntry(string Name, string Reason, IReadOnlyList<string> Stages);
