using Nightjar.Events;

namespace Nightjar.Sources.Zeek;

/// <summary>Zeek's own form of its logs: a header of lines that begin with <c>#</c>, then a record in each line, its fields in columns.</summary>
internal sealed class ZeekTsvReader : ISourceReader
{
    private const int HeadLines = 40;

    public SourceFormat Format { get; } = new("zeek-tsv", "Zeek log, tab-separated", PositionKind.Line)
    {
        LogNames = ["NSM:Flow"],
        Yields = [EventClass.NetworkActivity, EventClass.HttpActivity, EventClass.DnsActivity],
        SuppliesIdentity = true,
    };

    public int Recognise(SourceHead head)
    {
        var hasFields = false;
        var hasPath = false;
        foreach (var memory in head.Lines(HeadLines))
        {
            var line = memory.Span.TrimStart(" \t"u8);
            if (line.StartsWith("#separator "u8)) return 99;
            hasFields |= line.StartsWith("#fields"u8);
            hasPath |= line.StartsWith("#path"u8) || line.StartsWith("#unset_field"u8);
        }
        return hasFields && hasPath ? 95 : 0;
    }

    // A file of several logs shows more than one path; what lies beyond the head cannot be seen.
    public bool SuppliesIdentity(SourceHead head)
    {
        var paths = 0;
        foreach (var line in head.Lines(int.MaxValue))
        {
            if (!line.Span.StartsWith("#path"u8)) continue;
            if (line.Span.EndsWith("dhcp"u8) || line.Span.EndsWith("x509"u8) || line.Span.EndsWith("ssl"u8) || ++paths > 1) return true;
        }
        return paths == 0;
    }

    public SourceSession Open(SourceInput input) => new ZeekTsvSession(input);
}
