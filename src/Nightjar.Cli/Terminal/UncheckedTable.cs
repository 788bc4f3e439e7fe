using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sinks;
using Nightjar.Sinks.Plain;
using Nightjar.Sinks.Records;
using Spectre.Console;

namespace Nightjar.Cli.Terminal;

/// <summary>What could not be checked: one row for all devices that lack the same telemetry for the same analytic.</summary>
/// <remarks>Only where no finding was possible: where a finding was, and some signs could not be seen, a sentence tells how often, for a
/// reader with one minute; the report and coverage.json name each.</remarks>
internal static class UncheckedTable
{
    private const int NamesShown = 12;

    public static void Write(IAnsiConsole console, RunSummary summary)
    {
        var rows = Rows(summary).ToList();
        var losses = Losses(summary).ToList();
        if (rows.Count + losses.Count == 0) return;
        TerminalReport.Heading(console, "What could not be checked");
        if (rows.Count > 0)
        {
            console.Write(TerminalReport.IsWide(console) ? Columns(rows) : Facts(rows));
        }
        foreach (var loss in losses) TerminalReport.Line(console, loss);
    }

    private static Table Columns(List<Row> rows)
    {
        var table = TerminalReport.OpenTable("State", "Analytic", "Devices", "Why");
        foreach (var row in rows) table.AddRow(row.Cells.Select(cell => TerminalReport.Cell(cell)));
        return table;
    }

    private static Table Facts(List<Row> rows)
    {
        var table = TerminalReport.OpenTable("State", "What and why");
        foreach (var row in rows)
        {
            table.AddRow(TerminalReport.Cell(row.State), TerminalReport.Cells(
                TerminalReport.Cell($"{row.Analytic} on {row.Devices}", TerminalReport.Bold), TerminalReport.Cell(row.Why)));
        }
        return table;
    }

    private static IEnumerable<Row> Rows(RunSummary summary)
    {
        foreach (var group in summary.Devices.Where(device => StrategyCoverage.WhyNotAssessed(device) is not null).GroupBy(device => StrategyCoverage.WhyNotAssessed(device)!, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
            yield return new("not assessed", "all analytics", Names([.. group.Select(device => device.Device)]), group.Key);
        var limited = summary.Devices
            .Where(device => device.KnownFrom is null)
            .SelectMany(device => device.Checks.Where(check => check.State == CheckState.Blind), (device, check) => (device.Device, Check: check))
            .GroupBy(pair => (pair.Check.State, pair.Check.Analytic, pair.Check.Missing, pair.Check.ReachableScore, Why: CheckText.Why(pair.Check)))
            .OrderBy(group => group.Key.Analytic, StringComparer.Ordinal)
            .ThenBy(group => group.First().Device.Uid, StringComparer.Ordinal);
        foreach (var group in limited)
            yield return new(SinkWords.Say(group.Key.State), Analytic(summary, group.Key.Analytic), Names([.. group.Select(pair => pair.Device)]), group.Key.Why);
    }

    private static string Analytic(RunSummary summary, string uid) =>
        summary.Analytics.FirstOrDefault(analytic => analytic.Uid == uid) is { } known ? $"{uid} {known.Name}" : uid;

    private static string Names(IReadOnlyList<DeviceReference> devices)
    {
        var names = string.Join(", ", devices.Take(NamesShown).Select(device => device.Name ?? device.Uid));
        return devices.Count > NamesShown ? $"{names} and {devices.Count - NamesShown} more (coverage.json names all)" : names;
    }

    private static IEnumerable<string> Losses(RunSummary summary)
    {
        var partly = summary.Devices.Sum(device => device.Checks.Count(check => check.State == CheckState.Degraded));
        if (partly > 0) yield return $"{SinkWords.Count(partly, "check", "checks")} of an analytic on a device could see in part: a finding was possible, some signs were not. --output writes which.";
        if (summary.Unattributed > 0) yield return $"{SinkWords.Count(summary.Unattributed, "record names", "records name")} no device and could be given none; no analytic saw them.";
        if (summary.PartialsGivenUp > 0) yield return $"{SinkWords.Count(summary.PartialsGivenUp, "partial match was", "partial matches were")} given up for want of room; a finding may be missing for very busy apps.";
    }

    private sealed record Row(string State, string Analytic, string Devices, string Why)
    {
        public IReadOnlyList<string> Cells => [State, Analytic, Devices, Why];
    }
}
