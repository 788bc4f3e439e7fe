using Nightjar.Findings;
using Nightjar.Sinks.Ocsf;
using Nightjar.Sinks.Records;
using Nightjar.Sinks.Stix;

namespace Nightjar.Sinks.Formats;

/// <summary>Every form in which findings are told to other tools. A new one is a file with its class and a line here.</summary>
public static class FormatCatalog
{
    /// <summary>The formats, in the order in which they are listed.</summary>
    public static IReadOnlyList<IFindingFormat> All { get; } =
    [
        new OcsfFormat(),
        new StixFormat(),
        new EcsFormat(),
        new CimFormat(),
        new AsimFormat(),
        new UdmFormat(),
        new CefFormat(),
        new CsvFormat(),
    ];

    /// <summary>The format of this name; null when there is none.</summary>
    public static IFindingFormat? Find(string id) => All.FirstOrDefault(format => format.Id == id);

    /// <summary>Writes findings of any order: sorted by time, texts of events held to what findings in OCSF hold, so that a scan and a later conversion say the same.</summary>
    /// <param name="format">The format.</param>
    /// <param name="findings">The findings.</param>
    /// <param name="output">Where to; stays open.</param>
    public static void Write(IFindingFormat format, IEnumerable<Finding> findings, Stream output)
    {
        var limit = new OcsfOptions().TextLimit;
        format.Write([.. findings.Order(ReportOrder.ByTime).Select(finding => finding with { Evidence = [.. finding.Evidence.Select(item => item with { Event = EventCut.Of(item.Event, limit).Event })] })], output);
    }
}

/// <summary>OCSF, as <c>findings.ocsf.ndjson</c> has it.</summary>
internal sealed class OcsfFormat : IFindingFormat
{
    public string Id => "ocsf";

    public string Title => "OCSF 1.8 Detection Finding, one object a line";

    public void Write(IReadOnlyList<Finding> findings, Stream output) => new OcsfFindingWriter().Write(findings, output);
}
