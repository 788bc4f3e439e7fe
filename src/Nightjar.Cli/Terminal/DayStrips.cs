using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sinks;
using Nightjar.Sinks.Records;
using Spectre.Console;

namespace Nightjar.Cli.Terminal;

/// <summary>Coverage day by day: a letter for each day of the period, as many of the last as there is room for.</summary>
internal sealed class DayStrips
{
    private const int LabelWidth = 10;

    private readonly IAnsiConsole _console;
    private readonly RunSummary _summary;
    private readonly List<DateOnly> _days = [];

    public DayStrips(IAnsiConsole console, RunSummary summary)
    {
        (_console, _summary) = (console, summary);
        if (summary.Period is not { } period) return;
        var room = Math.Max(7, console.Profile.Width - LabelWidth - 1);
        for (var day = Math.Max(period.From.DayNumber, period.To.DayNumber - room + 1); day <= period.To.DayNumber; day++) _days.Add(DateOnly.FromDayNumber(day));
    }

    public void Write(CoverageBy by)
    {
        if (_days.Count == 0) return;
        WriteRange();
        switch (by)
        {
            case CoverageBy.Device:
                foreach (var device in _summary.Devices.Where(device => device.Checks.Count > 0)) WriteGroup(new CoverageGroup($"{device.Device.Name ?? device.Device.Uid}, {device.Device.Platform.Name()}", [device]));
                break;
            case CoverageBy.Group:
                foreach (var group in CoverageGroup.ByGroup(_summary)) WriteGroup(group);
                break;
            case CoverageBy.Platform:
                foreach (var group in CoverageGroup.ByPlatform(_summary)) WriteGroup(group);
                break;
            default:
                foreach (var item in by == CoverageBy.Strategy ? StrategyCoverage.Of(_summary) : StrategyCoverage.OfTechniques(_summary)) WriteStrategy(item);
                break;
        }
    }

    private void WriteRange()
    {
        var (first, last) = (SinkWords.Day(_days[0]), SinkWords.Day(_days[^1]));
        var cut = _summary.Period!.Value.From < _days[0] ? $" The period begins on {SinkWords.Day(_summary.Period.Value.From)}; coverage.json holds all of it." : "";
        TerminalReport.Line(_console, _days.Count == 1 ? $"One letter: {first}.{cut}" : $"The first letter is {first}, the last {last}.{cut}", TerminalReport.Dim);
    }

    private void WriteGroup(CoverageGroup group)
    {
        TerminalReport.Line(_console, $"{(group.Key.Length > 0 ? group.Key : "(no group)")}{(group.Devices.Count > 1 ? $", {SinkWords.Count(group.Devices.Count, "device")}" : "")}", TerminalReport.Bold);
        foreach (var analytic in group.Analytics) WriteStrip(analytic, day => group.Count(analytic, day).State);
    }

    private void WriteStrategy(StrategyCoverage item)
    {
        var all = new CoverageGroup("", _summary.Devices);
        WriteStrip(item.Uid, day => all.Count(item.Analytics, day).State);
    }

    private void WriteStrip(string label, Func<DateOnly, CheckState?> stateOn)
    {
        var shown = VisibleText.Of(label);
        if (shown.Length >= LabelWidth)
        {
            TerminalReport.Line(_console, label);
            shown = "";
        }
        var line = new Paragraph().Append(shown.PadRight(LabelWidth));
        foreach (var day in _days) line.Append(stateOn(day).Letter().ToString(), HeatCell.Of(stateOn(day)));
        _console.Write(line);
        _console.WriteLine();
    }
}
