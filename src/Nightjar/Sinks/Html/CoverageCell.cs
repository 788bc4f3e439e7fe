using Nightjar.Findings;
using Nightjar.Sinks.Plain;
using Nightjar.Sinks.Records;

namespace Nightjar.Sinks.Html;

/// <summary>One analytic on devices that could see alike: how well, what silence means, on which days, and why not better.</summary>
internal sealed class CoverageCell(HtmlWriter html, RunResult result)
{
    private readonly RunSummary _summary = result.Summary;
    private readonly DeviceVerdicts _verdicts = new(result);
    private readonly DayWindow _window = new(result.Summary);

    /// <summary>What the letters of a row of days mean.</summary>
    public string Legend => _window.Days.Count == 0 ? "" : $"Each letter is one day in UTC{(_window.IsCut ? $", the last {_window.Days.Count} of the period" : "")}: R all could be seen, D in part, B nothing could be found, - no telemetry came. Where a row stands for several devices, a day is R only when it was R on all of them.";

    public void Write(DeviceGroup group, DeviceCheck check)
    {
        CheckState? state = check.State;
        using var cell = html.Open("td", ("data-label", check.Analytic), ("class", check.State.Snake()));
        html.Element("b", $"{state.Sign()} {check.State.Say()}");
        WriteVerdicts(group, check);
        WriteDays(group, check.Analytic);
        foreach (var reason in CheckText.Reasons(check)) html.Element("small", reason);
    }

    // Beside what silence means stands for how many days it does.
    private void WriteVerdicts(DeviceGroup group, DeviceCheck check)
    {
        var verdicts = group.Accounts.Select(device => (device, check: device.Checks.First(item => item.Analytic == check.Analytic)))
            .Select(pair => (verdict: _verdicts.Of(pair.device, pair.check), pair.device, pair.check)).Where(item => item.verdict is not null)
            .GroupBy(item => item.verdict!.Value).OrderByDescending(item => item.Key);
        foreach (var verdict in verdicts)
        {
            var (_, device, one) = verdict.First();
            var days = $" ({one.Days.Assessed} of {SinkWords.Count(device.Telemetry.Days.Count + DaySpans.Silent(_summary, device), "day")})";
            html.Element("small", group.Accounts.Count > 1 ? $"{verdict.Key.Say()}: {SinkWords.Count(verdict.Count(), "device")}" : verdict.Key.Say() + (one.Days.Assessed > 0 ? days : ""));
        }
    }

    private void WriteDays(DeviceGroup group, string analytic)
    {
        if (_window.Days.Count == 0) return;
        var devices = new CoverageGroup("", group.Accounts);
        var runs = _window.Runs(day => devices.Count(analytic, day).State);
        using var strip = html.Open("p", ("class", "days"), ("role", "img"), ("aria-label", _window.Tell(runs)));
        foreach (var run in runs)
        {
            for (var i = run.From; i <= run.To; i++)
                html.Element("i", run.State.Letter().ToString(), ("class", run.State?.Snake() ?? "silent"), ("title", SinkWords.Day(_window.Days[i])));
        }
    }
}
