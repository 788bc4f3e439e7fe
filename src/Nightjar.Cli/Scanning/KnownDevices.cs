using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sources.Identity;

namespace Nightjar.Cli.Scanning;

/// <summary>Devices that somebody knows of without their telemetry: a silent device is named, and not taken for a clean one.</summary>
internal static class KnownDevices
{
    /// <summary>Those of the map, then those that management named; a device may come twice.</summary>
    public static IEnumerable<KnownDevice> Of(DeviceMap map, IdentityBook identities)
    {
        var directory = new DeviceDirectory(map);
        var mapped = map.Rows.Select(row => row.Device).Distinct(StringComparer.Ordinal);
        var managed = identities.Claims().Select(claim => claim.Device)
            .Concat(identities.Leases().Select(lease => lease.Device).OfType<string>())
            .Select(uid => directory.ResolveAlias(uid) ?? uid);
        return mapped.Select(uid => Known(directory, uid, "the device map")).Concat(managed.Select(uid => Known(directory, uid, "an inventory or a session")));
    }

    private static KnownDevice Known(DeviceDirectory directory, string uid, string from)
    {
        var facts = directory.Describe(uid);
        return new KnownDevice(new DeviceReference(uid, facts?.Platform ?? Platform.Unknown, facts?.Name, facts?.Groups ?? []), from);
    }
}
