using System.Globalization;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sinks;
using Nightjar.Sinks.Records;
using Spectre.Console;

namespace Nightjar.Cli.Terminal;

/// <summary>How complete the fields were that decide, in percent of the events that could have had them.</summary>
internal static class CompletenessTable
{
    private static readonly DecisiveField[] Fields = Enum.GetValues<DecisiveField>();

    public static void Write(IAnsiConsole console, RunSummary summary, CoverageBy by)
    {
        var groups = Groups(summary, by).Where(group => group.Events > 0).ToList();
        if (groups.Count == 0) return;
        TerminalReport.Heading(console, "How complete the telemetry was");
        var table = TerminalReport.OpenTable(["", "Events", .. Fields.Select(field => field.Say()), "Gaps"]);
        for (var column = 1; column < table.Columns.Count; column++) table.Columns[column].RightAligned().Padding(0, 0, 1, 0);
        foreach (var group in groups)
        {
            table.AddRow([
                TerminalReport.Cell(group.Key.Length > 0 ? group.Key : "(no group)"), TerminalReport.Cell(SinkWords.Number(group.Events)),
                .. Fields.Select(field => TerminalReport.Cell(Share(group, field))), TerminalReport.Cell(SinkWords.Number(Gaps(group))),
            ]);
        }
        console.Write(table);
        TerminalReport.Line(console, "Percent of the events that could have the field; app state and lock also when known from before. A gap is longer than 24 hours without telemetry of a kind that the device otherwise delivers.", TerminalReport.Dim);
    }

    private static IEnumerable<CoverageGroup> Groups(RunSummary summary, CoverageBy by) => by switch
    {
        CoverageBy.Group => CoverageGroup.ByGroup(summary),
        CoverageBy.Platform => CoverageGroup.ByPlatform(summary),
        CoverageBy.Device => summary.Devices.Select(device => new CoverageGroup(device.Device.Name ?? device.Device.Uid, [device])),
        _ => [],
    };

    // Rounded down: what is not all of them is not 100.
    private static string Share(CoverageGroup group, DecisiveField field)
    {
        var all = group.Devices.SelectMany(device => device.Telemetry.Fields).Where(item => item.Field == field).ToList();
        var events = all.Sum(item => item.Events);
        return events == 0 ? "" : (all.Sum(item => item.Complete) * 100 / events).ToString(CultureInfo.InvariantCulture);
    }

    private static int Gaps(CoverageGroup group) => group.Devices.Sum(device => device.Telemetry.Components.Sum(item => item.Gaps.Count));
}
