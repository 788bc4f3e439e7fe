using System.Text;
using Nightjar.Findings;

namespace Nightjar.Sinks.Html;

/// <summary>Writes <c>report.html</c>: one file that needs no network, no script for what matters, and no other file.</summary>
public static class HtmlReport
{
    /// <summary>From this many findings on, the details of a finding are built when it is opened (with scripts on), and findings share the text of their playbooks.</summary>
    internal const int LazyFrom = 200;

    /// <summary>Writes the page, always in the same bytes for the same result.</summary>
    public static void Write(RunResult result, TextWriter output)
    {
        var findings = result.Findings.Order(ReportOrder.ByGravity).ToList();
        var anchors = new FindingAnchors(findings);
        var html = new HtmlWriter(output);
        html.Raw("<!DOCTYPE html>\n");
        using (html.Open("html", ("lang", "en")))
        {
            WriteHead(html, result);
            html.Break();
            using (html.Open("body"))
            {
                html.Element("a", "Skip to the findings", ("class", "skip"), ("href", "#findings"));
                WriteBanner(html, result.Summary);
                using (html.Open("main")) WriteMain(html, result, findings, anchors);
                WriteFooter(html, result.Summary);
                using (html.Open("script")) html.Raw(HtmlAssets.Script);
            }
        }
        html.Break();
        output.Flush();
    }

    private static void WriteMain(HtmlWriter html, RunResult result, List<Finding> findings, FindingAnchors anchors)
    {
        new SummaryView(html, result.Summary, result, anchors).Write(findings);
        html.Break();
        WriteFindings(html, findings, anchors);
        html.Break();
        if (result.Summary.Policy is { } policy)
        {
            new PolicyView(html, policy).Write();
            html.Break();
        }
        new CoverageView(html, result).Write();
        html.Break();
        new FilesView(html, result.Summary).Write();
        html.Break();
    }

    private static void WriteFindings(HtmlWriter html, List<Finding> findings, FindingAnchors anchors)
    {
        var forms = findings.Count >= LazyFrom ? new PlaybookForms(findings) : null;
        var playbooks = new PlaybookView(html, forms);
        new FindingsView(html, findings, anchors, playbooks, isLazy: forms is not null).Write();
        if (forms is not { All.Count: > 0 }) return;
        html.Break();
        playbooks.WriteShared();
    }

    private static void WriteHead(HtmlWriter html, RunResult result)
    {
        using var head = html.Open("head");
        html.Empty("meta", ("charset", "utf-8"));
        html.Empty("meta", ("http-equiv", "Content-Security-Policy"), ("content", HtmlAssets.Policy));
        html.Empty("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
        html.Empty("meta", ("name", "color-scheme"), ("content", "light dark"));
        html.Empty("meta", ("name", "referrer"), ("content", "no-referrer"));
        html.Empty("meta", ("name", "robots"), ("content", "noindex"));
        html.Empty("link", ("rel", "icon"), ("href", "data:,"));
        html.Element("title", $"Nightjar report: {Plain.RunSentence.Found(result)}");
        using (html.Open("style")) html.Raw(HtmlAssets.Style);
    }

    private static void WriteBanner(HtmlWriter html, RunSummary summary)
    {
        using var banner = html.Open("header");
        using (html.Open("p", ("class", "brand")))
        {
            using (html.Open("svg", ("width", "22"), ("height", "22"), ("viewBox", "0 0 24 24"), ("aria-hidden", "true")))
                html.Empty("path", ("d", "M15 2.5a9.8 9.8 0 1 0 6.6 14.3A8.2 8.2 0 0 1 15 2.5z"));
            html.Text("Nightjar");
        }
        using var nav = html.Open("nav", ("aria-label", "Parts of the report"));
        foreach (var (id, name) in (ReadOnlySpan<(string, string)>)[("summary", "Summary"), ("findings", "Findings"), ("policy", "Hidden"), ("coverage", "Coverage"), ("files", "Files")])
        {
            if (id != "policy" || summary.Policy is not null) html.Element("a", name, ("href", "#" + id));
        }
    }

    private static void WriteFooter(HtmlWriter html, RunSummary summary)
    {
        using var footer = html.Open("footer");
        var releases = summary.Analytics.Select(analytic => analytic.AttackVersion).Distinct().Order(StringComparer.Ordinal).ToList();
        html.Element("p", $"Made by Nightjar {ProductInfo.Version} with {SinkWords.Count(summary.Analytics.Count, "analytic")}"
            + (releases.Count > 0 ? $", ATT&CK {SinkWords.List(releases)}" : "") + ". All times are UTC. This page loads nothing from any network.");
        html.Element("p", "Severity says how bad it would be, the score how sure it is. “Not observable” means that no telemetry of the device could have shown it, "
            + "which speaks neither for nor against. Names that an app or a server chose for itself are shown with unseen characters written out.");
    }
}

/// <summary>The report for people, as <c>report.html</c>.</summary>
internal sealed class HtmlSink : ISink
{
    public string Id => "html";

    public string FileName => "report.html";

    public void Write(RunResult result, Stream output)
    {
        using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 64 * 1024, leaveOpen: true) { NewLine = "\n" };
        HtmlReport.Write(result, writer);
    }
}
