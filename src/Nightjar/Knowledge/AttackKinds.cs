namespace Nightjar.Knowledge;

/// <summary>The kinds of object that a catalogue holds, in the order in which they are told.</summary>
public enum AttackKind : byte
{
    Tactic,
    Technique,
    DataComponent,
    Strategy,
    Analytic,
    Mitigation,
}

/// <summary>Words for the kinds.</summary>
public static class AttackKinds
{
    private static readonly string[] Words = ["tactic", "technique", "data component", "strategy", "analytic", "mitigation"];

    private static readonly (string Type, string Prefix)[] Stix =
    [
        ("x-mitre-tactic", "TA"), ("attack-pattern", "T"), ("x-mitre-data-component", "DC"), ("x-mitre-detection-strategy", "DET"),
        ("x-mitre-analytic", "AN"), ("course-of-action", "M"),
    ];

    /// <summary>Which kind an object is of.</summary>
    public static AttackKind Kind(this AttackObject item) => item switch
    {
        AttackTactic => AttackKind.Tactic,
        AttackTechnique => AttackKind.Technique,
        AttackDataComponent => AttackKind.DataComponent,
        AttackStrategy => AttackKind.Strategy,
        AttackAnalytic => AttackKind.Analytic,
        _ => AttackKind.Mitigation,
    };

    /// <summary>For people: "data component".</summary>
    public static string Word(this AttackKind kind) => Words[(int)kind];

    /// <summary>For people: "data components".</summary>
    public static string Plural(this AttackKind kind) => kind == AttackKind.Strategy ? "strategies" : Words[(int)kind] + "s";

    /// <summary>For machines: <c>data_component</c>.</summary>
    public static string Key(this AttackKind kind) => Words[(int)kind].Replace(' ', '_');

    /// <summary>The type of the STIX objects: <c>x-mitre-analytic</c>.</summary>
    public static string StixType(this AttackKind kind) => Stix[(int)kind].Type;

    /// <summary>What ids of the kind begin with: <c>AN</c>.</summary>
    public static string Prefix(this AttackKind kind) => Stix[(int)kind].Prefix;

    /// <summary>Whether ATT&amp;CK uses the object: "current", "deprecated" or "revoked".</summary>
    public static string Status(this AttackObject item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item.Identity.IsRevoked ? "revoked" : item.Identity.IsRetired ? "deprecated" : "current";
    }

    /// <summary>The platforms that the object is for; none for kinds that are of no platform.</summary>
    public static IReadOnlyList<string> Platforms(this AttackObject item) => item switch
    {
        AttackTechnique technique => technique.Platforms,
        AttackAnalytic { Platform.Length: > 0 } analytic => [analytic.Platform],
        _ => [],
    };
}
