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

    /// <summary>What was joined between sources, and whose clock differs.</summary>
    public static void WriteJoins(IAnsiConsole console, RunSummary summary)
    {
        var joins = summary.Joins;
        if (joins.ByConnection + joins.ByDestination > 0)
        {
            TerminalReport.Line(console,
                $"{SinkWords.Count(joins.ByConnection + joins.ByDestination, "network record")} without an app got one from another record: {joins.ByConnection} by the connection, {joins.ByDestination} by place and time.");
        }
        if (joins.Ambiguous > 0) TerminalReport.Line(console, $"{SinkWords.Count(joins.Ambiguous, "network record")} without an app could be of several and stayed without one.");
        foreach (var clock in summary.Clocks.Where(clock => clock.IsApplied || Math.Abs(clock.Offset.TotalSeconds) >= 1)) TerminalReport.Line(console, ClockText.Of(clock));
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

    // What is known by package needs no remark; what is known by less does.
    private static string Weak(FileAccount file) =>
        string.Join(", ", file.Attribution.Apps.Where(item => item.Grade is AppGrade.Uid or AppGrade.ProcessName or AppGrade.Label).Select(item => $"{SinkWords.Count(item.Events, "event")} by {SinkWords.Say(item.Grade)} only"));

    private static IEnumerable<string> Remarks(FileAccount file)
    {
        if (file.Reason is not null) yield return file.Reason;
        if (file.TimeBasis is { } basis and not TimeBasis.Stated) yield return $"times: {SinkWords.Say(basis)}";
        if (Weak(file) is { Length: > 0 } weak) yield return "apps: " + weak;
        // What the reason says already is not said twice.
        foreach (var anomaly in file.Anomalies.Where(anomaly => anomaly.FirstReason != file.Reason || anomaly.Count > 1)) yield return AnomalyText.Of(anomaly);
    }
}
