using Nightjar.Sources.OcsfNdjson;

namespace Nightjar.Sources;

/// <summary>Every format that Nightjar reads, one line each. The order settles ties of recognition.</summary>
public static class SourceCatalog
{
    /// <summary>All readers.</summary>
    public static IReadOnlyList<ISourceReader> All { get; } =
    [
        new OcsfNdjsonReader(),
        new Logcat.LogcatReader(),
        new AppPrivacyReport.AppPrivacyReportReader(),
        new Intrusion.IntrusionReader(),
        new Zeek.ZeekTsvReader(),
        new Zeek.ZeekJsonReader(),
        new Strace.StraceReader(),
        new Suricata.SuricataReader(),
        new Pcapdroid.PcapdroidCsvReader(),
        new Squid.SquidReader(),
        new W3c.W3cReader(),
        new Har.HarReader(),
        new Tshark.PcapdroidPacketsReader(),
        new Tshark.TsharkReader(),
    ];

    /// <summary>The reader that recognises the content best; null when none does.</summary>
    public static ISourceReader? Recognise(SourceHead head) =>
        All.Select(reader => (reader, certainty: reader.Recognise(head)))
            .Where(pair => pair.certainty > 0)
            .OrderByDescending(pair => pair.certainty)
            .Select(pair => pair.reader)
            .FirstOrDefault();
}
