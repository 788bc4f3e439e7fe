using System.Globalization;
using Nightjar.Analytics.Tuning;
using Nightjar.Calibration;
using Nightjar.Sinks;
using Spectre.Console;

namespace Nightjar.Cli.Terminal;

/// <summary>What the data say about thresholds, for people: what is compared, a table of values, and a bar for each.</summary>
internal static class ThresholdsText
{
    private const int BarWidth = 16;

    public static void Write(IReadOnlyList<TunableStudy> studies, long cut, IAnsiConsole console)
    {
        if (studies.Count == 0) TerminalReport.Line(console, "None of the analytics has a tunable that is a number or a switch.");
        foreach (var study in studies) Write(study, console);
        if (cut > 0) TerminalReport.Line(console, $"\n{SinkWords.Count(cut, "match", "matches")} of very busy devices were looked at before their time, for want of room: distributions around matches are near, not exact. The counts of findings are exact.");
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
        TerminalReport.Line(console, $"Default {tunable.Default}, in force {tunable.Value} ({tunable.Origin}).");
        if (study.WhyNowhere.Length > 0) TerminalReport.Line(console, study.WhyNowhere, TerminalReport.Dim);
        foreach (var place in study.Places) Write(place, tunable.Kind, console);
        console.Write(Table(study, console.Profile.Capabilities.Unicode ? '█' : '#'));
    }

    private static void Write(PlaceStudy place, TunableKind kind, IAnsiConsole console)
    {
        if (place.Numbers is not { } numbers)
        {
            TerminalReport.Line(console, $"{place.Where}, {place.What}: nothing observed. {place.Why}", TerminalReport.Dim);
            return;
        }
        var apps = numbers.Apps > 0 ? $", {SinkWords.Count(numbers.Apps, "app")}" : "";
        var without = place.Without > 0 ? $" ({SinkWords.Number(place.Without)} more had no such number or were decided before)" : "";
        TerminalReport.Line(console, $"{place.Where}, {place.What}: {SinkWords.Number(numbers.Count)} observed, {SinkWords.Count(numbers.Devices, "device")}{apps}{without}");
        var error = numbers.Error > 0 ? string.Create(CultureInfo.InvariantCulture, $" (between them up to {numbers.Error:0.##%} too small)") : "";
        TerminalReport.Line(console, $"  min {Text(numbers.Minimum)} | 25 % {Text(numbers.Lower)} | 50 % {Text(numbers.Median)} | 75 % {Text(numbers.Upper)} | 90 % {Text(numbers.Percentile90)} | 99 % {Text(numbers.Percentile99)} | max {Text(numbers.Maximum)}{error}");

        string Text(double number) => QuantityText.Of(kind, number);
    }

    private static Table Table(TunableStudy study, char block)
    {
        var table = TerminalReport.OpenTable("Value", "Findings", "Change", "Low/Med/High", "Devices", "Apps", "");
        var now = study.Values.FirstOrDefault(value => value.IsInForce)?.Count?.Findings ?? 0;
        var most = Math.Max(1, study.Values.Max(value => value.Count?.Findings ?? 0));
        foreach (var value in study.Values)
        {
            var style = value.IsInForce ? TerminalReport.Bold : null;
            string[] cells = value.Count is { } count
                ? [Name(value), SinkWords.Number(count.Findings), Change(value, count.Findings - now), $"{count.Low}/{count.Medium}/{count.High}", SinkWords.Number(count.Devices), SinkWords.Number(count.Apps), Bar(count.Findings, most, block)]
                : [Name(value), "refused", "", "", "", "", value.Refusal];
            table.AddRow(cells.Select(cell => TerminalReport.Cell(cell, style)));
        }
        return table;
    }

    private static string Name(ValueCount value) => $"{(value.IsInForce ? "> " : "  ")}{value.Value}{(value.IsDefault ? " default" : "")}";

    private static string Change(ValueCount value, long change) =>
        value.IsInForce ? "in force" : change == 0 ? "same" : change.ToString("+#,0;-#,0", CultureInfo.InvariantCulture);

    private static string Bar(long count, long most, char block) => new(block, (int)(count == 0 ? 0 : Math.Max(1, count * BarWidth / most)));
}

/// <summary>Numbers of a tunable's kind, short, for people.</summary>
internal static class QuantityText
{
    public static string Of(TunableKind kind, double number) => kind switch
    {
        TunableKind.Duration => Duration(number),
        TunableKind.Bytes => number < long.MaxValue ? SinkWords.Size((long)number) : "more than can be said",
        _ => number.ToString("0.###", CultureInfo.InvariantCulture),
    };

    private static string Duration(double seconds) => seconds switch
    {
        >= 2 * 86_400 => Figure(seconds / 86_400, "d"),
        >= 7200 => Figure(seconds / 3600, "h"),
        >= 120 => Figure(seconds / 60, "m"),
        _ => Figure(seconds, "s"),
    };

    private static string Figure(double number, string unit) => number.ToString("0.##", CultureInfo.InvariantCulture) + unit;
}
