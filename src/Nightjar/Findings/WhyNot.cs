using Nightjar.Events;

namespace Nightjar.Findings;

/// <summary>Why an analytic reported nothing about an app of a device, or that it did: what was seen, what was missing, and by how much.</summary>
public sealed record WhyNot
{
    public required AnalyticReference Analytic { get; init; }

    public required DeviceReference Device { get; init; }

    /// <summary>Null when the analytic looks at the device as a whole.</summary>
    public required string? App { get; init; }

    /// <summary>False when the analytic is for another platform than the device's, or that is told nowhere.</summary>
    public required bool IsApplicable { get; init; }

    /// <summary>How long after the end of the first event a chain may take.</summary>
    public required TimeSpan Window { get; init; }

    /// <summary>Score from which it reports.</summary>
    public required int Threshold { get; init; }

    /// <summary>Events of the device that were looked at.</summary>
    public required long Events { get; init; }

    /// <summary>Those of them that name the app.</summary>
    public required long AppEvents { get; init; }

    /// <summary>From the first event to the last; null when there was none.</summary>
    public required (Instant From, Instant To)? Span { get; init; }

    /// <summary>Every stage of the analytic, with what was seen of it in all.</summary>
    public required IReadOnlyList<StageCount> Stages { get; init; }

    /// <summary>What it did report; empty when it was quiet.</summary>
    public required IReadOnlyList<ReportedFinding> Reported { get; init; }

    /// <summary>The events that came closest to a match, the closest first.</summary>
    public required IReadOnlyList<Attempt> Closest { get; init; }

    /// <summary>What was not looked at, in sentences; empty when everything was.</summary>
    public required IReadOnlyList<string> GivenUp { get; init; }
}

/// <summary>How often a stage was seen by itself.</summary>
/// <param name="Id">The stage.</param>
/// <param name="Title">What it is, in words.</param>
/// <param name="Events">Events that are of the stage, whatever else they go with.</param>
/// <param name="Similar">Events of the same kind that miss one of its conditions.</param>
/// <param name="Missing">The telemetry that would show it, where the device delivered none; none otherwise.</param>
public sealed record StageCount(string Id, string Title, int Events, int Similar, DataComponents Missing);

/// <summary>A finding that the analytic made.</summary>
public sealed record ReportedFinding(string Uid, int Score, Instant Start, Instant End, int Count)
{
    /// <summary>Ids of the policy's exceptions that hide it; empty when it is reported.</summary>
    public IReadOnlyList<string> HiddenBy { get; init; } = [];

    /// <summary>Ids of the policy's exceptions that would have hidden some of it and had expired.</summary>
    public IReadOnlyList<string> ExpiredExceptions { get; init; } = [];
}

/// <summary>Events that came close to a match of one chain.</summary>
public sealed record Attempt
{
    /// <summary>Name of the chain.</summary>
    public required string Chain { get; init; }

    public required bool IsOrdered { get; init; }

    /// <summary>The stages of the chain, in its order.</summary>
    public required IReadOnlyList<AttemptStage> Stages { get; init; }

    /// <summary>What speaks against the chain as a whole, although its stages were seen.</summary>
    public required IReadOnlyList<Gap> Gaps { get; init; }

    /// <summary>The score, line by line; empty unless every stage was seen as it must be.</summary>
    public required IReadOnlyList<Contribution> Contributions { get; init; }

    /// <summary>What it would have come to; null unless every stage was seen as it must be.</summary>
    public required int? Score { get; init; }

    /// <summary>What was known at the last of its events; <c>unknown</c> where nothing told.</summary>
    public required IReadOnlyList<ContextFact> Context { get; init; }

    /// <summary>Further attempts that came as far and missed the same.</summary>
    public int Alike { get; init; }
}

/// <summary>What became of a stage in an attempt.</summary>
/// <param name="Id">The stage.</param>
/// <param name="Title">What it is, in words.</param>
/// <param name="State">Matched: as it must be; missing: not so, or not at all; not observable: no telemetry could have shown it.</param>
/// <param name="Event">The event that comes closest; null when there is none.</param>
/// <param name="Gaps">What is wrong with that event; empty when it matches.</param>
/// <param name="Missing">For what is not observable: the telemetry that would show it.</param>
public sealed record AttemptStage(string Id, string Title, StageState State, EvidenceEvent? Event, IReadOnlyList<Gap> Gaps, DataComponents Missing);

/// <summary>One thing that kept a match from being one.</summary>
public sealed record Gap
{
    public required GapKind Kind { get; init; }

    /// <summary>The other stage that it is about; empty when it is about none.</summary>
    public string Stage { get; init; } = "";

    /// <summary>The author's words: a condition, or the reason of an exception.</summary>
    public string Text { get; init; } = "";

    /// <summary>The values that were compared; empty when they cannot be told apart.</summary>
    public IReadOnlyList<ComparedValue> Compared { get; init; } = [];

    /// <summary>For time: how long it was. Zero otherwise.</summary>
    public TimeSpan Took { get; init; }

    /// <summary>For time: how long it may be. Zero otherwise.</summary>
    public TimeSpan Allowed { get; init; }

    /// <summary>For what should not be there: the event.</summary>
    public EvidenceEvent? Event { get; init; }
}

/// <summary>Two values side by side.</summary>
/// <param name="Of">OCSF path of the field, or what was measured; empty when it has no name.</param>
/// <param name="Seen">A <see cref="string"/> or <see cref="double"/>; null when the event lacks it.</param>
/// <param name="Relation">For example <c>&gt;=</c>, <c>==</c>, <c>in</c>; empty when no value was asked for by itself.</param>
/// <param name="Wanted">A <see cref="string"/> or <see cref="double"/>; null when many would do.</param>
public sealed record ComparedValue(string Of, object? Seen, string Relation, object? Wanted);

/// <summary>What kind of thing kept a match from being one.</summary>
public enum GapKind
{
    /// <summary>A condition of the stage is false.</summary>
    Condition,
    /// <summary>A condition cannot be answered: the event lacks a field, or nothing told.</summary>
    UnknownCondition,
    /// <summary>The event does not go with that of another stage.</summary>
    Join,
    /// <summary>An exception made it quiet.</summary>
    Exception,
    /// <summary>The event is of another app than the stage asks for.</summary>
    App,
    /// <summary>It came after the window had closed.</summary>
    TooLate,
    /// <summary>It came before the stage that it must follow.</summary>
    TooEarly,
    /// <summary>Something happened that must not.</summary>
    Unwanted,
    /// <summary>A measure falls short.</summary>
    Measure,
    /// <summary>The chain counts only where a stage cannot be observed, and it could.</summary>
    Observable,
    /// <summary>None of the events is the app's own.</summary>
    NotItsOwn,
    /// <summary>The score stays below the threshold.</summary>
    Score,
    /// <summary>A measure looks at a stage that no telemetry could have shown.</summary>
    NotObservable,
}
