using Nightjar.Sinks.Formats;
using Nightjar.Sinks.Html;
using Nightjar.Sinks.Markdown;
using Nightjar.Sinks.Navigator;
using Nightjar.Sinks.Ocsf;
using Nightjar.Sinks.Records;

namespace Nightjar.Sinks;

/// <summary>Every output of a run that goes to a file. A new one is a file with its class and a line here.</summary>
public static class SinkCatalog
{
    /// <summary>The sinks, in the order in which they are written.</summary>
    public static IReadOnlyList<ISink> All { get; } =
    [
        new OcsfSink(),
        new EvidenceIndexSink(),
        new HtmlSink(),
        new MarkdownSink(),
        new CsvSink(),
        new CoverageSink(),
        new NavigatorSink(),
        new RunSink(),
    ];

    /// <summary>What telemetry alone can fill, when nothing was looked for.</summary>
    public static IReadOnlyList<ISink> Coverage { get; } = [new CoverageSink(), new CoverageCsvSink(), new NavigatorSink()];
}
