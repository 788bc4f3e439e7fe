using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sinks;
using Nightjar.Sinks.Records;
using Spectre.Console;

namespace Nightjar.Cli.Terminal;

/// <summary>Coverage as a map of rows and analytics. As many analytics stand side by side as there is room for; the others follow below.</summary>
internal sealed class HeatMap(IAnsiConsole console, RunSummary summary)
{
    private const int LeastCell = 7;
    private const int LongestLabel = 7;
    private const int LeastName = 12;
    private const int MostName = 24;
    private const int TailWidth = 8;

    /// <summary>A row for each device, by platform: analytics of one are not for the other.</summary>
    public void WriteDevices()
    {
        foreach (var platform in summary.Devices.Where(device => device.Checks.Count > 0).GroupBy(device => device.Device.Platform).OrderBy(group => group.Key))
        {
            TerminalReport.Line(console, platform.Key.Name(), TerminalReport.Bold);
            var rows = platform.Select(device => (Name(device.Device), Tail: Days(device), Cells: device.Checks.ToDictionary(check => check.Analytic, check => Cell(device, check), StringComparer.Ordinal))).ToList();
            Write([.. platform.First().Checks.Select(check => check.Analytic)], rows, "days");
        }
    }

    /// <summary>A row for each group of devices.</summary>
    public void WriteGroups(IReadOnlyList<CoverageGroup> groups)
    {
        var analytics = groups.SelectMany(group => group.Analytics).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var rows = groups.Select(group => (
            group.Key.Length > 0 ? group.Key : "(no group)",
            SinkWords.Number(group.Devices.Count),
            group.Analytics.ToDictionary(uid => uid, uid => Cell(group.Count(uid)), StringComparer.Ordinal))).ToList();
        Write(analytics, rows, "devices");
    }

    /// <summary>A row for each strategy or technique, with devices by how well they could be seen on.</summary>
    public void WriteStrategies(IReadOnlyList<StrategyCoverage> strategies)
    {
        var table = TerminalReport.OpenTable("", "R", "D", "B", "-", "Score", "For want of");
        for (var column = 1; column < 6; column++) table.Columns[column].RightAligned().NoWrap();
        foreach (var item in strategies)
        {
            var counts = new DeviceCounts(item.Runnable, item.Degraded, item.Blind, item.NotAssessed);
            var letter = new Paragraph().Append($" {counts.State.Letter()} ", HeatCell.Of(counts.State)).Append($" {VisibleText.Of(item.Uid)}", TerminalReport.Bold);
            table.AddRow([
                TerminalReport.Cells(letter, TerminalReport.Cell(item.Name ?? "", TerminalReport.Dim)),
                .. new long[] { item.Runnable, item.Degraded, item.Blind, item.NotAssessed, item.Score }.Select(number => TerminalReport.Cell(SinkWords.Number(number))),
                TerminalReport.Cell(item.Platforms.Count == 0 ? "a device that its analytics are for" : item.Missing == DataComponents.None ? "nothing" : string.Join(", ", item.Missing.Bits().Select(bit => DataComponentNames.Of(bit).Id))),
            ]);
        }
        console.Write(table);
    }

    private static string Name(DeviceReference device) => device.Name ?? device.Uid;

    private string Days(DeviceAccount device) => $"{device.Telemetry.Days.Count}/{device.Telemetry.Days.Count + DaySpans.Silent(summary, device)}";

    private static (CheckState? State, string Text) Cell(DeviceAccount device, DeviceCheck check)
    {
        CheckState? state = device.KnownFrom is null ? check.State : null;
        return (state, state == CheckState.Degraded ? $"{state.Letter()} {check.ReachableScore,3}" : $"{state.Letter()}");
    }

    private static (CheckState? State, string Text) Cell(DeviceCounts counts) => (counts.State, $"{counts.State.Letter()} {counts.Assessed}/{counts.All}");

    private void Write(List<string> analytics, List<(string Name, string Tail, Dictionary<string, (CheckState? State, string Text)> Cells)> rows, string tail)
    {
        if (analytics.Count == 0)
        {
            TerminalReport.Line(console, "No analytic is for any of them.");
            return;
        }
        var name = Math.Clamp(rows.Max(row => VisibleText.Of(row.Name).Length) + 2, LeastName, MostName);
        var cells = Math.Max(LeastCell, rows.SelectMany(row => row.Cells.Values).Max(cell => cell.Text.Length) + 2);
        foreach (var columns in analytics.Chunk(Math.Max(1, (console.Profile.Width - name - TailWidth) / cells)))
        {
            WriteHead(columns, name, cells, tail);
            foreach (var row in rows) WriteRow(row.Name, row.Tail, [.. columns.Select(uid => row.Cells.TryGetValue(uid, out var cell) ? cell : (null, ""))], name, cells);
        }
        WriteKey(analytics);
    }

    private void WriteHead(string[] columns, int name, int cells, string tail)
    {
        var line = new Paragraph().Append(new string(' ', name));
        foreach (var uid in columns) line.Append(Short(uid).PadRight(cells), TerminalReport.Dim);
        console.Write(line.Append(tail, TerminalReport.Dim));
        console.WriteLine();
    }

    // A name that is longer than its column has a line to itself.
    private void WriteRow(string name, string tail, (CheckState? State, string Text)[] cells, int width, int cellWidth)
    {
        var shown = VisibleText.Of(name);
        if (shown.Length >= width)
        {
            TerminalReport.Line(console, name);
            shown = "";
        }
        var line = new Paragraph().Append(shown.PadRight(width));
        foreach (var (state, text) in cells)
        {
            if (text.Length == 0) line.Append(new string(' ', cellWidth));
            else line.Append($" {text}".PadRight(cellWidth - 1), HeatCell.Of(state)).Append(" ");
        }
        console.Write(line.Append(tail));
        console.WriteLine();
    }

    private string Short(string uid) => uid.Length <= LongestLabel ? uid : $"#{NumberOf(uid)}";

    private int NumberOf(string uid) => summary.Analytics.Select(analytic => analytic.Uid).Order(StringComparer.Ordinal).ToList().IndexOf(uid) + 1;

    private void WriteKey(List<string> analytics)
    {
        foreach (var uid in analytics)
        {
            var title = summary.Analytics.FirstOrDefault(analytic => analytic.Uid == uid)?.Name ?? "";
            TerminalReport.Line(console, $"{Short(uid)} {(uid.Length <= LongestLabel ? "" : uid + " ")}{title}".TrimEnd(), TerminalReport.Dim);
        }
    }
}
