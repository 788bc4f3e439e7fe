using System.Text;

namespace Nightjar.Sources.Tshark;

/// <summary>The fields of a packet that are read.</summary>
internal enum EkField
{
    Number, Epoch, Length, Comment, BlockOwner, BlockData, Trailer,
    Source, Destination, SourceV6, DestinationV6, Protocol, ProtocolV6,
    TcpSourcePort, TcpDestinationPort, TcpLength, TcpStream, Retransmission,
    UdpSourcePort, UdpDestinationPort, UdpLength, UdpStream,
    HandshakeType, ServerName, Ja3, HandshakeVersion, SupportedVersion,
    Method, Host, Uri, UserAgent, StatusCode, ContentType, ContentLength,
    DnsId, IsResponse, ResponseCode, QueryName, QueryType, Answer,
}

/// <summary>tshark's names of these fields.</summary>
internal static class EkFields
{
    // In the order of EkField; several kinds of record answer a question.
    private static readonly string[][] Names =
    [
        ["frame.number"], ["frame.time_epoch"], ["frame.len"], ["frame.comment"], ["frame.cb_pen"], ["data.data"], ["eth.trailer"],
        ["ip.src"], ["ip.dst"], ["ipv6.src"], ["ipv6.dst"], ["ip.proto"], ["ipv6.nxt"],
        ["tcp.srcport"], ["tcp.dstport"], ["tcp.len"], ["tcp.stream"], ["tcp.analysis.retransmission"],
        ["udp.srcport"], ["udp.dstport"], ["udp.length"], ["udp.stream"],
        ["tls.handshake.type"], ["tls.handshake.extensions_server_name"], ["tls.handshake.ja3"], ["tls.handshake.version"], ["tls.handshake.extensions.supported_version"],
        ["http.request.method"], ["http.host"], ["http.request.uri"], ["http.user_agent"], ["http.response.code"], ["http.content_type"], ["http.content_length"],
        ["dns.id"], ["dns.flags.response"], ["dns.flags.rcode"], ["dns.qry.name"], ["dns.qry.type"], ["dns.a", "dns.aaaa", "dns.cname"],
    ];

    private static readonly Dictionary<string, EkField> ByName = Build();

    private static readonly Dictionary<string, EkField>.AlternateLookup<ReadOnlySpan<char>> Lookup = ByName.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>All names, as they are asked of tshark.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Names.SelectMany(names => names)];

    /// <summary>The field of an attribute; null when it is none that is read.</summary>
    public static EkField? Find(ReadOnlySpan<byte> attribute)
    {
        Span<char> name = stackalloc char[64];
        if (attribute.Length > name.Length || !Ascii.IsValid(attribute)) return null;
        return Lookup.TryGetValue(name[..Encoding.ASCII.GetChars(attribute, name)], out var field) ? field : null;
    }

    // Chosen fields have underscores for dots: tcp_len. Within the whole packet the protocol stands before that: tcp_tcp_len.
    private static Dictionary<string, EkField> Build()
    {
        var map = new Dictionary<string, EkField>(StringComparer.Ordinal);
        for (var i = 0; i < Names.Length; i++)
        {
            foreach (var name in Names[i])
            {
                var plain = name.Replace('.', '_');
                map[plain] = (EkField)i;
                map[$"{name[..name.IndexOf('.', StringComparison.Ordinal)]}_{plain}"] = (EkField)i;
            }
        }
        return map;
    }
}
