namespace Nightjar.Knowledge;

/// <summary>Which object of ATT&amp;CK it is, and in which state.</summary>
/// <param name="Id">For example <c>T1544</c>, <c>DET0718</c>, <c>AN1848</c>, <c>DC0039</c>, <c>TA0030</c>.</param>
/// <param name="Name">The name; for analytics, which have none of their own, "Analytic 1848".</param>
/// <param name="Version">Version of the object, not of the release.</param>
/// <param name="Modified">Day of its last change, <c>2026-05-12</c>.</param>
/// <param name="Stix">The UUID of its STIX id.</param>
/// <param name="IsRetired">True when ATT&amp;CK has taken it out of use, by deprecating or by revoking it.</param>
public sealed record AttackIdentity(string Id, string Name, string Version, string Modified, string Stix, bool IsRetired)
{
    /// <summary>Day it was first published, <c>2025-10-21</c>; empty when the catalogue does not tell.</summary>
    public string Created { get; init; } = "";

    /// <summary>True when another object took its place, or when it was withdrawn as wrong.</summary>
    public bool IsRevoked { get; init; }

    /// <summary>SHA-256 of the published object in canonical form (docs/reference/attack.md), lower case hexadecimal; empty when the catalogue does not tell.</summary>
    public string Sha256 { get; init; } = "";
}

/// <summary>An object of ATT&amp;CK.</summary>
public abstract record AttackObject(AttackIdentity Identity)
{
    /// <summary>For example <c>T1544</c>.</summary>
    public string Id => Identity.Id;

    /// <summary>The name that ATT&amp;CK gives it.</summary>
    public string Name => Identity.Name;
}

/// <summary>A tactic.</summary>
/// <param name="Identity">Which one.</param>
/// <param name="ShortName">As techniques and layers write it: <c>command-and-control</c>.</param>
public sealed record AttackTactic(AttackIdentity Identity, string ShortName) : AttackObject(Identity);

/// <summary>A technique or sub-technique.</summary>
/// <param name="Identity">Which one.</param>
/// <param name="Platforms">Sorted: Android, iOS.</param>
/// <param name="Tactics">Ids in the order of the matrix.</param>
/// <param name="Parent">Id of the technique that this is a sub-technique of; null when it is none.</param>
/// <param name="RevokedBy">Id of the technique that took its place; null when none did.</param>
public sealed record AttackTechnique(AttackIdentity Identity, IReadOnlyList<string> Platforms, IReadOnlyList<string> Tactics, string? Parent, string? RevokedBy)
    : AttackObject(Identity);

/// <summary>A data component: a kind of thing that telemetry can show.</summary>
/// <param name="Identity">Which one.</param>
public sealed record AttackDataComponent(AttackIdentity Identity) : AttackObject(Identity)
{
    /// <summary>Names of the log sources that ATT&amp;CK lists for it, of all its domains, sorted.</summary>
    public IReadOnlyList<string> LogSources { get; init; } = [];
}

/// <summary>A mitigation.</summary>
/// <param name="Identity">Which one.</param>
/// <param name="Techniques">Ids of the techniques that it mitigates, sorted.</param>
public sealed record AttackMitigation(AttackIdentity Identity, IReadOnlyList<string> Techniques) : AttackObject(Identity);

/// <summary>A detection strategy.</summary>
/// <param name="Identity">Which one.</param>
/// <param name="Techniques">Ids of the techniques it detects, sorted.</param>
/// <param name="Analytics">Ids of its analytics, sorted.</param>
public sealed record AttackStrategy(AttackIdentity Identity, IReadOnlyList<string> Techniques, IReadOnlyList<string> Analytics) : AttackObject(Identity);

/// <summary>Where an analytic finds a data component.</summary>
/// <param name="DataComponent">Id of the data component.</param>
/// <param name="Name">Name of the log source: <c>MobileEDR:telemetry</c>, <c>NSM:Flow</c>.</param>
public sealed record AttackLogSource(string DataComponent, string Name);

/// <summary>What an analytic looks for in a log source. ATT&amp;CK says it in a sentence, which is its prose and not kept.</summary>
/// <param name="Source">The log source.</param>
/// <param name="Mark">The channel itself where it is one word, else <c>#</c> and the first 12 digits of the sentence's SHA-256: enough to see that it changed.</param>
public sealed record AttackChannel(AttackLogSource Source, string Mark);

/// <summary>An analytic of a detection strategy.</summary>
/// <param name="Identity">Which one.</param>
/// <param name="Strategy">Id of the strategy; empty when none has it.</param>
/// <param name="Techniques">Ids of what the strategy detects, sorted.</param>
/// <param name="Tactics">Ids of the techniques' tactics, in the order of the matrix.</param>
/// <param name="Platform">Android or iOS.</param>
/// <param name="DataComponents">Ids, sorted.</param>
/// <param name="LogSources">By data component and name.</param>
/// <param name="MutableElements">The official field names, in ATT&amp;CK's order.</param>
public sealed record AttackAnalytic(
    AttackIdentity Identity, string Strategy, IReadOnlyList<string> Techniques, IReadOnlyList<string> Tactics, string Platform,
    IReadOnlyList<string> DataComponents, IReadOnlyList<AttackLogSource> LogSources, IReadOnlyList<string> MutableElements)
    : AttackObject(Identity)
{
    /// <summary>By log source and mark.</summary>
    public IReadOnlyList<AttackChannel> Channels { get; init; } = [];
}
