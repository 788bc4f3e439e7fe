using Nightjar.Events;

namespace Nightjar.Sources.Identity.Joining;

/// <summary>Where a device talked to: an address with a port, or a host.</summary>
/// <param name="Device">The device.</param>
/// <param name="Where">Address or host.</param>
/// <param name="Port">The port; −1 for a host.</param>
internal readonly record struct ContactKey(Symbol Device, Symbol Where, int Port)
{
    private const int AnyPort = -1;

    // The one that comes with a record asks three comparers; this is asked for each contact, several times.
    public override int GetHashCode() => HashCode.Combine(Device.Id, Where.Id, Port);

    /// <summary>The key by address and port; none when the event lacks either, or speaks of the server that was asked for a name.</summary>
    public static ContactKey? OfAddress(in EventView view)
    {
        if (view.Header.Class == EventClass.DnsActivity || !view.TryGetInteger(FieldId.DstPort, out var port)) return null;
        var address = view.Symbol(FieldId.DstIp);
        return address.IsNone || port is < 0 or > ushort.MaxValue ? null : new ContactKey(view.Header.Device, address, (int)port);
    }

    /// <summary>The key by host; none when the event names no host.</summary>
    public static ContactKey? OfHost(in EventView view)
    {
        var host = view.Symbol(FieldId.QueryHostname);
        if (host.IsNone) host = view.Symbol(FieldId.TlsSni);
        if (host.IsNone) host = view.Symbol(FieldId.UrlHostname);
        if (host.IsNone) host = view.Symbol(FieldId.DstHostname);
        return host.IsNone ? null : new ContactKey(view.Header.Device, host, AnyPort);
    }

    /// <summary>True for events that tell of a connection or of a name that was asked for.</summary>
    public static bool IsContact(in EventHeader header) => header.Class is EventClass.NetworkActivity or EventClass.HttpActivity or EventClass.DnsActivity;
}

/// <summary>A contact as one record tells it.</summary>
/// <param name="From">Its begin.</param>
/// <param name="To">Its end.</param>
/// <param name="SourcePort">The device's own port; 0 when not told.</param>
/// <param name="App">The app; none when the record names none.</param>
/// <param name="Grade">How surely the record names it.</param>
/// <param name="LogName">The record's log source.</param>
internal readonly record struct Contact(Instant From, Instant To, int SourcePort, Symbol App, AppGrade Grade, Symbol LogName)
{
    public static Contact Of(in EventView view)
    {
        ref readonly var header = ref view.Header;
        var port = view.TryGetInteger(FieldId.SrcPort, out var stated) && stated is > 0 and <= ushort.MaxValue ? (int)stated : 0;
        return new Contact(header.Time, header.End, port, header.App, header.State.AppGrade, header.LogName);
    }

    /// <summary>True when both tell the same port of the device, so that they speak of one connection.</summary>
    public bool SharesPort(in Contact other) => SourcePort != 0 && SourcePort == other.SourcePort;
}
