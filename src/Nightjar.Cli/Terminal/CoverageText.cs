using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sinks;
using Nightjar.Sinks.Plain;
using Nightjar.Sinks.Records;
using Spectre.Console;

namespace Nightjar.Cli.Terminal;

/// <summary>What the rows of a coverage map are.</summary>
internal enum CoverageBy
{
    Device,
    Group,
    Platform,
    Strategy,
    Technique,
}

/// <summary>What <c>coverage</c> prints: the sentences first, then the map, what is missing, and how complete the telemetry was.</summary>
internal static class CoverageText
{
    private const int SourcesShown = 3;

    public static void Write(IAnsiConsole console, RunSummary summary, CoverageBy by, bool isByDay)
    {
        WriteLead(console, summary);
        if (summary.Devices.Count > 0)
        {
            TerminalReport.Heading(console, Title(by, isByDay));
            if (isByDay) new DayStrips(console, summary).Write(by);
            else WriteMap(console, summary, by);
            HeatCell.WriteLegend(console, hasScores: by == CoverageBy.Device && !isByDay, hasCounts: by is CoverageBy.Group or CoverageBy.Platform && !isByDay);
            WriteNotAssessed(console, summary);
            WriteMissing(console, summary);
            CompletenessTable.Write(console, summary, by);
        }
        WriteOrder(console, summary);
    }

    private static void WriteLead(IAnsiConsole console, RunSummary summary)
    {
        TerminalReport.Line(console, RunSentence.Unchecked(summary), TerminalReport.Bold);
        if (summary.Devices.Count(device => device.KnownFrom is not null) is > 0 and var silent)
            TerminalReport.Line(console, $"{SinkWords.Count(silent, "device is", "devices are")} known and told nothing.");
        if (summary.Unattributed > 0) TerminalReport.Line(console, $"{SinkWords.Count(summary.Unattributed, "record names", "records name")} no device and could be given none. --device or --device-map names it.");
        TerminalReport.Line(console, RunSentence.Files(summary));
        if (RunSentence.Span(summary) is { } span) TerminalReport.Line(console, $"{SinkWords.Count(summary.Events, "event")}, {span}.");
    }

    private static string Title(CoverageBy by, bool isByDay) => $"What could be seen, by {by.ToString().ToLowerInvariant()}{(isByDay ? " and day (UTC)" : "")}";

    private static void WriteMap(IAnsiConsole console, RunSummary summary, CoverageBy by)
    {
        var map = new HeatMap(console, summary);
        switch (by)
        {
            case CoverageBy.Device:
                map.WriteDevices();
                break;
            case CoverageBy.Group:
                map.WriteGroups(CoverageGroup.ByGroup(summary));
                break;
            case CoverageBy.Platform:
                map.WriteGroups(CoverageGroup.ByPlatform(summary));
                break;
            case CoverageBy.Strategy:
                map.WriteStrategies(StrategyCoverage.Of(summary));
                break;
            default:
                map.WriteStrategies(StrategyCoverage.OfTechniques(summary));
                break;
        }
    }

    private static void WriteNotAssessed(IAnsiConsole console, RunSummary summary)
    {
        var without = summary.Devices.Where(device => StrategyCoverage.WhyNotAssessed(device) is not null).ToList();
        if (without.Count == 0) return;
        TerminalReport.Heading(console, "Not assessed");
        foreach (var group in without.GroupBy(device => StrategyCoverage.WhyNotAssessed(device)!, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
            TerminalReport.Line(console, $"{string.Join(", ", group.Select(device => device.Device.Name ?? device.Device.Uid))}: {group.Key}");
    }

    private static void WriteMissing(IAnsiConsole console, RunSummary summary)
    {
        var missing = MissingTelemetry.Of(summary);
        if (missing.Count == 0) return;
        TerminalReport.Heading(console, "What would show more");
        var table = TerminalReport.OpenTable("Telemetry", "Lacks on", "Sources that could tell");
        foreach (var item in missing)
        {
            var (id, name) = item.Name;
            table.AddRow(TerminalReport.Cell($"{name} ({id})"), TerminalReport.Cell($"{item.Devices} {item.Platform.Name()}"), TerminalReport.Cell(Sources(item.Sources)));
        }
        console.Write(table);
    }

    private static string Sources(IReadOnlyList<string> ids) => ids.Count switch
    {
        0 => "none that is read",
        <= SourcesShown + 1 => string.Join(", ", ids),
        _ => $"{string.Join(", ", ids.Take(SourcesShown))} and {ids.Count - SourcesShown} more (--json names all)",
    };

    private static void WriteOrder(IAnsiConsole console, RunSummary summary)
    {
        var late = summary.Files.Where(file => file.Late.Events > 0).ToList();
        var clocks = summary.Clocks.Where(clock => clock.IsApplied || Math.Abs(clock.Offset.TotalSeconds) >= 1).ToList();
        var assumed = summary.Files.Where(file => file.TimeBasis is not (null or TimeBasis.Stated)).GroupBy(file => file.TimeBasis!.Value).OrderBy(group => group.Key).ToList();
        if (late.Count + clocks.Count + assumed.Count == 0) return;
        TerminalReport.Heading(console, "Clocks and order");
        if (late.Count > 0)
            TerminalReport.Line(console, $"{SinkWords.Count(late.Sum(file => file.Late.Events), "event")} of {SinkWords.Count(late.Count, "file")} came after later ones, by up to {SinkWords.Length(late.Max(file => file.Late.Longest))}.");
        foreach (var group in assumed) TerminalReport.Line(console, $"{SinkWords.Count(group.Count(), "file")}: {group.Key.Say()}.");
        foreach (var clock in clocks) TerminalReport.Line(console, ClockText.Of(clock));
    }
}
