using System.Globalization;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sinks;
using Nightjar.Sinks.Plain;
using Spectre.Console;

namespace Nightjar.Cli.Terminal;

/// <summary>The findings, the gravest first: a table of columns where there is room, else severity and facts side by side.</summary>
internal static class FindingsTable
{
    public static void Write(IAnsiConsole console, IReadOnlyList<Finding> findings)
    {
        if (findings.Count == 0) return;
        TerminalReport.Heading(console, "Findings");
        console.Write(TerminalReport.IsWide(console) ? Columns(findings) : Facts(findings));
    }

    private static Table Columns(IReadOnlyList<Finding> findings)
    {
        var table = TerminalReport.OpenTable("Severity", "App", "Device", "What", "When (UTC)", "Events");
        table.Columns[3].Width = 40;
        foreach (var finding in findings)
        {
            table.AddRow(
                Severity(finding),
                TerminalReport.Cell(finding.App ?? "(device)"),
                TerminalReport.Cell(finding.Device.Name ?? finding.Device.Uid),
                TerminalReport.Cells(TerminalReport.Cell(finding.Title), TerminalReport.Cell($"{finding.Analytic.Uid}, id {finding.Uid}", TerminalReport.Dim)),
                TerminalReport.Cell(TextExplanation.When(finding.Start, finding.End).Replace(" UTC", "", StringComparison.Ordinal)),
                TerminalReport.Cell(Events(finding).ToString("N0", CultureInfo.InvariantCulture)));
        }
        return table;
    }

    private static Table Facts(IReadOnlyList<Finding> findings)
    {
        var table = TerminalReport.OpenTable("Severity", "Finding");
        foreach (var finding in findings)
        {
            var facts = new Grid().AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(0, 0, 2, 0) }).AddColumn(new GridColumn { Padding = new Padding(0) });
            Add(facts, "app", finding.App ?? "none: it is about the device");
            Add(facts, "device", $"{TextExplanation.Name(finding.Device)}, {finding.Device.Platform.Name()}");
            Add(facts, "when", TextExplanation.When(finding.Start, finding.End));
            Add(facts, "proof", Proof(finding));
            Add(facts, "id", finding.Uid);
            table.AddRow(Severity(finding), TerminalReport.Cells(TerminalReport.Cell(finding.Title, TerminalReport.Bold), facts));
            if (finding != findings[^1]) table.AddEmptyRow();
        }
        return table;
    }

    private static void Add(Grid facts, string name, string value) =>
        facts.AddRow(TerminalReport.Cell(name, TerminalReport.Dim), TerminalReport.Cell(value));

    private static Spectre.Console.Rendering.IRenderable Severity(Finding finding) => TerminalReport.Cells(
        TerminalReport.Cell(SinkWords.Caption(finding.Severity), TerminalReport.Of(finding.Severity)),
        TerminalReport.Cell($"score {finding.Score}"));

    private static string Proof(Finding finding)
    {
        var blind = finding.Stages.Count(stage => stage.State == StageState.NotObservable);
        return $"{SinkWords.Count(Events(finding), "event")}, {finding.Analytic.Uid} {finding.Analytic.Name}"
            + (blind > 0 ? $", {SinkWords.Count(blind, "stage")} not observable" : "");
    }

    private static int Events(Finding finding) => finding.Evidence.Count + finding.EvidenceOmitted;
}
