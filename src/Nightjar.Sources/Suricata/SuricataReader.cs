using Nightjar.Events;

namespace Nightjar.Sources.Suricata;

/// <summary>Suricata's EVE log: one JSON object a line, of many kinds.</summary>
internal sealed class SuricataReader : ISourceReader
{
    private const int HeadLines = 20;

    public SourceFormat Format { get; } = new("suricata-eve", "Suricata EVE log, JSON lines", PositionKind.Line)
    {
        LogNames = ["NSM:Flow"],
        Yields = [EventClass.DnsActivity, EventClass.HttpActivity, EventClass.NetworkActivity],
        SuppliesIdentity = true,
    };

    // By the names of attributes, not by a parse: the head may end inside the first record.
    public int Recognise(SourceHead head) => head.Best(HeadLines, line => Certainty(line.Span));

    public SourceSession Open(SourceInput input) => new SuricataSession(input);

    private static int Certainty(ReadOnlySpan<byte> line)
    {
        if (!line.TrimStart(" \t"u8).StartsWith("{"u8) || line.IndexOf("\"event_type\""u8) < 0 || line.IndexOf("\"timestamp\""u8) < 0) return 0;
        if (line.IndexOf("\"flow_id\""u8) >= 0 || line.IndexOf("\"pcap_cnt\""u8) >= 0) return 96;
        if (line.IndexOf("\"src_ip\""u8) >= 0 && line.IndexOf("\"dest_ip\""u8) >= 0) return 92;
        return line.IndexOf("\"event_type\":\"stats\""u8) >= 0 && line.IndexOf("\"uptime\""u8) >= 0 ? 90 : 0;
    }
}
