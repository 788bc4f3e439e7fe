using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sinks.Plain;
using Nightjar.Sinks.Records;

namespace Nightjar.Sinks.Html;

/// <summary>Coverage at a glance: a row for each device, a column for each analytic, in each cell a letter with the days below it. What could see least comes first.</summary>
internal sealed class HeatMapView(HtmlWriter html, RunResult result, IReadOnlyList<DeviceGroup> groups)
{
    // More is no glance. The rows below it stand for all devices.
    private const int MostDevices = 100;

    private readonly DayWindow _window = new(result.Summary);
    private readonly DeviceVerdicts _verdicts = new(result);

    public void Write()
    {
        html.Element("h3", "Coverage at a glance");
        WriteKey();
        var assessed = groups.Where(group => group.WhyNotAssessed is null)
            .SelectMany(group => group.Accounts, (group, device) => (group, device)).ToList();
        foreach (var table in assessed.Take(MostDevices).GroupBy(row => string.Join('\n', row.group.Analytics)).OrderBy(table => table.Key, StringComparer.Ordinal))
            WriteTable([.. table]);
        if (assessed.Count > MostDevices)
            html.Element("p", $"{SinkWords.Count(assessed.Count - MostDevices, "device that could", "devices that could")} see as much or more stand further below and in coverage.json.", ("class", "note"));
        WriteNotAssessed([.. groups.Where(group => group.WhyNotAssessed is not null)]);
    }

    private void WriteKey()
    {
        using (html.Open("ul", ("class", "key")))
        {
            foreach (var state in (ReadOnlySpan<CheckState>)[CheckState.Runnable, CheckState.Degraded, CheckState.Blind])
            {
                using var item = html.Open("li");
                html.Element("b", Letter(state), ("class", state.Snake()));
                html.Text($" {state.Say()}");
            }
        }
        if (_window.Days.Count > 1)
            html.Element("p", $"The bars below a letter are days in UTC, {SinkWords.Day(_window.Days[0])} to {SinkWords.Day(_window.Days[^1])}{(_window.IsCut ? ", the last of the period" : "")}: high all, half in part, a line blind, none no telemetry.", ("class", "note"));
    }

    private void WriteTable(List<(DeviceGroup Group, DeviceAccount Device)> rows)
    {
        var platforms = SinkWords.List([.. rows.Select(row => row.Group.Platform).Distinct().Order().Select(platform => platform.Name())]);
        using var scroll = html.Open("div", ("class", "scroll"), ("role", "region"), ("aria-label", $"{platforms}: coverage at a glance"), ("tabindex", "0"));
        using var table = html.Open("table", ("class", "heat"));
        html.Element("caption", platforms);
        using (html.Open("thead"))
        using (html.Open("tr"))
        {
            html.Element("th", "Device", ("scope", "col"));
            foreach (var analytic in rows[0].Group.Analytics) WriteHead(analytic);
        }
        using var body = html.Open("tbody");
        foreach (var (group, device) in rows) WriteRow(group, device);
    }

    private void WriteHead(string analytic)
    {
        using var head = html.Open("th", ("scope", "col"), ("class", "u"));
        html.Text(analytic);
        if (result.Summary.Analytics.FirstOrDefault(item => item.Uid == analytic) is { } known) html.Element("small", known.Name);
    }

    private void WriteRow(DeviceGroup group, DeviceAccount device)
    {
        using var row = html.Open("tr");
        html.Element("th", TextExplanation.Name(device.Device), ("scope", "row"), ("class", "u"));
        foreach (var check in group.Analytics.Select(analytic => device.Checks.First(check => check.Analytic == analytic))) WriteCell(device, check);
    }

    private void WriteCell(DeviceAccount device, DeviceCheck check)
    {
        using var cell = html.Open("td", ("class", check.State.Snake()), ("data-label", check.Analytic));
        html.Element("b", Letter(check.State), ("title", check.State.Say()));
        html.Element("span", $" {check.State.Say()}", ("class", "sr"));
        if (_verdicts.Findings(device, check) is > 0 and var findings) html.Element("small", $" {SinkWords.Count(findings, "finding")}");
        if (_window.Days.Count > 1) WriteDays(_window.Runs(day => device.Telemetry.On(day)?.Checks.FirstOrDefault(item => item.Analytic == check.Analytic)?.State));
    }

    private static string Letter(CheckState? state) => state.Letter().ToString();

    private void WriteDays(IReadOnlyList<DayRun> runs)
    {
        using var svg = html.Open("svg", ("class", "bars"), ("height", "9"), ("role", "img"), ("aria-label", _window.Tell(runs)));
        var share = 100.0 / _window.Days.Count;
        foreach (var run in runs)
        {
            var height = run.State switch { CheckState.Runnable => "9", CheckState.Degraded => "5", CheckState.Blind => "1.5", _ => null };
            var from = run.State switch { CheckState.Runnable => "0", CheckState.Degraded => "4", _ => "7.5" };
            if (height is null) continue;
            using var bar = html.Open("rect", ("x", TimeAxis.Css(run.From * share)), ("y", from), ("width", TimeAxis.Css((run.To - run.From + 1) * share)), ("height", height));
            html.Element("title", _window.Tell([run]));
        }
    }

    private void WriteNotAssessed(List<DeviceGroup> unseen)
    {
        if (unseen.Count == 0) return;
        using var table = html.Open("table", ("class", "strategies unseen"));
        html.Element("caption", "Not assessed: no analytic looked at these devices.");
        using (html.Open("thead"))
        using (html.Open("tr"))
        {
            html.Element("th", "Device", ("scope", "col"));
            html.Element("th", "Why", ("scope", "col"));
        }
        using var body = html.Open("tbody");
        foreach (var group in unseen)
        {
            using var row = html.Open("tr");
            using (html.Open("th", ("scope", "row"), ("class", "u"))) DeviceNames.Write(html, group);
            html.Element("td", group.WhyNotAssessed!, ("data-label", "Why"));
        }
    }
}
