using Nightjar.Events;

namespace Nightjar.Sources.Identity;

/// <summary>Finds what events tell of addresses of devices: inventories of management, and sessions of a VPN.</summary>
internal static class StatedAddresses
{
    private const int TunnelActivity = 4014;
    private const int DeviceInventory = 5001;
    private const int SoftwareInventory = 5020;
    private const int Close = 2;

    // An address in an inventory was right when the inventory was made; a day later it may be another's.
    private static readonly TimeSpan InventoryHolds = TimeSpan.FromHours(24);

    /// <summary>The classes whose events tell of addresses.</summary>
    public static IReadOnlyList<int> Classes { get; } = [TunnelActivity, DeviceInventory, SoftwareInventory];

    /// <summary>Tells a sink what the events of a batch say.</summary>
    public static void Tell(EventBatch batch, IIdentitySink sink)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            ref readonly var header = ref batch.HeaderAt(i);
            if (header.Device.IsNone || !Classes.Contains(header.ClassUid)) continue;
            var view = batch[i];
            var device = batch.Symbols.Text(header.Device);
            if (view.Symbol(FieldId.DeviceIp) is { IsNone: false } ip)
                sink.Add(new AddressLease(batch.Symbols.Text(ip), null, null, header.Time, EndOf(in header)) { Device = device });
            if (view.Symbol(FieldId.DeviceMac) is { IsNone: false } mac && HardwareAddress.Normalise(batch.Symbols.Text(mac)) is { } known)
                sink.Add(new HardwareClaim(known, device, header.Time));
        }
    }

    // A session lasts as long as it says, else until the address is given anew; one that is closed has given it up.
    private static Instant? EndOf(ref readonly EventHeader header)
    {
        if (header.ClassUid != TunnelActivity) return header.Time + InventoryHolds;
        if (header.Activity == Close) return header.Time;
        return header.End > header.Time ? header.End : null;
    }
}
