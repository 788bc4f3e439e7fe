using Nightjar.Events;

namespace Nightjar.Findings;

/// <summary>What a run read, what it could not read, and what it could not check. Silence is explained here.</summary>
public sealed record RunSummary
{
    /// <summary>Every file that was offered, in path order.</summary>
    public required IReadOnlyList<FileAccount> Files { get; init; }

    /// <summary>Every device that was seen, in uid order.</summary>
    public required IReadOnlyList<DeviceAccount> Devices { get; init; }

    /// <summary>Events that reached the engine.</summary>
    public required long Events { get; init; }

    /// <summary>Repeats of an event that were left out.</summary>
    public required long Duplicates { get; init; }

    /// <summary>Records that could not be given a device.</summary>
    public required long Unattributed { get; init; }

    /// <summary>Partial matches that were given up for want of room; 0 unless an app was very busy.</summary>
    public required long PartialsGivenUp { get; init; }

    /// <summary>Begin of the earliest and end of the latest event; null when there was none.</summary>
    public required (Instant From, Instant To)? Span { get; init; }

    /// <summary>The analytics that were loaded.</summary>
    public required IReadOnlyList<AnalyticReference> Analytics { get; init; }

    /// <summary>What became of network records that name no app.</summary>
    public JoinCounts Joins { get; init; } = JoinCounts.None;

    /// <summary>How far the clocks of log sources differ, where matching records tell; by device and source.</summary>
    public IReadOnlyList<ClockOffset> Clocks { get; init; } = [];

    /// <summary>The reviewed packages that were compared with, as people name them.</summary>
    public IReadOnlyList<string> ReviewedPackages { get; init; } = [];

    /// <summary>False when telemetry was read for coverage only and nothing was looked for: then no silence is a verdict.</summary>
    public bool IsJudged { get; init; } = true;

    /// <summary>The UTC days that coverage is told of: those asked for, else from the first to the last event. Null when there was none.</summary>
    public (DateOnly From, DateOnly To)? Period { get; init; }

    /// <summary>A stage is observable when its telemetry was delivered within this time before.</summary>
    public TimeSpan ObservationWindow { get; init; } = TimeSpan.FromHours(24);

    /// <summary>The formats that could be read, for what is missing. All mappings are read for it, when it is first asked.</summary>
    public Lazy<IReadOnlyList<TelemetrySupply>> Supplies { get; init; } = new([]);

    /// <summary>What the account of telemetry had no room for.</summary>
    public TelemetryLosses TelemetryLosses { get; init; } = TelemetryLosses.None;

    /// <summary>The policy that was in force, with what its exceptions hid; null without one.</summary>
    public PolicyAccount? Policy { get; init; }

    /// <summary>For which apps the baseline could say what is new; null when that was not asked.</summary>
    public BaselineAccount? Baseline { get; init; }
}

/// <summary>Of which of the apps that were seen a baseline could say what is normal. Of the others nothing was called new or known.</summary>
/// <param name="IsGiven">A baseline was given.</param>
/// <param name="Mature">Apps that have one.</param>
/// <param name="Young">Apps that it has not known for long enough, in order.</param>
/// <param name="Absent">Apps that it does not know, in order.</param>
public sealed record BaselineAccount(bool IsGiven, int Mature, IReadOnlyList<string> Young, IReadOnlyList<string> Absent)
{
    /// <summary>All apps that were seen.</summary>
    public int Apps => Mature + Young.Count + Absent.Count;
}

/// <summary>What a device delivered and what could therefore be checked.</summary>
/// <param name="Device">The device.</param>
/// <param name="Events">Events it gave.</param>
/// <param name="Apps">Distinct apps it named.</param>
/// <param name="Components">Data components it delivered.</param>
/// <param name="Checks">One per analytic of its platform.</param>
public sealed record DeviceAccount(
    DeviceReference Device, long Events, int Apps, DataComponents Components, IReadOnlyList<DeviceCheck> Checks)
{
    /// <summary>What it delivered, and when.</summary>
    public DeviceTelemetry Telemetry { get; init; } = DeviceTelemetry.None;

    /// <summary>Where a device is known from of which no telemetry was read: "the device map", "an inventory". Null when some was.</summary>
    public string? KnownFrom { get; init; }
}

/// <summary>Whether an analytic could see what it looks for.</summary>
public enum CheckState
{
    /// <summary>All its stages could be seen.</summary>
    Runnable,
    /// <summary>Some could not, and a finding is still possible.</summary>
    Degraded,
    /// <summary>No finding was possible.</summary>
    Blind,
}

/// <summary>One analytic on one device, over the run or on a day.</summary>
/// <param name="Analytic">Analytic uid.</param>
/// <param name="State">How well it could see: over a run, the least of the days on which it could find something.</param>
/// <param name="BlindStages">Stages that could not be seen, as findings call them not observable.</param>
/// <param name="Missing">The data components that would show them.</param>
/// <param name="ReachableScore">The highest score that was still possible; over a run, on the worst of those days.</param>
public sealed record DeviceCheck(string Analytic, CheckState State, IReadOnlyList<string> BlindStages, DataComponents Missing, int ReachableScore)
{
    /// <summary>Stages whose telemetry arrived and could still not match, with what it lacked.</summary>
    public IReadOnlyList<StageObstacle> Obstacles { get; init; } = [];

    /// <summary>Contributions to the score that nothing could have earned.</summary>
    public IReadOnlyList<string> BlindContributions { get; init; } = [];

    /// <summary>For a run: its days by how well the analytic could see on them. Days without telemetry are not among them.</summary>
    public DayCounts Days { get; init; } = DayCounts.None;
}

/// <summary>A stage whose telemetry arrived without what it needs.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Lacks">What it lacked.</param>
public sealed record StageObstacle(string Stage, TelemetryLack Lacks);

/// <summary>What telemetry that arrived can lack.</summary>
public enum TelemetryLack
{
    /// <summary>No record of it names an app, and the analytic looks at each app by itself.</summary>
    AppNames,
    /// <summary>Nothing told the state of device and app that the stage asks for.</summary>
    State,
}

/// <summary>Days with telemetry of one device, by how well an analytic could see on them.</summary>
public sealed record DayCounts(int Runnable, int Degraded, int Blind)
{
    public static DayCounts None { get; } = new(0, 0, 0);

    /// <summary>Days on which a finding was possible.</summary>
    public int Assessed => Runnable + Degraded;
}
