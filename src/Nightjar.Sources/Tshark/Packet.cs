using System.Buffers.Text;
using Nightjar.Events;

namespace Nightjar.Sources.Tshark;

/// <summary>The ends of a packet, its time and what it carries. Valid while its record is.</summary>
internal readonly ref struct Packet(EkRecord record, Instant time, long number, int? owner)
{
    public EkRecord Record { get; } = record;

    public Instant Time { get; } = time;

    public long Number { get; } = number;

    /// <summary>Number of the app that it is of; null when unknown.</summary>
    public int? Owner { get; } = owner;

    public bool IsTcp => Record.Has(EkField.TcpSourcePort);

    public bool IsUdp => Record.Has(EkField.UdpSourcePort);

    public ReadOnlySpan<byte> Source => Either(EkField.Source, EkField.SourceV6);

    public ReadOnlySpan<byte> Destination => Either(EkField.Destination, EkField.DestinationV6);

    public ReadOnlySpan<byte> SourcePort => Either(EkField.TcpSourcePort, EkField.UdpSourcePort);

    public ReadOnlySpan<byte> DestinationPort => Either(EkField.TcpDestinationPort, EkField.UdpDestinationPort);

    public ReadOnlySpan<byte> Stream => IsTcp ? Record[EkField.TcpStream] : Record[EkField.UdpStream];

    public ReadOnlySpan<byte> Protocol => IsTcp ? "tcp"u8 : IsUdp ? "udp"u8 : IpProtocols.NameOf(Either(EkField.Protocol, EkField.ProtocolV6));

    /// <summary>Bytes within TCP or UDP, those that are sent again left out; else the length of the packet.</summary>
    public long Payload
    {
        get
        {
            if (IsTcp) return Record.Has(EkField.Retransmission) ? 0 : Number64(EkField.TcpLength);
            // The header of UDP counts in its length.
            return IsUdp ? Math.Max(0, Number64(EkField.UdpLength) - 8) : Number64(EkField.Length);
        }
    }

    private long Number64(EkField field) =>
        Utf8Parser.TryParse(Record[field], out uint number, out var used) && used == Record[field].Length ? number : 0;

    private ReadOnlySpan<byte> Either(EkField first, EkField second) => Record.Has(first) ? Record[first] : Record[second];
}
