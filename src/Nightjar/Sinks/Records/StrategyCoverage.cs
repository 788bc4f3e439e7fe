using Nightjar.Events;
using Nightjar.Findings;

namespace Nightjar.Sinks.Records;

/// <summary>What the checks of the analytics of a strategy or technique come to. A device counts once, by the best of them.</summary>
/// <param name="Uid">Detection strategy or technique id; the analytic's own id when it has no strategy.</param>
/// <param name="Name">Its name; null when unknown.</param>
/// <param name="Analytics">Uids of its analytics that were loaded.</param>
/// <param name="Platforms">Platforms on which one of them looked at a device.</param>
/// <param name="Runnable">Devices on which one could see everything.</param>
/// <param name="Degraded">Devices on which the best could see part.</param>
/// <param name="Blind">Devices on which none could find anything.</param>
/// <param name="NotAssessed">Devices that none of them is for, whose platform is unknown, or of which no telemetry was read.</param>
/// <param name="Missing">Telemetry whose lack made devices degraded or blind.</param>
public sealed record StrategyCoverage(
    string Uid, string? Name, IReadOnlyList<string> Analytics, IReadOnlyList<Platform> Platforms,
    int Runnable, int Degraded, int Blind, int NotAssessed, DataComponents Missing)
{
    /// <summary>
    /// The score that could be reached, 0 to 100, rounded down: for each device the average over its days with telemetry of the best that one of
    /// the analytics could reach on the day; of those the average over the devices that one of them is for and those of unknown platform. A day
    /// or device on which nothing could be found counts 0, and so does one that told nothing.
    /// </summary>
    public int Score { get; init; }

    /// <summary>Devices that the score is an average of.</summary>
    public int Devices { get; init; }

    /// <summary>One per strategy of the loaded analytics, by uid.</summary>
    public static IReadOnlyList<StrategyCoverage> Of(RunSummary summary) =>
        [.. summary.Analytics
            .GroupBy(analytic => analytic.Strategy ?? analytic.Uid, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => Of(group.Key, group.Select(analytic => analytic.StrategyName).FirstOrDefault(name => name is not null), [.. group], summary.Devices))];

    /// <summary>One per technique of the loaded analytics, by uid.</summary>
    public static IReadOnlyList<StrategyCoverage> OfTechniques(RunSummary summary) =>
        [.. summary.Analytics
            .SelectMany(analytic => analytic.Techniques.DistinctBy(technique => technique.Uid), (analytic, technique) => (analytic, technique))
            .GroupBy(pair => pair.technique.Uid, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => Of(group.Key, group.First().technique.Name, [.. group.Select(pair => pair.analytic)], summary.Devices))];

    /// <summary>Why nothing can be said of a device; null when something can.</summary>
    public static string? WhyNotAssessed(DeviceAccount device)
    {
        if (device.KnownFrom is { } from) return $"No telemetry of this device was read; it is known from {from}.";
        return device.Checks.Count > 0 ? null : WhyNotAssessed(device.Device.Platform);
    }

    private static string WhyNotAssessed(Platform platform) => platform switch
    {
        Platform.Unknown => "The platform of this device is stated nowhere.",
        Platform.Other => "No analytic is for the platform of this device.",
        _ => "No analytic for this platform was loaded.",
    };

    private static StrategyCoverage Of(string uid, string? name, IReadOnlyList<AnalyticReference> analytics, IReadOnlyList<DeviceAccount> devices)
    {
        var uids = analytics.Select(analytic => analytic.Uid).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var counts = new int[3];
        var platforms = new SortedSet<Platform>();
        var missing = DataComponents.None;
        var (scores, scored) = (0d, 0);
        foreach (var device in devices)
        {
            var checks = device.Checks.Where(check => uids.Contains(check.Analytic)).ToList();
            if (checks.Count > 0 || device.Device.Platform == Platform.Unknown) scored++;
            if (checks.Count == 0 || device.KnownFrom is not null) continue;
            scores += ScoreOf(device, uids);
            platforms.Add(device.Device.Platform);
            var best = checks.MinBy(check => check.State)!;
            counts[(int)best.State]++;
            if (best.State != CheckState.Runnable) missing |= best.Missing;
        }
        return new(uid, name, uids, [.. platforms], counts[0], counts[1], counts[2], devices.Count - counts.Sum(), missing)
        {
            Score = scored == 0 ? 0 : (int)(scores / scored),
            Devices = scored,
        };
    }

    private static double ScoreOf(DeviceAccount device, List<string> uids) =>
        device.Telemetry.Days.Select(day => day.Checks.Where(check => uids.Contains(check.Analytic)).Max(check => (double)check.ReachableScore)).DefaultIfEmpty().Average();
}
