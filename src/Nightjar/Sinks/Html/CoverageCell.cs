using Nightjar.Findings;
using Nightjar.Sinks.Plain;
using Nightjar.Sinks.Records;

namespace Nightjar.Sinks.Html;

/// <summary>One analytic on devices that could see alike: how well, what silence means, on which days, and why not better.</summary>
internal sealed class CoverageCell(HtmlWriter html, RunResult result)
{
    // More would be wider than a page; coverage.json holds all.
    private const int MostDays = 28;

    private readonly RunSummary _summary = result.Summary;
    private readonly DeviceVerdicts _verdicts = new(result);
    private readonly List<DateOnly> _days = [.. DaysOf(result.Summary)];
    private readonly bool _isCut = result.Summary.Period is { } period && period.To.DayNumber - period.From.DayNumber >= MostDays;

    /// <summary>What the letters of a row of days mean.</summary>
    public string Legend => _days.Count == 0 ? "" : $"Each letter is one day in UTC{(_isCut ? $", the last {MostDays} of the period" : "")}: R all could be seen, D in part, B nothing could be found, - no telemetry came. Where a row stands for several devices, a day is R only when it was R on all of them.";

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
        if (_days.Count == 0) return;
        var devices = new CoverageGroup("", group.Accounts);
        var states = _days.Select(day => (day, state: devices.Count(analytic, day).State)).ToList();
        using var strip = html.Open("p", ("class", "days"), ("role", "img"), ("aria-label", Tell(states)));
        foreach (var (day, state) in states) html.Element("i", state.Letter().ToString(), ("class", state?.Snake() ?? "silent"), ("title", SinkWords.Day(day)));
    }

    // For who cannot see the letters: days of one state together.
    private static string Tell(List<(DateOnly Day, CheckState? State)> states)
    {
        var parts = new List<string>();
        for (int from = 0, to; from < states.Count; from = to)
        {
            for (to = from + 1; to < states.Count && states[to].State == states[from].State; to++)
            {
                // Goes on to the last day of the same state.
            }
            var days = to - from == 1 ? SinkWords.Day(states[from].Day) : $"{SinkWords.Day(states[from].Day)} to {SinkWords.Day(states[to - 1].Day)}";
            parts.Add($"{days} {states[from].State?.Say() ?? "not assessed"}");
        }
        return string.Join("; ", parts);
    }

    private static IEnumerable<DateOnly> DaysOf(RunSummary summary)
    {
        if (summary.Period is not { } period) yield break;
        var from = Math.Max(period.From.DayNumber, period.To.DayNumber - MostDays + 1);
        for (var day = from; day <= period.To.DayNumber; day++) yield return DateOnly.FromDayNumber(day);
    }
}
