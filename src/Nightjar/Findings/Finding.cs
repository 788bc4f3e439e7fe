using Nightjar.Events;
using Nightjar.Playbooks;

namespace Nightjar.Findings;

/// <summary>What OCSF calls the activity of a finding.</summary>
public enum FindingActivity
{
    Create = 1,
    Update = 2,
    Close = 3,
}

/// <summary>OCSF severity_id.</summary>
public enum Severity
{
    Unknown = 0,
    Informational = 1,
    Low = 2,
    Medium = 3,
    High = 4,
    Critical = 5,
}

/// <summary>OCSF confidence_id, from the score by the analytic's thresholds.</summary>
public enum Confidence
{
    Unknown = 0,
    Low = 1,
    Medium = 2,
    High = 3,
}

/// <summary>One thing found: what was done, by which app on which device, how sure that is, and every event that proves it.</summary>
/// <remarks>Stands by itself: it can be read after the analytic, the symbols and the input are gone. Equal for equal events.</remarks>
public sealed record Finding
{
    /// <summary>Deterministic id: the same events and analytics give the same uid on every run and machine.</summary>
    public required string Uid { get; init; }

    public FindingActivity Activity { get; init; } = FindingActivity.Create;

    public required AnalyticReference Analytic { get; init; }

    public required DeviceReference Device { get; init; }

    /// <summary>Package name or bundle id; null for analytics about a device alone.</summary>
    public required string? App { get; init; }

    /// <summary>One sentence: which app did what, on which device, in which state.</summary>
    public required string Title { get; init; }

    /// <summary>One sentence more: what it means and what speaks for or against it.</summary>
    public required string Description { get; init; }

    public required Severity Severity { get; init; }

    /// <summary>0 to 100; the sum of the contributions, held inside the range.</summary>
    public required int Score { get; init; }

    public required Confidence Confidence { get; init; }

    /// <summary>Begin of the earliest evidence.</summary>
    public required Instant Start { get; init; }

    /// <summary>End of the latest evidence.</summary>
    public required Instant End { get; init; }

    /// <summary>How many distinct events prove it, those beyond the evidence written out included; at least 1.</summary>
    public required int Count { get; init; }

    /// <summary>Every stage of the best match, in the analytic's order.</summary>
    public required IReadOnlyList<StageOutcome> Stages { get; init; }

    /// <summary>Every contribution to the score, those that added nothing included.</summary>
    public required IReadOnlyList<Contribution> Contributions { get; init; }

    /// <summary>What was known of the moment.</summary>
    public required IReadOnlyList<ContextFact> Context { get; init; }

    /// <summary>The values in force.</summary>
    public required IReadOnlyList<TunableInForce> Tunables { get; init; }

    /// <summary>The events, in time order.</summary>
    public required IReadOnlyList<Evidence> Evidence { get; init; }

    /// <summary>Evidence beyond the limit that was left out; 0 when all is there.</summary>
    public int EvidenceOmitted { get; init; }

    /// <summary>Short true sentences that a reader must know: ties in time, events joined without an app name, text that anyone could have written.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Ids of the policy's exceptions that hide it, in order; empty for what is reported. Each of them alone would hide it.</summary>
    public IReadOnlyList<string> HiddenBy { get; init; } = [];

    /// <summary>Ids of the policy's exceptions that would have hidden some of it and had expired, in order.</summary>
    public IReadOnlyList<string> ExpiredExceptions { get; init; } = [];

    /// <summary>Innocent behaviour that looks the same.</summary>
    public IReadOnlyList<string> FalsePositives { get; init; } = [];

    /// <summary>What to do next.</summary>
    public IReadOnlyList<string> NextSteps { get; init; } = [];

    /// <summary>The same in full, filled with what this finding knows; null when nobody has written it.</summary>
    public Playbook? Playbook { get; init; }

    /// <summary>Uids of findings that other analytics made of the same events.</summary>
    public IReadOnlyList<string> RelatedFindings { get; init; } = [];
}

/// <summary>Which analytic, of which ATT&amp;CK release.</summary>
/// <param name="Uid">ATT&amp;CK analytic id (<c>AN1848</c>) or the project's own.</param>
/// <param name="Name">What it looks for, in a few words.</param>
/// <param name="Version">The analytic's own version.</param>
/// <param name="Strategy">ATT&amp;CK detection strategy id (<c>DET0718</c>); null when it has none.</param>
/// <param name="StrategyName">The strategy's name.</param>
/// <param name="AttackVersion">ATT&amp;CK release, for example <c>19.1</c>.</param>
/// <param name="Techniques">The techniques it speaks of.</param>
public sealed record AnalyticReference(
    string Uid, string Name, string Version, string? Strategy, string? StrategyName, string AttackVersion, IReadOnlyList<TechniqueReference> Techniques);

/// <summary>One ATT&amp;CK technique with a tactic of its.</summary>
/// <param name="Uid">Technique or sub-technique id, <c>T1407</c> or <c>T1521.002</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="TacticUid">Tactic id, <c>TA0030</c>.</param>
/// <param name="TacticName">Tactic name.</param>
public sealed record TechniqueReference(string Uid, string Name, string TacticUid, string TacticName);

/// <summary>The device, as far as the events told.</summary>
public sealed record DeviceReference(string Uid, Platform Platform, string? Name = null, IReadOnlyList<string>? Groups = null);

/// <summary>What became of a stage.</summary>
public enum StageState
{
    Matched,
    /// <summary>It could have been seen and was not.</summary>
    Missing,
    /// <summary>No telemetry of the device could have shown it.</summary>
    NotObservable,
}

/// <summary>One stage of an analytic in a finding.</summary>
/// <param name="Id">The stage's id in the analytic.</param>
/// <param name="Title">What it is, in words.</param>
/// <param name="State">What became of it.</param>
/// <param name="IsRequired">True when the match needed it.</param>
/// <param name="MissingTelemetry">For <see cref="StageState.NotObservable"/>: the data components that would show it.</param>
/// <param name="EventUids">The events that matched it.</param>
public sealed record StageOutcome(
    string Id, string Title, StageState State, bool IsRequired, DataComponents MissingTelemetry, IReadOnlyList<string> EventUids);

/// <summary>One line of the score.</summary>
/// <param name="Name">Its name in the analytic.</param>
/// <param name="Points">What it would add.</param>
/// <param name="State">True: added; false: not so; unknown: nothing told.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record Contribution(string Name, int Points, Tri State, string Reason);

/// <summary>One fact of the moment.</summary>
/// <param name="Name">For example <c>app_state</c>.</param>
/// <param name="Value">For example <c>background</c>; <c>unknown</c> when nothing told.</param>
/// <param name="Source">Where it is known from, for example <c>the load event</c> or <c>state event 12 s before</c>.</param>
public sealed record ContextFact(string Name, string Value, string Source)
{
    /// <summary>When it was told last; null when nothing told it, or when it is not of a kind that changes by the minute.</summary>
    public Instant? Told { get; init; }

    /// <summary>The moment for which it was asked: the last event that matched. From when it was told to then, no telemetry said otherwise.</summary>
    public Instant? Asked { get; init; }
}

/// <summary>A tunable's value as it was used.</summary>
/// <param name="Name">ATT&amp;CK's name of the mutable element, or the analytic's own.</param>
/// <param name="Value">As it would be written in the analytic.</param>
/// <param name="Origin"><c>default</c>, or the policy entry that set it.</param>
public sealed record TunableInForce(string Name, string Value, string Origin);

/// <summary>One event that proves something, with the part it plays.</summary>
/// <param name="Stage">The stage, or the name of the contribution, that it matched.</param>
/// <param name="Event">The event.</param>
public sealed record Evidence(string Stage, EvidenceEvent Event);
