using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sinks;
using Nightjar.Sinks.Plain;
using Spectre.Console;

namespace Nightjar.Cli.Terminal;

/// <summary>The files: each that has something to say, and the others by format.</summary>
internal static class FilesTable
{
    public static void Write(IAnsiConsole console, RunSummary summary)
    {
        if (summary.Files.Count == 0) return;
        TerminalReport.Heading(console, "Files");
        var odd = summary.Files.Where(IsOdd).ToList();
        if (odd.Count > 0) console.Write(Odd(odd));
        foreach (var format in summary.Files.Where(file => !IsOdd(file)).GroupBy(file => file.Reader ?? "unknown format", StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            TerminalReport.Line(console,
                $"{SinkWords.Count(format.Count(), "file")} of {format.Key} read without a complaint: {SinkWords.Count(format.Sum(file => file.Events), "event")}, {SinkWords.Size(format.Sum(file => file.Bytes))}.");
        }
    }

    private static bool IsOdd(FileAccount file) => file.State != FileState.Read || file.Anomalies.Count > 0 || file.TimeBasis is not (null or TimeBasis.Stated);

    private static Table Odd(List<FileAccount> files)
    {
        var table = TerminalReport.OpenTable("State", "File", "Remarks");
        foreach (var file in files)
        {
            table.AddRow(
                TerminalReport.Cell(SinkWords.Say(file.State)),
                TerminalReport.Cells(TerminalReport.Cell(file.Path), TerminalReport.Cell(file.Reader is null ? "no format" : $"{file.Reader}, {SinkWords.Count(file.Events, "event")}", TerminalReport.Dim)),
                TerminalReport.Cells(Remarks(file).Select(remark => TerminalReport.Cell(remark))));
        }
        return table;
    }

    private static IEnumerable<string> Remarks(FileAccount file)
    {
        if (file.Reason is not null) yield return file.Reason;
        if (file.TimeBasis is { } basis and not TimeBasis.Stated) yield return $"times: {SinkWords.Say(basis)}";
        foreach (var anomaly in file.Anomalies) yield return AnomalyText.Of(anomaly);
    }
}
