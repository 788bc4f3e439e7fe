using System.Globalization;
using System.Text;
using System.Text.Json;
using Nightjar.Baselines;
using Nightjar.Sinks;
using Spectre.Console;

namespace Nightjar.Cli.Terminal;

/// <summary>A baseline for people, and as JSON lines for machines.</summary>
/// <param name="baseline">What was seen.</param>
/// <param name="rules">When it counts as normal.</param>
/// <param name="console">Where to draw.</param>
/// <param name="isJson">For machines.</param>
internal sealed class BaselineText(Baseline baseline, BaselineRules rules, IAnsiConsole console, bool isJson)
{
    private const int BarWidth = 20;

    private static readonly JsonSerializerOptions Lines = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly BaselineReading _reading = new(baseline, rules);

    /// <summary>All apps, a line each.</summary>
    public void WriteAll()
    {
        var table = TerminalReport.OpenTable("App", "Seen", "Devices", "Places", "Normal is");
        table.Columns[1].NoWrap = true;
        // What is left goes to the names.
        (table.Columns[2].Width, table.Columns[3].Width, table.Columns[4].Width) = (7, 10, 9);
        foreach (var app in baseline.Apps)
        {
            var cells = baseline.Of(app);
            if (isJson) WriteJson(cells.Where(cell => cell.Kind == BaselineKind.App), "");
            else if (cells.FirstOrDefault(cell => cell.Kind == BaselineKind.App) is { } whole) AddApp(table, whole, cells);
        }
        if (!isJson) console.Write(table);
    }

    /// <summary>One app, all that is known of it over the fleet.</summary>
    public void Write(string app) => Write(app, app, baseline.Of(app), baseline.Hours(app), isOfDevice: false);

    /// <summary>One app as one device uses it.</summary>
    public void Write(string app, string device)
    {
        var number = DeviceNumber.Of(Encoding.UTF8.GetBytes(device));
        Write(app, $"{app} on {device}", baseline.Of(app, number), baseline.Hours(app, number), isOfDevice: true);
    }

    internal static string What(BaselineCell cell) => cell.Kind switch
    {
        BaselineKind.App => "the app itself",
        BaselineKind.Destination => cell.Value,
        BaselineKind.ServiceClass => "service " + cell.Value,
        _ => "functions " + cell.Value,
    };

    internal static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    internal static void WriteJson(IEnumerable<BaselineCell> cells, string change)
    {
        foreach (var cell in cells) Console.WriteLine(JsonSerializer.Serialize(Record(cell, change, null), Lines));
    }

    private void Write(string app, string title, IReadOnlyList<BaselineCell> cells, IReadOnlyList<long> hours, bool isOfDevice)
    {
        if (isJson)
        {
            foreach (var cell in cells) Console.WriteLine(JsonSerializer.Serialize(Record(cell, "", cell.Kind == BaselineKind.App ? hours : null), Lines));
            return;
        }
        TerminalReport.Line(console, title, TerminalReport.Bold);
        if (cells.FirstOrDefault(cell => cell.Kind == BaselineKind.App) is { } whole) WriteWhole(whole, isOfDevice);
        TerminalReport.Line(console, "Active by hour of the day (UTC):");
        HoursChart.Write(console, hours);
        if (baseline.IsBoundless(app, BaselineKind.Destination)) TerminalReport.Line(console, $"It goes to more than {Number(BaselineBuilder.MostValues)} destinations: none of them is called new or known.");
        console.Write(Table(cells.Where(cell => cell.Kind != BaselineKind.App), isOfDevice));
    }

    private void WriteWhole(BaselineCell whole, bool isOfDevice)
    {
        var devices = isOfDevice ? "" : $"{Devices(whole)}, ";
        TerminalReport.Line(console, $"Seen on {devices}{SinkWords.Count(whole.Days, "day")}, {Day(whole.First)} to {Day(whole.Last)}. {SinkWords.Count(whole.Counts.Times, "event")}, {Size(whole.Counts)}.");
        TerminalReport.Line(console, $"In the background: {Bar(Background(whole.Counts))} {Percent(Background(whole.Counts))}");
        TerminalReport.Line(console, _reading.StandingOf(whole, _reading.DayAfter).IsAsked
            ? $"As of {Day(_reading.DayAfter)} it says what is normal."
            : $"As of {Day(_reading.DayAfter)} it is too young to say what is normal: that takes {SinkWords.Count(rules.AppAge, "day")}.");
    }

    private void AddApp(Table table, BaselineCell app, IReadOnlyList<BaselineCell> cells)
    {
        var destinations = baseline.IsBoundless(app.App, BaselineKind.Destination) ? "everywhere" : Number(cells.Count(cell => cell.Kind == BaselineKind.Destination));
        var says = _reading.StandingOf(app, _reading.DayAfter).IsAsked ? "known" : "too young";
        table.AddRow(
            TerminalReport.Cell(app.App), TerminalReport.Cell(Span(app)), TerminalReport.Cell(Devices(app, "")), TerminalReport.Cell(destinations), TerminalReport.Cell(says));
    }

    private Table Table(IEnumerable<BaselineCell> cells, bool isOfDevice)
    {
        var table = TerminalReport.OpenTable("What", "Seen", "How much", "Normal");
        table.Columns[1].NoWrap = true;
        foreach (var cell in cells)
        {
            var seen = isOfDevice ? SinkWords.Count(cell.Days, "day") : $"{Devices(cell)}, {SinkWords.Count(cell.Days, "day")}";
            table.AddRow(
                TerminalReport.Cells(TerminalReport.Cell(cell.Value), TerminalReport.Cell(KindOf(cell.Kind), TerminalReport.Dim)),
                TerminalReport.Cells(TerminalReport.Cell(Span(cell)), TerminalReport.Cell(seen, TerminalReport.Dim)),
                TerminalReport.Cells(
                    TerminalReport.Cell(Times(cell.Counts)), TerminalReport.Cell(Percent(Background(cell.Counts)) + " background", TerminalReport.Dim), TerminalReport.Cell($"{SinkWords.Size(cell.Counts.BytesIn)} in", TerminalReport.Dim),
                    TerminalReport.Cell($"{SinkWords.Size(cell.Counts.BytesOut)} out", TerminalReport.Dim)),
                TerminalReport.Cell(Standing(cell)));
        }
        return table;
    }

    private static string KindOf(BaselineKind kind) => kind switch { BaselineKind.Destination => "destination", BaselineKind.ServiceClass => "service class", _ => "functions" };

    // As of the day after everything, on any device; a view of one device shares it, for a habit of one is normal only there.
    private string Standing(BaselineCell cell) => _reading.StandingOf(cell, _reading.DayAfter) switch
    {
        { IsAsked: false } => "unknown",
        { IsShared: true } => "everywhere",
        { Habits: > 0 and var habits } => $"on {SinkWords.Count(habits, "device")}",
        _ => "not yet",
    };

    private static string Devices(BaselineCell cell, string noun = " device") =>
        (cell.Devices >= 32 ? "about " : "") + (noun.Length == 0 ? Number(cell.Devices) : SinkWords.Count(cell.Devices, noun.Trim()));

    private static string Span(BaselineCell cell) => $"{Day(cell.First)} to {Day(cell.Last)}";

    private static double Background(BaselineCounts counts) => counts.Times == 0 ? 0 : counts.Background / (double)counts.Times;

    private static string Bar(double share)
    {
        var filled = (int)Math.Round(share * BarWidth);
        return new string('█', filled) + new string('░', BarWidth - filled);
    }

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{Math.Round(share * 100)} %");

    private static string Size(BaselineCounts counts) => $"{SinkWords.Size(counts.BytesIn)} in, {SinkWords.Size(counts.BytesOut)} out";

    private static string Times(BaselineCounts counts) => counts.Times == 1 ? "once" : Number(counts.Times) + " times";

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static object Record(BaselineCell cell, string change, IReadOnlyList<long>? hours) => new
    {
        cell.App, Kind = JsonNamingPolicy.SnakeCaseLower.ConvertName(cell.Kind.ToString()), cell.Value, First = Day(cell.First), Last = Day(cell.Last),
        cell.Devices, cell.Days, cell.Counts.Times, cell.Counts.Background, cell.Counts.BytesIn, cell.Counts.BytesOut, Hours = hours, Change = change,
    };
}
