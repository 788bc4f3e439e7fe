using System.Globalization;
using System.Text;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sinks.Plain;
using Nightjar.Sinks.Records;

namespace Nightjar.Sinks.Markdown;

/// <summary>The run as one Markdown page, for tickets and wikis: summary, findings by device and app, what could not be checked.</summary>
internal sealed class MarkdownReport(TextWriter output, RunResult result)
{
    private const int MostDevices = 200;

    public void Write()
    {
        Line("# What Nightjar found");
        Line();
        Line(MarkdownText.Inline(RunSentence.Found(result)));
        Line(MarkdownText.Inline(RunSentence.Unchecked(result.Summary)));
        if (RunSentence.Span(result.Summary) is { } span) Line(MarkdownText.Inline($"The events cover {span}."));
        WriteOverview();
        WriteFindings();
        new MarkdownCoverage(output, result.Summary, MostDevices).Write();
    }

    private void WriteOverview()
    {
        if (result.Findings.Count == 0) return;
        Line();
        Row("Severity", "Score", "Analytic", "Device", "App", "Begin (UTC)");
        Row("---", "---:", "---", "---", "---", "---");
        foreach (var finding in result.Findings.Order(ReportOrder.ByGravity))
        {
            Row(finding.Severity.Caption(), Number(finding.Score), MarkdownText.Code(finding.Analytic.Uid), Device(finding.Device), App(finding), TextExplanation.Time(finding.Start));
        }
    }

    private void WriteFindings()
    {
        if (result.Findings.Count == 0) return;
        Line();
        Line("## Findings");
        foreach (var group in result.Findings.Order(ReportOrder.ByGravity).GroupBy(finding => (finding.Device.Uid, finding.App)))
        {
            Line();
            Line($"### {Device(group.First().Device)}: {App(group.First())}");
            foreach (var finding in group) WriteFinding(finding);
        }
    }

    private void WriteFinding(Finding finding)
    {
        Line();
        Line($"#### {MarkdownText.Inline($"{finding.Analytic.Uid} {finding.Analytic.Name}")}");
        Line();
        Line(MarkdownText.Inline(finding.Title));
        Line(MarkdownText.Inline(finding.Description));
        Line();
        Item($"{finding.Severity.Caption()} severity, score {Number(finding.Score)} of 100 ({finding.Confidence.Caption().ToLowerInvariant()} confidence)");
        Item(MarkdownText.Inline($"{TextExplanation.When(finding.Start, finding.End)}, {SinkWords.Count(finding.Count, "event")}"));
        foreach (var technique in finding.Analytic.Techniques) Item(MarkdownText.Inline($"{technique.Uid} {technique.Name}, {technique.TacticName}, ATT&CK {finding.Analytic.AttackVersion}"));
        Item($"finding {MarkdownText.Code(finding.Uid)}");
        WriteScore(finding);
        WriteStages(finding);
        WriteEvidence(finding);
        WriteList("Notes", finding.Notes);
        WriteList("What to do next", finding.NextSteps);
        if (finding.Playbook is not null) Line($"\nThe whole playbook: `nightjar playbook` with the finding's uid.");
    }

    private void WriteScore(Finding finding)
    {
        if (finding.Contributions.Count == 0) return;
        Line();
        Row("Points", "Contribution", "Why");
        Row("---:", "---", "---");
        foreach (var item in finding.Contributions)
        {
            var points = item.State switch { Tri.True => SinkWords.Signed(item.Points), Tri.False => "0", _ => "?" };
            Row(points, MarkdownText.Inline(item.Name), MarkdownText.Inline(item.Reason + SinkWords.WouldBe(item)));
        }
    }

    private void WriteStages(Finding finding)
    {
        if (finding.Stages.Count == 0) return;
        Line();
        foreach (var stage in finding.Stages)
        {
            var missing = stage.State == StageState.NotObservable ? $"; it would need {stage.MissingTelemetry.Describe()}" : "";
            Item(MarkdownText.Inline($"{stage.Title} ({stage.Id}): {stage.State.Say()}{missing}"));
        }
    }

    private void WriteEvidence(Finding finding)
    {
        Line();
        Row("Time (UTC)", "Stage", "What", "From where");
        Row("---", "---", "---", "---");
        foreach (var item in finding.Evidence)
        {
            var e = item.Event;
            var place = $"{(e.LogName.Length > 0 ? e.LogName : "log source unknown")}, {(e.Provenance.Length > 0 ? e.Provenance : "place not known")}";
            Row(TextExplanation.Time(e.Time), MarkdownText.Code(item.Stage), MarkdownText.Inline(EventSentence.Of(e)), MarkdownText.Inline(place));
        }
        if (finding.EvidenceOmitted > 0) Line($"\n{SinkWords.Count(finding.EvidenceOmitted, "further event")} left out: the limit of events in a finding was reached.");
    }

    private void WriteList(string heading, IReadOnlyList<string> items)
    {
        if (items.Count == 0) return;
        Line();
        Line($"{heading}:");
        Line();
        foreach (var item in items) Item(MarkdownText.Inline(item));
    }

    private static string Device(DeviceReference device) => MarkdownText.Inline(TextExplanation.Name(device));

    private static string App(Finding finding) => finding.App is null ? "no app" : MarkdownText.Code(finding.App);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private void Item(string text) => Line("- " + text);

    private void Row(params ReadOnlySpan<string> cells) => Line($"| {string.Join(" | ", cells)} |");

    private void Line(string text = "") => output.Write(text + "\n");
}

/// <summary>The report for tickets and wikis, as <c>report.md</c>.</summary>
internal sealed class MarkdownSink : ISink
{
    public string Id => "markdown";

    public string FileName => "report.md";

    public void Write(RunResult result, Stream output)
    {
        using var writer = new StreamWriter(output, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        new MarkdownReport(writer, result).Write();
    }
}
