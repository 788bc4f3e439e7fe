using System.Globalization;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sinks.Plain;

namespace Nightjar.Sinks.Html;

/// <summary>One finding on the page: its head, always there, and its details on demand.</summary>
internal sealed class FindingView(HtmlWriter html, FindingAnchors anchors, PlaybookView playbooks, bool isLazy)
{
    public void Write(Finding finding)
    {
        var anchor = anchors.Of(finding);
        using var article = html.Open("article",
            ("class", "finding"), ("id", anchor), ("aria-labelledby", anchor + "-h"),
            ("data-severity", Level(finding.Severity)), ("data-score", finding.Score.ToString(CultureInfo.InvariantCulture)),
            ("data-rank", ((int)finding.Severity).ToString(CultureInfo.InvariantCulture)),
            ("data-time", finding.Start.Millis.ToString(CultureInfo.InvariantCulture)), ("data-search", SearchText(finding)));
        using (html.Open("div", ("class", "head"))) WriteHead(finding, anchor);
        html.Break();
        using var details = html.Open("details", ("class", "more"));
        using (html.Open("summary"))
        {
            html.Text("Evidence and reasons");
            html.Element("span", $" for: {finding.Title}", ("class", "sr"));
        }
        WriteBody(finding);
        html.Break();
    }

    /// <summary>The severity as a class name.</summary>
    public static string Level(Severity severity) => severity.Caption().ToLowerInvariant();

    private void WriteHead(Finding finding, string anchor)
    {
        using (html.Open("p", ("class", "badge " + Level(finding.Severity))))
        {
            html.Element("span", "Severity ", ("class", "sr"));
            html.Element("b", finding.Severity.Caption());
            html.Element("span", $"score {finding.Score}");
        }
        html.Element("h5", finding.Title, ("id", anchor + "-h"), ("class", "u"), ("dir", "auto"));
        using var meta = html.Open("p", ("class", "meta"));
        html.Element("time", TextExplanation.When(finding.Start, finding.End), ("datetime", finding.Start.ToString()));
        html.Element("span", $"{finding.Analytic.Uid} {finding.Analytic.Name}", ("class", "u"));
        html.Element("span", $"{finding.Confidence.Caption().ToLowerInvariant()} confidence");
        html.Element("span", SinkWords.Count(finding.Evidence.Count + finding.EvidenceOmitted, "event"));
        var blind = finding.Stages.Count(stage => stage.State == StageState.NotObservable);
        if (blind > 0) html.Element("span", $"{SinkWords.Count(blind, "stage")} not observable");
        if (finding.Activity != FindingActivity.Create) html.Element("span", finding.Activity == FindingActivity.Close ? "closed" : "updated");
    }

    // With scripts on, a browser keeps what stands in noscript as one text and builds nothing from it, so thousands of findings
    // cost little until one is opened. With scripts off it is ordinary content.
    private void WriteBody(Finding finding)
    {
        if (!isLazy)
        {
            FindingDetails.Write(html, finding, anchors, playbooks);
            return;
        }
        using (html.Open("noscript")) FindingDetails.Write(html, finding, anchors, playbooks);
    }

    private static string SearchText(Finding finding)
    {
        var words = new List<string?> { finding.Uid, finding.App, finding.Device.Uid, finding.Device.Name, finding.Device.Platform.Name(), finding.Analytic.Strategy };
        words.AddRange(finding.Device.Groups ?? []);
        words.AddRange(finding.Analytic.Techniques.SelectMany(technique => (string[])[technique.Uid, technique.Name]));
        foreach (var e in finding.Evidence.Select(item => item.Event))
        {
            words.AddRange([Text(e, FieldId.DstHostname), Text(e, FieldId.DstIp), Text(e, FieldId.TlsSni), Text(e, FieldId.FilePath), Text(e, FieldId.ModulePath)]);
            words.AddRange(e[FieldId.FileHashes] as string[] ?? []);
            words.AddRange(e[FieldId.ModuleHashes] as string[] ?? []);
        }
        return VisibleText.Of(string.Join(' ', words.Where(word => !string.IsNullOrEmpty(word)).Distinct(StringComparer.Ordinal)), 2000).ToLowerInvariant();
    }

    private static string? Text(EvidenceEvent e, FieldId field) => e[field] as string;
}
