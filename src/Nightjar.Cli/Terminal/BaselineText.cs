using System.Globalization;
using System.Text.Json;
using Nightjar.Baselines;
using Nightjar.Sinks;
using Spectre.Console;

namespace Nightjar.Cli.Terminal;

/// <summary>Baselines for people, and as JSON lines for machines.</summary>
internal static class BaselineText
{
    private static readonly JsonSerializerOptions Lines = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>All apps, a line each.</summary>
    public static void WriteAll(Baseline baseline, IAnsiConsole console, bool isJson)
    {
        var table = TerminalReport.OpenTable("App", "First", "Last", "Devices", "Destinations");
        foreach (var app in baseline.Apps)
        {
            var cells = baseline.Of(app);
            if (isJson) WriteJson(cells.Where(cell => cell.Kind == BaselineKind.App), "");
            else if (cells.FirstOrDefault(cell => cell.Kind == BaselineKind.App) is { } whole) AddApp(table, whole, Destinations(baseline, app, cells));
        }
        if (!isJson) console.Write(table);
    }

    /// <summary>One app, all that is known of it.</summary>
    public static void Write(Baseline baseline, string app, IAnsiConsole console, bool isJson)
    {
        if (isJson)
        {
            WriteJson(baseline.Of(app), "");
            return;
        }
        TerminalReport.Line(console, app, TerminalReport.Bold);
        TerminalReport.Line(console, "Active by hour (UTC), 0 to 23: " + Bars(baseline.Hours(app)));
        if (baseline.IsBoundless(app, BaselineKind.Destination)) TerminalReport.Line(console, $"It goes to more than {BaselineBuilder.MostValues} destinations: none of them is called new or known.");
        console.Write(Table(baseline.Of(app)));
    }

    /// <summary>What came and what went, app by app.</summary>
    public static void WriteDifference(Baseline before, Baseline after, IAnsiConsole console, bool isJson)
    {
        foreach (var app in before.Apps.Union(after.Apps).Order(StringComparer.Ordinal))
        {
            var old = before.Of(app).ToDictionary(cell => (cell.Kind, cell.Value));
            var now = after.Of(app).ToDictionary(cell => (cell.Kind, cell.Value));
            var came = now.Where(pair => !old.ContainsKey(pair.Key)).Select(pair => pair.Value).ToList();
            var went = old.Where(pair => !now.ContainsKey(pair.Key)).Select(pair => pair.Value).ToList();
            if (isJson)
            {
                WriteJson(came, "came");
                WriteJson(went, "went");
                continue;
            }
            if (came.Count + went.Count == 0) continue;
            TerminalReport.Heading(console, app);
            foreach (var cell in came) TerminalReport.Line(console, "+ " + Sentence(cell));
            foreach (var cell in went) TerminalReport.Line(console, "- " + Sentence(cell));
        }
    }

    private static void AddApp(Table table, BaselineCell app, string destinations) =>
        table.AddRow(TerminalReport.Cell(app.App), TerminalReport.Cell(Day(app.First)), TerminalReport.Cell(Day(app.Last)), TerminalReport.Cell(Number(app.Devices)), TerminalReport.Cell(destinations));

    private static string Destinations(Baseline baseline, string app, IReadOnlyList<BaselineCell> cells) =>
        baseline.IsBoundless(app, BaselineKind.Destination) ? "everywhere" : Number(cells.Count(cell => cell.Kind == BaselineKind.Destination));

    private static Table Table(IEnumerable<BaselineCell> cells)
    {
        var table = TerminalReport.OpenTable("What", "Seen", "How much");
        foreach (var cell in cells)
        {
            table.AddRow(
                TerminalReport.Cell(What(cell)),
                TerminalReport.Cells(TerminalReport.Cell($"{Day(cell.First)} to {Day(cell.Last)}"), TerminalReport.Cell($"{SinkWords.Count(cell.Devices, "device")}, {SinkWords.Count(cell.Days, "day")}", TerminalReport.Dim)),
                TerminalReport.Cells(TerminalReport.Cell(Times(cell.Counts)), TerminalReport.Cell($"{SinkWords.Size(cell.Counts.BytesIn)} in, {SinkWords.Size(cell.Counts.BytesOut)} out", TerminalReport.Dim)));
        }
        return table;
    }

    private static string What(BaselineCell cell) => cell.Kind switch
    {
        BaselineKind.App => "the app itself",
        BaselineKind.Destination => cell.Value,
        BaselineKind.ServiceClass => "service " + cell.Value,
        _ => "functions " + cell.Value,
    };

    private static string Sentence(BaselineCell cell) =>
        $"{What(cell)}: {SinkWords.Count(cell.Devices, "device")}, {SinkWords.Count(cell.Days, "day")}, {Day(cell.First)} to {Day(cell.Last)}";

    // Eight heights; an hour without anything stays empty.
    private static string Bars(IReadOnlyList<long> hours)
    {
        var most = Math.Max(1, hours.DefaultIfEmpty().Max());
        return string.Concat(hours.Select(hour => hour == 0 ? '·' : "▁▂▃▄▅▆▇█"[(int)Math.Min(7, hour * 8 / (most + 1))]));
    }

    private static string Times(BaselineCounts counts)
    {
        var times = counts.Times == 1 ? "once" : Number(counts.Times) + " times";
        return counts.Background == 0 ? times : string.Create(CultureInfo.InvariantCulture, $"{times}, {counts.Background / (double)counts.Times:P0} in the background");
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static void WriteJson(IEnumerable<BaselineCell> cells, string change)
    {
        foreach (var cell in cells)
        {
            Console.WriteLine(JsonSerializer.Serialize(
                new
                {
                    cell.App, Kind = JsonNamingPolicy.SnakeCaseLower.ConvertName(cell.Kind.ToString()), cell.Value, First = Day(cell.First), Last = Day(cell.Last),
                    cell.Devices, cell.Days, cell.Counts.Times, cell.Counts.Background, cell.Counts.BytesIn, cell.Counts.BytesOut, Change = change,
                }, Lines));
        }
    }
}
