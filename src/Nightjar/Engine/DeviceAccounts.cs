using Nightjar.Analytics;
using Nightjar.Events;
using Nightjar.Findings;

namespace Nightjar.Engine;

/// <summary>Says for every device what it delivered and which analytics could therefore see what they look for.</summary>
public static class DeviceAccounts
{
    /// <summary>The accounts of the devices of several engines that shared them, in uid order.</summary>
    public static IReadOnlyList<DeviceAccount> Of(IEnumerable<DetectionEngine> engines) =>
        [.. engines.SelectMany(Of).OrderBy(account => account.Device.Uid, StringComparer.Ordinal)];

    private static IEnumerable<DeviceAccount> Of(DetectionEngine engine)
    {
        var symbols = engine.Symbols;
        foreach (var device in engine.Devices)
        {
            var reference = new DeviceReference(
                symbols.Text(device.Device), device.Platform, device.Name.IsNone ? null : symbols.Text(device.Name), device.Groups);
            var checks = engine.Analytics.Where(analytic => analytic.Platforms.Contains(device.Platform)).Select(analytic => Check(analytic, device.Delivered));
            yield return new DeviceAccount(reference, device.Events, device.AppCount, device.Delivered, [.. checks]);
        }
    }

    /// <summary>What an analytic can reach with the telemetry that is there.</summary>
    internal static DeviceCheck Check(Analytic analytic, DataComponents delivered)
    {
        var blind = analytic.Stages.Where(stage => IsBlind(stage.Components, delivered)).Select(stage => stage.Index).ToHashSet();
        var possible = analytic.Chains.Where(chain => !chain.Stages.Any(blind.Contains) && chain.Blind.All(blind.Contains)).ToArray();
        var extra = analytic.Additions.Where(addition => addition.Measure is null || !blind.Contains(addition.Measure.Stage)).Sum(addition => addition.Points);
        var reachable = possible.Length == 0 ? 0 : Math.Min(100, possible.Max(chain => chain.Score) + extra);
        var state = reachable < analytic.Thresholds.Low ? CheckState.Blind : blind.Count > 0 ? CheckState.Degraded : CheckState.Runnable;
        var missing = analytic.Stages.Where(stage => blind.Contains(stage.Index)).Aggregate(DataComponents.None, (sum, stage) => sum | stage.Components);
        return new DeviceCheck(
            analytic.Uid, state, [.. analytic.Stages.Where(stage => blind.Contains(stage.Index)).Select(stage => stage.Id)], missing & ~delivered, state == CheckState.Blind ? 0 : reachable);
    }

    private static bool IsBlind(DataComponents needed, DataComponents delivered) => needed != DataComponents.None && (needed & delivered) == 0;
}
