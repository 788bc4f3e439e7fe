using Nightjar.Events;

namespace Nightjar.Sources.Zeek;

/// <summary>quic.log: the handshake of a QUIC connection, as far as it can be read.</summary>
internal static class ZeekQuic
{
    public static void Write(in ZeekEvent e)
    {
        e.Begin(EventClass.NetworkActivity, NetworkActivities.Open);
        e.Connection();
        e.Batch.Set(FieldId.ProtocolName, "udp"u8);
        NetworkEvents.ServerName(e.Batch, e.Record[ZeekField.ServerName]);
        e.Batch.Commit();
    }
}
