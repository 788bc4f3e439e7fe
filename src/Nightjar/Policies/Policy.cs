using Nightjar.Baselines;
using Nightjar.Events;

namespace Nightjar.Policies;

/// <summary>What an organisation expects of its apps and devices, as it wrote it down. Immutable; its own mistakes are found, those against the analytics are not yet.</summary>
public sealed record Policy
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the file as it was given.</summary>
    public required string File { get; init; }

    /// <summary>SHA-256 of the file, lower case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    public IReadOnlyList<DeviceGroup> Groups { get; init; } = [];

    public IReadOnlyList<AppEntry> Apps { get; init; } = [];

    /// <summary>What holds for apps that no entry names; null where nothing is said.</summary>
    public UnlistedApps Unlisted { get; init; } = new(null, null);

    public IReadOnlyList<Allowance> Allowances { get; init; } = [];

    public IReadOnlyList<TunableEntry> Tunables { get; init; } = [];

    /// <summary>When what was seen counts as normal.</summary>
    public BaselineRules Baseline { get; init; } = BaselineRules.Default;

    /// <summary>The keys of <see cref="Baseline"/> that the policy states, with the lines.</summary>
    public IReadOnlyDictionary<string, PolicyPlace> BaselineStated { get; init; } = new Dictionary<string, PolicyPlace>();

    /// <summary>The values that the policy states, as it would write them.</summary>
    public IEnumerable<(string Key, string Value)> BaselineTexts => Reading.BaselineKey.All.Where(key => BaselineStated.ContainsKey(key.Key)).Select(key => (key.Key, key.Text(Baseline)));

    public IReadOnlyList<ExceptionEntry> Exceptions { get; init; } = [];
}

/// <summary>Where an entry stands.</summary>
public readonly record struct PolicyPlace(string File, int Line, int Column)
{
    /// <summary><c>policy.yml:12</c>.</summary>
    public override string ToString() => $"{File}:{Line}";
}

/// <summary>Devices that the policy speaks of together. All that is stated must hold; of a list one suffices.</summary>
/// <param name="Name">Its name in the policy.</param>
/// <param name="Devices">Uids; <c>*</c> stands for any run.</param>
/// <param name="Platforms">Platforms.</param>
/// <param name="TelemetryGroups">Names of groups as telemetry and the device map give them; <c>*</c> stands for any run.</param>
/// <param name="IsManaged">Managed or not; null where that does not matter.</param>
/// <param name="Place">Where it stands.</param>
public sealed record DeviceGroup(
    string Name, IReadOnlyList<string> Devices, IReadOnlyList<Platform> Platforms, IReadOnlyList<string> TelemetryGroups, bool? IsManaged, PolicyPlace Place);

/// <summary>What the policy says of apps.</summary>
/// <param name="Apps">Package names or bundle ids; <c>*</c> stands for any run.</param>
/// <param name="Signer">SHA-256 of the signer that the app must have for the entry to hold; null where any will do.</param>
/// <param name="Roles">Its roles; empty where the entry gives none.</param>
/// <param name="IsApproved">Null where the entry does not say.</param>
/// <param name="IsManaged">Null where the entry does not say.</param>
/// <param name="Place">Where it stands.</param>
public sealed record AppEntry(IReadOnlyList<string> Apps, string? Signer, IReadOnlyList<string> Roles, bool? IsApproved, bool? IsManaged, PolicyPlace Place);

/// <summary>What holds for apps that no entry names.</summary>
public sealed record UnlistedApps(bool? IsApproved, bool? IsManaged);

/// <summary>Whom an entry is for. All that is stated must hold; of a list one suffices.</summary>
/// <param name="Apps">Package names or bundle ids; <c>*</c> stands for any run.</param>
/// <param name="Roles">Roles of the app.</param>
/// <param name="Groups">Names of groups of devices.</param>
public sealed record PolicyScope(IReadOnlyList<string> Apps, IReadOnlyList<string> Roles, IReadOnlyList<string> Groups)
{
    /// <summary>For all apps on all devices.</summary>
    public bool IsEverything => Apps.Count + Roles.Count + Groups.Count == 0;

    /// <summary>For people: "app com.acme.sync, group lab".</summary>
    public override string ToString() => IsEverything ? "everything" : string.Join(", ", Parts());

    private IEnumerable<string> Parts()
    {
        if (Apps.Count > 0) yield return $"app {string.Join(" or ", Apps)}";
        if (Roles.Count > 0) yield return $"role {string.Join(" or ", Roles)}";
        if (Groups.Count > 0) yield return $"group {string.Join(" or ", Groups)}";
    }
}

/// <summary>Where apps may go.</summary>
/// <param name="Scope">Whom it is for.</param>
/// <param name="ServiceClasses">Service classes.</param>
/// <param name="Destinations">Hosts as suffixes on label boundaries, addresses, CIDR ranges.</param>
/// <param name="Reason">Why; empty where nobody wrote it.</param>
/// <param name="Place">Where it stands.</param>
public sealed record Allowance(PolicyScope Scope, IReadOnlyList<string> ServiceClasses, IReadOnlyList<string> Destinations, string Reason, PolicyPlace Place);

/// <summary>Values for tunables.</summary>
/// <param name="Analytics">Uids; empty for all that have the tunable.</param>
/// <param name="Scope">Whom the values are for.</param>
/// <param name="Values">The values, in the order written.</param>
/// <param name="Place">Where it stands.</param>
public sealed record TunableEntry(IReadOnlyList<string> Analytics, PolicyScope Scope, IReadOnlyList<TunableText> Values, PolicyPlace Place);

/// <summary>A value as written.</summary>
/// <param name="Name">Name of the tunable, official or alias.</param>
/// <param name="Texts">The value; several for a set.</param>
/// <param name="Place">Where it stands.</param>
public sealed record TunableText(string Name, IReadOnlyList<string> Texts, PolicyPlace Place);

/// <summary>Findings that are expected and need not be told.</summary>
public sealed record ExceptionEntry
{
    public required string Id { get; init; }

    /// <summary>Uids of analytics; empty for all.</summary>
    public IReadOnlyList<string> Analytics { get; init; } = [];

    /// <summary>Apps and groups; it has no roles.</summary>
    public PolicyScope Scope { get; init; } = new([], [], []);

    /// <summary>SHA-256 of the signer that the app must be known to have; null where any will do.</summary>
    public string? Signer { get; init; }

    /// <summary>Devices by uid; <c>*</c> stands for any run.</summary>
    public IReadOnlyList<string> Devices { get; init; } = [];

    /// <summary>Where every event of a match that went anywhere must have gone; empty where that does not matter.</summary>
    public IReadOnlyList<string> Destinations { get; init; } = [];

    /// <summary>Where every path that a match names must lie; empty where that does not matter.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    public required string Reason { get; init; }

    /// <summary>Who answers for it.</summary>
    public required string Owner { get; init; }

    /// <summary>When it was written down.</summary>
    public required Instant Created { get; init; }

    /// <summary>From here on it hides nothing.</summary>
    public required Instant Expires { get; init; }

    public required PolicyPlace Place { get; init; }
}
