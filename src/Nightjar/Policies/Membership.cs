using Nightjar.Analytics.Tuning;
using Nightjar.Events;

namespace Nightjar.Policies;

/// <summary>What is known of a device, in texts.</summary>
/// <param name="Uid">Its uid.</param>
/// <param name="Platform">Unknown until told.</param>
/// <param name="TelemetryGroups">Its groups as telemetry names them.</param>
/// <param name="IsManaged">Unknown until told.</param>
public sealed record DeviceFacts(string Uid, Platform Platform, IReadOnlyList<string> TelemetryGroups, Tri IsManaged);

/// <summary>Which groups of a policy a device is in. What was not told yet is in no group that asks for it.</summary>
internal sealed class Membership(Policy policy)
{
    private readonly (DeviceGroup Group, Func<string, bool> Uid, Func<string, bool> Name)[] _groups =
    [
        .. policy.Groups.OrderBy(group => group.Name, StringComparer.Ordinal)
            .Select(group => (group, Patterns.Of(TunableKind.Words, group.Devices), Patterns.Of(TunableKind.Words, group.TelemetryGroups))),
    ];

    /// <summary>The names of the groups, in order.</summary>
    public IReadOnlyList<string> Of(DeviceFacts device)
    {
        if (_groups.Length == 0) return [];
        return [.. _groups.Where(item => Holds(item.Group, item.Uid, item.Name, device)).Select(item => item.Group.Name)];
    }

    private static bool Holds(DeviceGroup group, Func<string, bool> uid, Func<string, bool> name, DeviceFacts device) =>
        (group.Devices.Count == 0 || uid(device.Uid))
        && (group.Platforms.Count == 0 || group.Platforms.Contains(device.Platform))
        && (group.TelemetryGroups.Count == 0 || device.TelemetryGroups.Any(name))
        && (group.IsManaged is not { } managed || device.IsManaged == TriLogic.Of(managed));
}
