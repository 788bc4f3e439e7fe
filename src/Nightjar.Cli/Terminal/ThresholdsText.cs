using System.Globalization;
using Nightjar.Analytics.Tuning;
using Nightjar.Calibration;
using Nightjar.Sinks;
using Spectre.Console;

namespace Nightjar.Cli.Terminal;

/// <summary>What the data say about thresholds, for people: what is compared, a table of values, and a bar for each.</summary>
internal static class ThresholdsText
{
    private const int BarWidth = 14;

    private static readonly string[] Heads = ["min", "25 %", "50 %", "75 %", "90 %", "99 %", "max"];

    public static void Write(IReadOnlyList<TunableStudy> studies, long cut, IAnsiConsole console)
    {
        if (studies.Count == 0) TerminalReport.Line(console, "None of the analytics has a tunable that is a number or a switch.");
        foreach (var study in studies) Write(study, console);
        if (cut > 0) TerminalReport.Line(console, $"\n{SinkWords.Count(cut, "event")} of very busy devices had to be asked about before all was there that may belong to them: what is said of chains, measures and the score is near, not exact. The counts of findings are exact.");
    }

    /// <summary>The range of a tunable in words.</summary>
    public static string Range(Tunable tunable) => (tunable.Minimum, tunable.Maximum) switch
    {
        ({ } low, { } high) => $"its range, {QuantityText.Of(tunable.Kind, low)} to {QuantityText.Of(tunable.Kind, high)}",
        ({ } low, null) => $"its range, from {QuantityText.Of(tunable.Kind, low)}",
        (null, { } high) => $"its range, up to {QuantityText.Of(tunable.Kind, high)}",
        _ => "its range",
    };

    private static void Write(TunableStudy study, IAnsiConsole console)
    {
        var tunable = study.Tunable;
        TerminalReport.Heading(console, $"{study.Analytic} {tunable.Name}: {study.Title}");
        TerminalReport.Line(console, tunable.Description);
        TerminalReport.Line(console, tunable.Value.Number == tunable.Default.Number ? $"In force: {tunable.Value}, the default." : $"In force: {tunable.Value} ({tunable.Origin}). Default: {tunable.Default}.");
        if (study.WhyNowhere.Length > 0) TerminalReport.Line(console, study.WhyNowhere, TerminalReport.Dim);
        foreach (var place in study.Places) Write(place, tunable.Kind, console);
        WriteValues(study, console);
    }

    private static void Write(PlaceStudy place, TunableKind kind, IAnsiConsole console)
    {
        console.WriteLine();
        if (place.Numbers is not { } numbers)
        {
            TerminalReport.Line(console, $"{place.Where}, {place.What}: nothing observed. {place.Why}", TerminalReport.Dim);
            return;
        }
        var apps = numbers.Apps > 0 ? $", {SinkWords.Count(numbers.Apps, "app")}" : "";
        TerminalReport.Line(console, $"{place.Where}, {place.What}: {SinkWords.Number(numbers.Count)} observed, {SinkWords.Count(numbers.Devices, "device")}{apps}");
        if (place.Without > 0) TerminalReport.Line(console, $"{SinkWords.Number(place.Without)} more had no such number, or something else decided first.", TerminalReport.Dim);
        WriteNumbers(numbers, kind, console);
    }

    private static void WriteNumbers(Distribution numbers, TunableKind kind, IAnsiConsole console)
    {
        if (numbers.Minimum == numbers.Maximum)
        {
            TerminalReport.Line(console, $"  always {QuantityText.Of(kind, numbers.Minimum)}");
            return;
        }
        double[] shown = [numbers.Minimum, numbers.Lower, numbers.Median, numbers.Upper, numbers.Percentile90, numbers.Percentile99, numbers.Maximum];
        TerminalReport.Line(console, string.Concat(Heads.Select(head => head.PadLeft(10))), TerminalReport.Dim);
        TerminalReport.Line(console, string.Concat(shown.Select(number => QuantityText.Of(kind, number).PadLeft(10))));
        if (numbers.Error > 0) TerminalReport.Line(console, string.Create(CultureInfo.InvariantCulture, $"  Between min and max each may be up to {numbers.Error:0.##%} too small."), TerminalReport.Dim);
    }

    private static void WriteValues(TunableStudy study, IAnsiConsole console)
    {
        var now = study.Values.FirstOrDefault(value => value.IsInForce)?.Count?.Findings ?? 0;
        var most = study.Values.Max(value => value.Count?.Findings ?? 0);
        var block = console.Profile.Capabilities.Unicode ? '█' : '#';
        List<string[]> rows = [["", "Value", "Findings", "Change", "Low", "Med", "High", "Devices", "Apps"], .. study.Values.Select(value => Cells(value, now))];
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        var room = Math.Clamp(console.Profile.Width - widths.Sum() - 2 * widths.Length, 0, BarWidth);
        console.WriteLine();
        TerminalReport.Line(console, Line(rows[0], widths), TerminalReport.Dim);
        foreach (var (value, cells) in study.Values.Zip(rows.Skip(1)))
        {
            var bar = value.Count is { } count ? Bar(count.Findings, most, room, block) : "";
            TerminalReport.Line(console, $"{Line(cells, widths)}  {bar}".TrimEnd(), value.IsInForce ? TerminalReport.Bold : null);
            if (value.Count is null) TerminalReport.Line(console, $"  refused: {value.Refusal}");
        }
    }

    private static string[] Cells(ValueCount value, long now)
    {
        var mark = value.IsInForce ? ">" : value.IsDefault ? "d" : "";
        if (value.Count is not { } count) return [mark, value.Value.ToString(), "", "", "", "", "", "", ""];
        return
        [
            mark, value.Value.ToString(), SinkWords.Number(count.Findings), Change(value, count.Findings - now), SinkWords.Number(count.Low), SinkWords.Number(count.Medium),
            SinkWords.Number(count.High), SinkWords.Number(count.Devices), SinkWords.Number(count.Apps),
        ];
    }

    private static string Line(string[] cells, int[] widths) => string.Join("  ", cells.Select((cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column])));

    private static string Change(ValueCount value, long change) =>
        value.IsInForce ? "now" : change == 0 ? "same" : change.ToString("+#,0;-#,0", CultureInfo.InvariantCulture);

    private static string Bar(long count, long most, int room, char block) => new(block, count == 0 ? 0 : (int)Math.Min(room, Math.Max(1, count * room / most)));
}

/// <summary>Numbers of a tunable's kind, short, for people.</summary>
internal static class QuantityText
{
    public static string Of(TunableKind kind, double number) => kind switch
    {
        TunableKind.Duration => Duration(number),
        TunableKind.Bytes => Bytes(number),
        _ => number.ToString("0.###", CultureInfo.InvariantCulture),
    };

    private static string Duration(double seconds) => seconds switch
    {
        >= 2 * 86_400 => Figure(seconds / 86_400, "d"),
        >= 7200 => Figure(seconds / 3600, "h"),
        >= 120 => Figure(seconds / 60, "m"),
        _ => Figure(seconds, "s"),
    };

    private static string Bytes(double bytes) => bytes switch
    {
        >= 1 << 30 => Figure(bytes / (1 << 30), "GiB"),
        >= 1 << 20 => Figure(bytes / (1 << 20), "MiB"),
        >= 1 << 10 => Figure(bytes / (1 << 10), "KiB"),
        _ => Figure(bytes, "B"),
    };

    private static string Figure(double number, string unit) => number.ToString(number < 100 ? "0.##" : "0.#", CultureInfo.InvariantCulture) + unit;
}
