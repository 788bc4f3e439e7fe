using Nightjar.Events;

namespace Nightjar.Sources.Zeek;

/// <summary>Zeek's logs as JSON, one object a line, as Zeek itself, Corelight, Brim and others write them.</summary>
internal sealed class ZeekJsonReader : ISourceReader
{
    private const int HeadLines = 20;

    public SourceFormat Format { get; } = new("zeek-json", "Zeek log, JSON lines", PositionKind.Line)
    {
        LogNames = ["NSM:Flow"],
        Yields = [EventClass.NetworkActivity, EventClass.HttpActivity, EventClass.DnsActivity],
        SuppliesIdentity = true,
    };

    public int Recognise(SourceHead head) => head.Best(HeadLines, line => Certainty(line.Span, head.Name));

    public bool SuppliesIdentity(SourceHead head)
    {
        ReadOnlyMemory<byte> first = default;
        foreach (var line in head.Lines(int.MaxValue))
        {
            var path = PathOf(line);
            if (path.Span.SequenceEqual("dhcp"u8) || path.Span.SequenceEqual("ssl"u8) || IsHandshake(line.Span) || IsLease(line.Span) || IsCertificate(line.Span)) return true;
            if (first.IsEmpty) first = path;
            // Several logs in one stream: a lease may come at any time.
            if (!path.Span.SequenceEqual(first.Span)) return true;
        }
        return false;
    }

    public SourceSession Open(SourceInput input) => new ZeekJsonSession(input);

    // By the names of fields, not by a parse: the head may end inside the first record.
    private static int Certainty(ReadOnlySpan<byte> line, string name)
    {
        if (!line.TrimStart(" \t"u8).StartsWith("{"u8) || !Has(line, "\"ts\""u8)) return 0;
        if (Has(line, "\"_path\""u8)) return 97;
        if (Has(line, "\"uid\""u8) && (Has(line, "orig_h\""u8) || Has(line, "id.orig_"u8))) return 95;
        if (Has(line, "\"fuid\""u8) && Has(line, "\"seen_bytes\""u8)) return 95;
        if (IsLease(line)) return 90;
        if (IsCertificate(line)) return 85;
        if (Has(line, "\"note\""u8) && Has(line, "\"suppress_for\""u8)) return 85;
        return ZeekLogs.NameIn(name) is not null ? 30 : 0;
    }

    private static bool IsLease(ReadOnlySpan<byte> line) =>
        Has(line, "\"mac\""u8) && (Has(line, "\"assigned_addr\""u8) || Has(line, "\"msg_types\""u8));

    private static bool IsHandshake(ReadOnlySpan<byte> line) => Has(line, "\"validation_status\""u8) || Has(line, "\"cert_chain_f"u8);

    private static bool IsCertificate(ReadOnlySpan<byte> line) => Has(line, "\"certificate.serial\""u8) || Has(line, "\"certificate_serial\""u8);

    private static ReadOnlyMemory<byte> PathOf(ReadOnlyMemory<byte> line)
    {
        var start = line.Span.IndexOf("\"_path\""u8);
        if (start < 0) return default;
        line = line[(start + "\"_path\""u8.Length)..];
        start = line.Span.IndexOf((byte)'"') + 1;
        var length = line.Span[start..].IndexOf((byte)'"');
        return length < 0 ? default : line.Slice(start, length);
    }

    private static bool Has(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name) => line.IndexOf(name) >= 0;
}
