using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sinks.Plain;

namespace Nightjar.Sinks.Html;

/// <summary>Everything about one finding, in the order in which an analyst asks.</summary>
internal static class FindingDetails
{
    public static void Write(HtmlWriter html, Finding finding, FindingAnchors anchors, PlaybookView playbooks)
    {
        using var body = html.Open("div", ("class", "body"));
        if (finding.Description.Length > 0) html.Element("p", finding.Description, ("class", "desc u"), ("dir", "auto"));
        if (Timeline.Of(finding) is { } timeline) TimelineView.Write(html, timeline);
        using (html.Open("div", ("class", "pair")))
        {
            using (html.Open("div")) ScoreView.Write(html, finding);
            using (html.Open("div")) WriteStages(html, finding);
        }
        EvidenceTable.Write(html, finding);
        using (html.Open("div", ("class", "pair")))
        {
            using (html.Open("div"))
            {
                WriteContext(html, finding);
                WriteList(html, "Notes", finding.Notes);
            }
            using (html.Open("div"))
            {
                WriteList(html, "What to do next", finding.NextSteps);
                WriteList(html, "Innocent behaviour that looks the same", finding.FalsePositives);
            }
        }
        playbooks.Write(finding);
        using (html.Open("div", ("class", "pair")))
        {
            using (html.Open("div")) WriteIdentity(html, finding, anchors);
            using (html.Open("div")) WriteTunables(html, finding);
        }
    }

    private static void WriteStages(HtmlWriter html, Finding finding)
    {
        html.Element("h6", "Stages");
        using var list = html.Open("ul", ("class", "stages"));
        foreach (var stage in finding.Stages)
        {
            using var item = html.Open("li", ("class", stage.State.Word()));
            html.Element("b", stage.State.Say());
            using var text = html.Open("span", ("class", "u"));
            html.Element("strong", stage.Title);
            html.Text($" {stage.Id}, {(stage.IsRequired ? "required" : "optional")}");
            if (stage.State == StageState.NotObservable)
                html.Text($". No telemetry of this device could show it; it would need {stage.MissingTelemetry.Describe()}.");
        }
    }

    private static void WriteContext(HtmlWriter html, Finding finding)
    {
        if (finding.Context.Count == 0) return;
        html.Element("h6", "What was known of the moment");
        using var list = html.Open("dl", ("class", "facts"));
        foreach (var fact in finding.Context)
        {
            html.Element("dt", fact.Name.Replace('_', ' '), ("class", "u"));
            using var value = html.Open("dd", ("class", "u"));
            html.Element("b", fact.Value);
            if (fact.Source.Length > 0) html.Element("small", $" {fact.Source}");
        }
    }

    private static void WriteList(HtmlWriter html, string heading, IReadOnlyList<string> items)
    {
        if (items.Count == 0) return;
        html.Element("h6", heading);
        using var list = html.Open("ul", ("class", "plain"));
        foreach (var item in items) html.Element("li", item, ("class", "u"));
    }

    private static void WriteTunables(HtmlWriter html, Finding finding)
    {
        if (finding.Tunables.Count == 0) return;
        html.Element("h6", "Tunables in force");
        using var list = html.Open("dl", ("class", "facts"));
        foreach (var item in finding.Tunables)
        {
            html.Element("dt", item.Name, ("class", "u"));
            using var value = html.Open("dd", ("class", "u"));
            html.Element("b", item.Value);
            html.Element("small", $" {item.Origin}");
        }
    }

    private static void WriteIdentity(HtmlWriter html, Finding finding, FindingAnchors anchors)
    {
        var analytic = finding.Analytic;
        html.Element("h6", "Identity");
        using var list = html.Open("dl", ("class", "facts"));
        Pair(html, "Finding", finding.Uid);
        Pair(html, "Device", $"{TextExplanation.Name(finding.Device)}, {finding.Device.Platform.Name()}");
        if (finding.Device.Groups is { Count: > 0 } groups) Pair(html, "Groups", string.Join(", ", groups));
        Pair(html, "App", finding.App ?? "none: the analytic is about the device alone");
        Pair(html, "Analytic", $"{analytic.Uid} {analytic.Name}, version {analytic.Version}");
        if (analytic.Strategy is not null) Pair(html, "Strategy", $"{analytic.Strategy} {analytic.StrategyName}");
        foreach (var technique in analytic.Techniques)
            Pair(html, $"ATT&CK {analytic.AttackVersion}", $"{technique.Uid} {technique.Name} ({technique.TacticUid} {technique.TacticName})");
        foreach (var uid in finding.RelatedFindings) WriteRelated(html, uid, anchors.Find(uid));
    }

    private static void WriteRelated(HtmlWriter html, string uid, string? anchor)
    {
        html.Element("dt", "Same events");
        using var value = html.Open("dd", ("class", "u"));
        if (anchor is null) html.Text(uid);
        else html.Element("a", $"finding {uid}", ("href", "#" + anchor));
    }

    private static void Pair(HtmlWriter html, string name, string value)
    {
        html.Element("dt", name);
        html.Element("dd", value, ("class", "u"));
    }
}
