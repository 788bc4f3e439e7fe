using Nightjar.Events;
using Nightjar.Findings;

namespace Nightjar.Sinks.Records;

/// <summary>What the checks of a strategy's analytics come to. A device counts once, by the best of them.</summary>
/// <param name="Uid">Detection strategy id, or the analytic's own id when it has none.</param>
/// <param name="Name">Its name; null when unknown.</param>
/// <param name="Analytics">Uids of its analytics that were loaded.</param>
/// <param name="Platforms">Platforms on which one of them looked at a device.</param>
/// <param name="Runnable">Devices on which one could see everything.</param>
/// <param name="Degraded">Devices on which the best could see part.</param>
/// <param name="Blind">Devices on which none could find anything.</param>
/// <param name="NotAssessed">Devices that none of them is for, or whose platform is unknown.</param>
/// <param name="Missing">Telemetry whose lack made devices degraded or blind.</param>
public sealed record StrategyCoverage(
    string Uid, string? Name, IReadOnlyList<string> Analytics, IReadOnlyList<Platform> Platforms,
    int Runnable, int Degraded, int Blind, int NotAssessed, DataComponents Missing)
{
    /// <summary>One per strategy of the loaded analytics, by uid.</summary>
    public static IReadOnlyList<StrategyCoverage> Of(RunSummary summary) =>
        [.. summary.Analytics
            .GroupBy(analytic => analytic.Strategy ?? analytic.Uid, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => Of(group.Key, [.. group], summary.Devices))];

    /// <summary>Why a device without checks has none.</summary>
    public static string WhyNotAssessed(Platform platform) => platform switch
    {
        Platform.Unknown => "The platform of this device is stated nowhere.",
        Platform.Other => "No analytic is for the platform of this device.",
        _ => "No analytic for this platform was loaded.",
    };

    private static StrategyCoverage Of(string uid, IReadOnlyList<AnalyticReference> analytics, IReadOnlyList<DeviceAccount> devices)
    {
        var uids = analytics.Select(analytic => analytic.Uid).Order(StringComparer.Ordinal).ToList();
        var counts = new int[3];
        var platforms = new SortedSet<Platform>();
        var missing = DataComponents.None;
        var assessed = 0;
        foreach (var device in devices)
        {
            var checks = device.Checks.Where(check => uids.Contains(check.Analytic)).ToList();
            if (checks.Count == 0) continue;
            assessed++;
            platforms.Add(device.Device.Platform);
            var best = checks.MinBy(check => check.State)!;
            counts[(int)best.State]++;
            if (best.State != CheckState.Runnable) missing |= best.Missing;
        }
        var name = analytics.Select(analytic => analytic.StrategyName).FirstOrDefault(text => text is not null);
        return new(uid, name, uids, [.. platforms], counts[0], counts[1], counts[2], devices.Count - assessed, missing);
    }
}
