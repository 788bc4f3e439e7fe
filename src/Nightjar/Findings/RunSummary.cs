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
    DeviceReference Device, long Events, int Apps, DataComponents Components, IReadOnlyList<DeviceCheck> Checks);

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

/// <summary>One analytic on one device.</summary>
/// <param name="Analytic">Analytic uid.</param>
/// <param name="State">How well it could see.</param>
/// <param name="BlindStages">Stages that could not be seen.</param>
/// <param name="Missing">The data components that would show them.</param>
/// <param name="ReachableScore">The highest score that was still possible.</param>
public sealed record DeviceCheck(string Analytic, CheckState State, IReadOnlyList<string> BlindStages, DataComponents Missing, int ReachableScore);
