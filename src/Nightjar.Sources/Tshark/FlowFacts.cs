using System.Text;

namespace Nightjar.Sources.Tshark;

/// <summary>Adds what a packet tells to its connection.</summary>
internal static class FlowFacts
{
    private const int MaxName = 255;

    public static void Add(Flow flow, in Packet packet)
    {
        // Packets of one capture may be a little out of order.
        if (packet.Time > flow.Last) flow.Last = packet.Time;
        var isFromCaller = packet.Source.SequenceEqual(flow.Caller) && packet.SourcePort.SequenceEqual(flow.CallerPort);
        if (isFromCaller) flow.BytesFromCaller += packet.Payload;
        else flow.BytesFromCalled += packet.Payload;
        flow.Owner ??= packet.Owner;
        if (packet.Record.Has(EkField.HandshakeType)) Handshake(flow, packet.Record);
    }

    // The client's hello offers versions, the server's names the one that holds.
    private static void Handshake(Flow flow, EkRecord record)
    {
        var isHello = record[EkField.HandshakeType].SequenceEqual("1"u8);
        if (isHello)
        {
            flow.ServerName ??= Keep(record[EkField.ServerName]);
            flow.Ja3 ??= Keep(record[EkField.Ja3]);
        }
        else if (record[EkField.HandshakeType].SequenceEqual("2"u8))
        {
            flow.TlsVersion ??= Keep(record.Has(EkField.SupportedVersion) ? record[EkField.SupportedVersion] : record[EkField.HandshakeVersion]);
        }
    }

    private static byte[]? Keep(ReadOnlySpan<byte> text) => text.IsEmpty || text.Length > MaxName || !Ascii.IsValid(text) ? null : text.ToArray();
}
