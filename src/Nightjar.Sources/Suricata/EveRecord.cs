namespace Nightjar.Sources.Suricata;

/// <summary>The attributes of a record that are read.</summary>
internal enum EveField
{
    EventType, Timestamp, FlowId, SourceIp, SourcePort, DestinationIp, DestinationPort, Protocol, TxId, Direction,
    FlowStart, FlowEnd, BytesToServer, BytesToClient, FlowSourceIp, FlowSourcePort, FlowDestinationIp, FlowDestinationPort,
    NetflowStart, NetflowEnd, NetflowBytes,
    DnsType, DnsId, DnsName, DnsNameType, DnsCode, DnsData, DnsQueryNames, DnsQueryType, DnsAnswers,
    HttpHost, HttpPort, HttpUrl, HttpAgent, HttpType, HttpMethod, HttpStatus, HttpLength,
    TlsSni, TlsSubject, TlsIssuer, TlsVersion, TlsNotBefore, TlsNotAfter, TlsJa3, QuicSni, QuicJa3,
    FileName, FileSize, FileMagic, FileMd5, FileSha1, FileSha256,
    Signature, SignatureId, SignatureGroup,
    DhcpAddress, DhcpMac, DhcpLeaseTime, DhcpHostName, DhcpMessage,
}

/// <summary>One record of the log.</summary>
internal sealed class EveRecord
{
    // In the order of EveField.
    private readonly JsonRecord _json = new(
        "event_type", "timestamp", "flow_id", "src_ip", "src_port", "dest_ip", "dest_port", "proto", "tx_id", "direction",
        "flow.start", "flow.end", "flow.bytes_toserver", "flow.bytes_toclient", "flow.src_ip", "flow.src_port", "flow.dest_ip", "flow.dest_port",
        "netflow.start", "netflow.end", "netflow.bytes",
        "dns.type", "dns.id", "dns.rrname", "dns.rrtype", "dns.rcode", "dns.rdata", "dns.queries.rrname[]", "dns.queries.rrtype", "dns.answers.rdata[]",
        "http.hostname", "http.http_port", "http.url", "http.http_user_agent", "http.http_content_type", "http.http_method", "http.status", "http.length",
        "tls.sni", "tls.subject", "tls.issuerdn", "tls.version", "tls.notbefore", "tls.notafter", "tls.ja3.hash", "quic.sni", "quic.ja3.hash",
        "fileinfo.filename", "fileinfo.size", "fileinfo.magic", "fileinfo.md5", "fileinfo.sha1", "fileinfo.sha256",
        "alert.signature", "alert.signature_id", "alert.gid",
        "dhcp.assigned_ip", "dhcp.client_mac", "dhcp.lease_time", "dhcp.hostname", "dhcp.dhcp_type");

    public bool TryRead(ReadOnlySpan<byte> line) => _json.TryRead(line);

    public ReadOnlySpan<byte> this[EveField field] => _json.Text((int)field);

    public int Count(EveField field) => _json.Count((int)field);

    public ReadOnlySpan<byte> ItemOf(EveField field, int index) => _json.Item((int)field, index);

    public bool Is(EveField field, ReadOnlySpan<byte> text) => _json.Text((int)field).SequenceEqual(text);
}
