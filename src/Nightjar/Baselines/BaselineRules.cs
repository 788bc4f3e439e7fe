namespace Nightjar.Baselines;

/// <summary>When what was seen counts as normal. All spans in days.</summary>
/// <remarks>
/// A baseline can be taught: whoever behaves badly often enough becomes normal. So one device's habits count only after weeks and many days,
/// the fleet's only when several devices share them for a week, and an app that is young itself has no baseline at all.
/// </remarks>
public sealed record BaselineRules
{
    /// <summary>An app has a baseline when it was first seen so many days before. Default 21, not negative.</summary>
    public int AppAge { get; init; } = 21;

    /// <summary>What several devices share counts when each of them showed it so many days before. Default 7, not negative.</summary>
    public int FleetAge { get; init; } = 7;

    /// <summary>So many devices must share it. Default 3, at least 1, at most 32.</summary>
    public int FleetDevices { get; init; } = 3;

    /// <summary>What one device alone shows counts when it began so many days before. Default 21, not negative.</summary>
    public int OwnAge { get; init; } = 21;

    /// <summary>And was shown on so many days. Default 10, at least 1, at most 64.</summary>
    public int OwnDays { get; init; } = 10;

    /// <summary>After so many days without being seen it counts no more. Default 180, at least 1.</summary>
    public int Horizon { get; init; } = 180;

    /// <summary>A day counts half as much so many days later. Default 30, above 0.</summary>
    public double HalfLife { get; init; } = 30;

    /// <summary>What the days of a device must be worth together to count. Default 0.1: one day, for a hundred days. 0 to 1.</summary>
    public double LeastWeight { get; init; } = 0.1;

    /// <summary>The rules if none are given.</summary>
    public static BaselineRules Default { get; } = new();
}
