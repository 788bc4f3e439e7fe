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

    /// <summary>What is wrong with the values, in a sentence; null when nothing is.</summary>
    public string? Fault => this switch
    {
        { AppAge: < 0 } or { FleetAge: < 0 } or { OwnAge: < 0 } => "The ages of a baseline are not negative.",
        { FleetDevices: < 1 or > 32 } => "A baseline asks for 1 to 32 devices.",
        { OwnDays: < 1 or > 64 } => "A baseline asks for 1 to 64 days of one device.",
        { Horizon: < 1 } => "The horizon of a baseline is one day or more.",
        { HalfLife: not > 0 } => "The half-life of a baseline is above 0.",
        { LeastWeight: not (>= 0 and <= 1) } => "The least weight of a baseline lies from 0 to 1.",
        _ => null,
    };

    /// <summary>The rules if none are given.</summary>
    public static BaselineRules Default { get; } = new();
}
