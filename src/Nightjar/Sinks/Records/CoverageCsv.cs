using System.Globalization;
using System.Text;
using Nightjar.Events;
using Nightjar.Findings;

namespace Nightjar.Sinks.Records;

/// <summary>Writes <c>coverage.csv</c>: a row for each device, analytic and run of days on which it could see the same.</summary>
public static class CoverageCsv
{
    private static readonly string[] Columns =
    [
        "device", "name", "platform", "groups", "analytic", "strategy", "techniques", "first_day", "last_day", "days", "state", "reachable_score",
        "blind_stages", "obstacles", "blind_contributions", "missing", "sources",
    ];

    /// <summary>Writes the whole file: UTF-8, RFC 4180. A cell that a spreadsheet would take for a formula begins with an apostrophe.</summary>
    public static void Write(RunSummary summary, Stream output)
    {
        ArgumentNullException.ThrowIfNull(summary);
        using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 16 * 1024, leaveOpen: true) { NewLine = "\r\n" };
        Line(writer, Columns);
        foreach (var device in summary.Devices)
        {
            if (device.Checks.Count == 0) Line(writer, [.. Of(device.Device), "", "", "", "", "", "", "not_assessed", "0", "", "", "", "", ""]);
            foreach (var check in device.Checks)
            {
                var analytic = summary.Analytics.FirstOrDefault(item => item.Uid == check.Analytic);
                foreach (var span in DaySpans.Of(summary, device, check.Analytic)) Line(writer, [.. Of(device.Device), check.Analytic, .. Of(analytic), .. Of(summary, device, span)]);
            }
        }
    }

    private static string[] Of(DeviceReference device) => [device.Uid, device.Name ?? "", device.Platform.Name(), string.Join('|', device.Groups ?? [])];

    private static string[] Of(AnalyticReference? analytic) =>
        [analytic?.Strategy ?? "", string.Join('|', analytic?.Techniques.Select(technique => technique.Uid).Distinct(StringComparer.Ordinal) ?? [])];

    private static string[] Of(RunSummary summary, DeviceAccount device, DaySpan span)
    {
        var check = span.Check;
        var missing = check?.Missing ?? DataComponents.None;
        return
        [
            SinkWords.Day(span.From), SinkWords.Day(span.To), span.Length.ToString(CultureInfo.InvariantCulture),
            check?.State.Snake() ?? "not_assessed", (check?.ReachableScore ?? 0).ToString(CultureInfo.InvariantCulture),
            string.Join('|', check?.BlindStages ?? []),
            string.Join('|', check?.Obstacles.Select(item => $"{item.Stage}:{item.Lacks.Snake()}") ?? []),
            string.Join('|', check?.BlindContributions ?? []),
            string.Join('|', missing.Bits().Select(bit => DataComponentNames.Of(bit).Id)),
            string.Join('|', MissingTelemetry.SourcesFor(summary, device.Device.Platform, missing)),
        ];
    }

    private static void Line(StreamWriter writer, IReadOnlyList<string> cells) => writer.WriteLine(string.Join(',', cells.Select(Cell)));

    private static string Cell(string text)
    {
        var safe = VisibleText.Of(text);
        if (safe.Length > 0 && "=+-@\t\r".Contains(safe[0], StringComparison.Ordinal)) safe = "'" + safe;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}

/// <summary>The same as <c>coverage.json</c> for spreadsheets, as <c>coverage.csv</c>.</summary>
internal sealed class CoverageCsvSink : ISink
{
    public string Id => "coverage-csv";

    public string FileName => "coverage.csv";

    public void Write(RunResult result, Stream output) => CoverageCsv.Write(result.Summary, output);
}
