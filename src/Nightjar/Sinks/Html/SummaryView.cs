using System.Globalization;
using Nightjar.Findings;
using Nightjar.Sinks.Plain;

namespace Nightjar.Sinks.Html;

/// <summary>What a reader with a minute needs: how much was found, how grave, where, over which time, and what nobody looked at.</summary>
internal sealed class SummaryView(HtmlWriter html, RunSummary summary, RunResult result, FindingAnchors anchors)
{
    private const int MostPlaces = 5;

    public void Write(IReadOnlyList<Finding> gravestFirst)
    {
        using var section = html.Open("section", ("id", "summary"), ("aria-labelledby", "h-summary"));
        html.Element("h1", RunSentence.Found(result), ("id", "h-summary"));
        html.Element("p", RunSentence.Unchecked(summary) + " " + RunSentence.Files(summary), ("class", "lead"));
        if (summary.Policy is { } policy) WritePolicy(policy);
        if (RunSentence.Baseline(summary) is { } baseline) html.Element("p", baseline, ("class", "lead"));
        using (html.Open("div", ("class", "tiles")))
        {
            WriteSeverities(gravestFirst);
            WriteDevices(gravestFirst);
            WriteSpan();
            WriteChecks();
        }
        WriteFirst(gravestFirst);
    }

    private void WritePolicy(PolicyAccount policy)
    {
        var expired = policy.Exceptions.Count(item => item.MissedAfterExpiry > 0);
        if (policy.Hidden == 0 && expired == 0) return;
        using var lead = html.Open("p", ("class", "lead"));
        html.Text(policy.Hidden == 0 ? "The policy hides nothing" : $"The policy hides {SinkWords.Count(policy.Hidden, "finding")}");
        html.Text(expired == 0 ? ". " : $"; {SinkWords.Count(expired, "exception has", "exceptions have")} expired while findings still come. ");
        html.Element("a", "What is hidden, why, and who answers for it", ("href", "#policy"));
    }

    // One line a device and app: the tenth finding of the same app tells nothing new to who has a minute.
    private void WriteFirst(IReadOnlyList<Finding> gravestFirst)
    {
        if (gravestFirst.Count == 0) return;
        var places = gravestFirst.GroupBy(finding => (finding.Device.Uid, finding.App)).ToList();
        using var section = html.Open("section", ("class", "first"), ("aria-labelledby", "h-first"));
        html.Element("h2", "Look at first", ("id", "h-first"));
        using (html.Open("ol"))
        {
            foreach (var place in places.Take(MostPlaces)) WritePlace(place.First(), place.Count());
        }
        if (places.Count > MostPlaces) html.Element("p", $"{SinkWords.Count(places.Count - MostPlaces, "further app on a device has", "further apps on devices have")} findings.", ("class", "note"));
    }

    private void WritePlace(Finding finding, int count)
    {
        using var item = html.Open("li");
        html.Element("b", finding.Severity.Caption(), ("class", "badge " + FindingView.Level(finding.Severity)));
        using var text = html.Open("div");
        html.Element("a", finding.Title, ("href", "#" + anchors.Of(finding)), ("class", "u"));
        var more = count > 1 ? $"and {SinkWords.Count(count - 1, "more finding")} of this app here; " : "";
        html.Element("small", $"{more}{finding.Analytic.Name}; {TextExplanation.When(finding.Start, finding.Start)}", ("class", "u"));
        if (finding.NextSteps.Count > 0) html.Element("p", $"Next: {finding.NextSteps[0]}", ("class", "u"));
    }

    private void WriteSeverities(IReadOnlyList<Finding> findings)
    {
        using var tile = html.Open("section", ("class", "tile"), ("aria-labelledby", "t-severity"));
        html.Element("h2", "By severity", ("id", "t-severity"));
        if (findings.Count == 0) html.Element("p", "no finding");
        using var list = html.Open("ul", ("class", "severities"));
        var most = findings.GroupBy(finding => finding.Severity).Select(group => group.Count()).DefaultIfEmpty(1).Max();
        foreach (var group in findings.GroupBy(finding => finding.Severity))
        {
            using var item = html.Open("li");
            html.Element("span", group.Key.Caption());
            html.Element("b", SinkWords.Number(group.Count()));
            using var bar = html.Open("svg", ("class", "share " + FindingView.Level(group.Key)), ("height", "8"), ("aria-hidden", "true"));
            html.Empty("rect", ("width", TimeAxis.Css(Math.Max(1, 100.0 * group.Count() / most))), ("height", "8"), ("rx", "1.5"));
        }
    }

    private void WriteDevices(IReadOnlyList<Finding> findings)
    {
        using var tile = html.Open("section", ("class", "tile"), ("aria-labelledby", "t-devices"));
        html.Element("h2", "Devices", ("id", "t-devices"));
        using (html.Open("p", ("class", "figure")))
        {
            html.Element("b", SinkWords.Number(findings.Select(finding => finding.Device.Uid).Distinct().Count()));
            html.Text($" of {SinkWords.Number(summary.Devices.Count)} with findings");
        }
        var apps = findings.Select(finding => finding.App).Where(app => app is not null).Distinct().Count();
        html.Element("p", (apps > 0 ? $"{SinkWords.Count(apps, "app")} in the findings. " : "") + $"{SinkWords.Count(summary.Events, "event")} read.");
    }

    private void WriteSpan()
    {
        using var tile = html.Open("section", ("class", "tile"), ("aria-labelledby", "t-span"));
        html.Element("h2", "Time covered", ("id", "t-span"));
        if (summary.Span is not { } span)
        {
            html.Element("p", "no event");
            return;
        }
        html.Element("p", SinkWords.Length(span.To - span.From), ("class", "figure"));
        html.Element("p", $"{Day(span.From)} to {Day(span.To)} UTC");
    }

    private void WriteChecks()
    {
        using var tile = html.Open("section", ("class", "tile"), ("aria-labelledby", "t-checks"));
        html.Element("h2", "Not fully checked", ("id", "t-checks"));
        var limited = summary.Devices.Count(device => device.Checks.Count == 0 || device.Checks.Any(check => check.State != CheckState.Runnable));
        using (html.Open("p", ("class", "figure")))
        {
            html.Element("b", SinkWords.Number(limited));
            html.Text($" of {SinkWords.Count(summary.Devices.Count, "device")}");
        }
        using (html.Open("p")) html.Element("a", "What could not be checked, and why", ("href", "#coverage"));
    }

    private static string Day(Events.Instant time) => time.ToDateTimeOffset().ToString("d MMM yyyy HH:mm", CultureInfo.InvariantCulture);
}
