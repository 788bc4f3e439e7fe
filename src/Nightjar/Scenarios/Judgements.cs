using Nightjar.Findings;

namespace Nightjar.Scenarios;

/// <summary>What a reason for quiet names.</summary>
internal enum QuietReasonKind : byte
{
    /// <summary>An exception of the analytic.</summary>
    Exception,
    /// <summary>A stage that was not seen.</summary>
    Missing,
    /// <summary>A stage that was seen and must not have been.</summary>
    Seen,
    /// <summary>A stage that no telemetry could have shown.</summary>
    Blind,
    /// <summary>A stage that was seen less often than is required.</summary>
    TooFew,
    /// <summary>A condition of a stage, as written, that does not hold.</summary>
    Condition,
    /// <summary>The score that it comes to, below the threshold.</summary>
    Score,
    /// <summary>The window, or the order.</summary>
    Time,
    /// <summary>A tunable that the scenario sets.</summary>
    Tunable,
}

/// <summary>Something without which a quiet scenario would not be quiet.</summary>
/// <param name="Kind">What it names.</param>
/// <param name="Name">The name, the condition on one line, or the score.</param>
/// <param name="Line">Where it stands.</param>
/// <param name="Column">Where it stands.</param>
internal sealed record QuietReason(QuietReasonKind Kind, string Name, int Line, int Column)
{
    public const string Window = "window";

    public const string Order = "order";

    public override string ToString() => Kind switch
    {
        QuietReasonKind.TooFew => $"too few of {Name}",
        QuietReasonKind.Score => $"a score of {Name}",
        QuietReasonKind.Time => $"the {Name}",
        QuietReasonKind.Blind => $"the blindness for {Name}",
        QuietReasonKind.Missing => $"the missing {Name}",
        QuietReasonKind.Seen => $"the {Name} that was seen",
        _ => $"the {Kind.ToString().ToLowerInvariant()} `{Name}`",
    };
}

/// <summary>What a scenario that fires says of the best of its findings; null: nothing.</summary>
/// <param name="Findings">How many findings there are.</param>
/// <param name="Score">Its score.</param>
/// <param name="Level">Its confidence.</param>
/// <param name="Stages">Ids of the stages that matched, in any order and no other.</param>
/// <param name="Adds">Names of what added to its score, in any order and no other.</param>
/// <param name="Title">Its title.</param>
/// <param name="Line">Where it stands.</param>
/// <param name="Column">Where it stands.</param>
internal sealed record Expectation(int? Findings, int? Score, Confidence? Level, IReadOnlyList<string>? Stages, IReadOnlyList<string>? Adds, string? Title, int Line, int Column);
