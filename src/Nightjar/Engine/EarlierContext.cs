using Nightjar.Context;

namespace Nightjar.Engine;

/// <summary>What was known of a device before something new was told, for its events that wait unasked: one copy for all of them.</summary>
internal sealed class EarlierContext : DeviceContext
{
    private long _last;
    private EarlierContext? _before;

    /// <summary>Remembers what is known of a device before an event tells something new.</summary>
    /// <param name="device">The device.</param>
    /// <param name="first">Number of the first event that waits.</param>
    public static void Remember(DeviceTrack device, long first)
    {
        var latest = device.Earlier;
        // Nothing waits that came since.
        if (latest?._last == device.LastUnasked) return;
        var isOld = latest is null || latest._last < first;
        var node = isOld && latest is not null ? latest : new EarlierContext();
        node.CopyFrom(device);
        (node._last, node._before) = (device.LastUnasked, isOld ? null : latest);
        device.Earlier = node;
    }

    /// <summary>What was known of a device at its event with a number; null: what is known now.</summary>
    public static DeviceContext? At(DeviceTrack device, long number)
    {
        EarlierContext? known = null;
        for (var node = device.Earlier; node is not null && node._last >= number; node = node._before) known = node;
        return known;
    }
}
