using Nightjar.Events;

namespace Nightjar.Sources.Pcapdroid;

/// <summary>PCAPdroid's export of connections: a header, then a row for each connection.</summary>
/// <remarks>It holds only the rows that the filter on the screen let through, so that a connection is missing proves nothing.</remarks>
internal sealed class PcapdroidCsvReader : ISourceReader
{
    public SourceFormat Format { get; } = new("pcapdroid-csv", "PCAPdroid connections, CSV", PositionKind.Line)
    {
        LogNames = ["VPN:MobileProxy"],
        Yields = [EventClass.DnsActivity, EventClass.NetworkActivity],
        Platform = Platform.Android,
        IsOneDevice = true,
    };

    public int Recognise(SourceHead head)
    {
        foreach (var line in head.Lines(1)) return CsvColumns.IsHeader(line.Span) ? 98 : 0;
        return 0;
    }

    public SourceSession Open(SourceInput input) => new PcapdroidCsvSession(input);
}
