using Nightjar.Events;
using Nightjar.Findings;

namespace Nightjar.Sinks.Html;

/// <summary>Devices for which every check came out the same. A fleet has hundreds of devices and a handful of these.</summary>
internal sealed record DeviceGroup(Platform Platform, IReadOnlyList<DeviceCheck> Checks, IReadOnlyList<DeviceReference> Devices)
{
    /// <summary>Uids of the analytics that looked at the devices, in order.</summary>
    public IReadOnlyList<string> Analytics { get; } = [.. Checks.Select(check => check.Analytic).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The groups; those that could see least come first.</summary>
    public static IReadOnlyList<DeviceGroup> Of(RunSummary summary) =>
        [.. summary.Devices
            .GroupBy(Key, StringComparer.Ordinal)
            .Select(group => new DeviceGroup(group.First().Device.Platform, group.First().Checks, [.. group.Select(device => device.Device)]))
            .OrderByDescending(group => group.Checks.Count == 0)
            .ThenByDescending(group => group.Checks.Sum(check => (int)check.State))
            .ThenBy(group => group.Devices[0].Uid, StringComparer.Ordinal)];

    private static string Key(DeviceAccount device) =>
        $"{device.Device.Platform}\n" + string.Join('\n', device.Checks
            .OrderBy(check => check.Analytic, StringComparer.Ordinal)
            .Select(check => $"{check.Analytic}|{check.State}|{check.Missing}|{check.ReachableScore}|{string.Join(',', check.BlindStages)}"));
}
