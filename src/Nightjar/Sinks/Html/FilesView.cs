using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sinks.Plain;

namespace Nightjar.Sinks.Html;

/// <summary>The files that were offered: first those with something to say, then those that were read without a complaint.</summary>
internal sealed class FilesView(HtmlWriter html, RunSummary summary)
{
    public void Write()
    {
        using var section = html.Open("section", ("id", "files"), ("aria-labelledby", "h-files"));
        html.Element("h2", "Files", ("id", "h-files"));
        html.Element("p", RunSentence.Files(summary), ("class", "lead"));
        var odd = summary.Files.Where(IsOdd).ToList();
        var clean = summary.Files.Where(file => !IsOdd(file)).ToList();
        if (odd.Count > 0) WriteTable("Files that were not read, or not wholly", odd);
        if (clean.Count == 0) return;
        using var rest = html.Open("details", ("class", "block"));
        html.Element("summary", $"{SinkWords.Count(clean.Count, "file")} read without a complaint");
        WriteTable("Files read without a complaint", clean);
    }

    private static bool IsOdd(FileAccount file) => file.State != FileState.Read || file.Anomalies.Count > 0 || file.TimeBasis is not (null or TimeBasis.Stated);

    private void WriteTable(string caption, List<FileAccount> files)
    {
        using var table = html.Open("table", ("class", "files"));
        html.Element("caption", caption);
        using (html.Open("thead"))
        using (html.Open("tr"))
        {
            foreach (var head in (ReadOnlySpan<string>)["File", "State", "Format", "Events", "Size", "Time (UTC)", "Remarks"]) html.Element("th", head, ("scope", "col"));
        }
        using var body = html.Open("tbody");
        foreach (var file in files) WriteRow(file);
    }

    private void WriteRow(FileAccount file)
    {
        using var row = html.Open("tr");
        html.Element("th", file.Path, ("scope", "row"), ("class", "u"));
        Cell("State", file.State.Say());
        Cell("Format", file.Reader ?? "none");
        Cell("Events", SinkWords.Number(file.Events));
        Cell("Size", SinkWords.Size(file.Bytes));
        Cell("Time", file.Span is { } span ? TextExplanation.When(span.From, span.To).Replace(" UTC", "", StringComparison.Ordinal) : "none");
        using var cell = html.Open("td", ("data-label", "Remarks"), ("class", "u"));
        var remarks = Remarks(file).ToList();
        if (remarks.Count == 0) html.Text("none");
        foreach (var remark in remarks) html.Element("p", remark);
    }

    private void Cell(string label, string text) => html.Element("td", text, ("data-label", label), ("class", "u"));

    private static IEnumerable<string> Remarks(FileAccount file)
    {
        if (file.Reason is not null) yield return file.Reason;
        if (file.TimeBasis is { } basis and not TimeBasis.Stated) yield return $"Times: {basis.Say()}.";
        foreach (var anomaly in file.Anomalies) yield return AnomalyText.Of(anomaly);
    }
}
