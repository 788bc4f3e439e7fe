using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sinks.Plain;
using Nightjar.Sinks.Records;

namespace Nightjar.Sinks.Html;

/// <summary>Devices for which every check came out the same. A fleet has hundreds of devices and a handful of these.</summary>
internal sealed record DeviceGroup(Platform Platform, IReadOnlyList<DeviceCheck> Checks, IReadOnlyList<DeviceAccount> Accounts)
{
    /// <summary>The devices.</summary>
    public IReadOnlyList<DeviceReference> Devices { get; } = [.. Accounts.Select(account => account.Device)];

    /// <summary>Why nothing can be said of them; null when something can.</summary>
    public string? WhyNotAssessed => StrategyCoverage.WhyNotAssessed(Accounts[0]);

    /// <summary>Uids of the analytics that looked at the devices, in order.</summary>
    public IReadOnlyList<string> Analytics { get; } = [.. Checks.Select(check => check.Analytic).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The groups; those that could see least come first.</summary>
    public static IReadOnlyList<DeviceGroup> Of(RunSummary summary) =>
        [.. summary.Devices
            .GroupBy(Key, StringComparer.Ordinal)
            .Select(group => new DeviceGroup(group.First().Device.Platform, group.First().Checks, [.. group]))
            .OrderByDescending(group => group.WhyNotAssessed is not null)
            .ThenByDescending(group => group.Checks.Sum(check => (int)check.State))
            .ThenBy(group => group.Devices[0].Uid, StringComparer.Ordinal)];

    private static string Key(DeviceAccount device) =>
        $"{device.Device.Platform}\n{StrategyCoverage.WhyNotAssessed(device)}\n" + string.Join('\n', device.Checks
            .OrderBy(check => check.Analytic, StringComparer.Ordinal)
            .Select(check => $"{check.Analytic}|{check.State}|{CheckText.Why(check)}"));
}
