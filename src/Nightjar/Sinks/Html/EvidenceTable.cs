using System.Globalization;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sinks.Plain;

namespace Nightjar.Sinks.Html;

/// <summary>The evidence of a finding as a table: the text that the timeline stands beside, with provenance, and every field on demand.</summary>
internal static class EvidenceTable
{
    private const int FieldLimit = 2000;

    public static void Write(HtmlWriter html, Finding finding)
    {
        using (html.Open("table", ("class", "evidence")))
        {
            html.Element("caption", $"Evidence: {SinkWords.Count(finding.Evidence.Count, "event")} in order of time, UTC");
            using (html.Open("thead"))
            using (html.Open("tr"))
            {
                foreach (var head in (ReadOnlySpan<string>)["No.", "When", "Stage", "What", "From where"]) html.Element("th", head, ("scope", "col"));
            }
            using (html.Open("tbody"))
            {
                for (var i = 0; i < finding.Evidence.Count; i++) WriteRow(html, i + 1, finding, finding.Evidence[i]);
            }
        }
        if (finding.EvidenceOmitted > 0)
            html.Element("p", $"{SinkWords.Count(finding.EvidenceOmitted, "further event")} left out: the limit of events in a finding was reached.", ("class", "note"));
    }

    private static void WriteRow(HtmlWriter html, int number, Finding finding, Evidence evidence)
    {
        var e = evidence.Event;
        using var row = html.Open("tr");
        html.Element("th", number.ToString(CultureInfo.InvariantCulture), ("scope", "row"));
        using (html.Open("td")) WriteTime(html, e);
        html.Element("td", evidence.Stage, ("class", "u"));
        using (html.Open("td", ("class", "u"))) WriteWhat(html, finding, e);
        using (html.Open("td", ("class", "u"))) WriteOrigin(html, e);
    }

    private static void WriteTime(HtmlWriter html, EvidenceEvent e)
    {
        var text = TextExplanation.Time(e.Time);
        html.Element("small", text[..10]);
        html.Text(" ");
        html.Element("time", text[11..], ("datetime", e.Time.ToString()));
        if (e.End == e.Time) return;
        html.Text(" ");
        html.Element("small", $"for {SinkWords.Length(e.End - e.Time)}");
    }

    private static void WriteWhat(HtmlWriter html, Finding finding, EvidenceEvent e)
    {
        html.Text(EventSentence.Of(e));
        var state = EventSentence.StateOf(e);
        if (e.App != finding.App) state = (e.App is null ? "names no app" : $"app {e.App}") + (state.Length > 0 ? ", " + state : "");
        if (state.Length > 0) html.Element("small", state, ("class", "state"));
        if (e.Fields.Count == 0) return;
        using var more = html.Open("details", ("class", "raw"));
        html.Element("summary", $"All {SinkWords.Count(e.Fields.Count, "field")}");
        using (html.Open("pre")) html.Lines(FieldText.Of(e, FieldLimit).Select(field => $"{field.Path} = {field.Value}"));
    }

    private static void WriteOrigin(HtmlWriter html, EvidenceEvent e)
    {
        html.Text(e.LogName.Length > 0 ? e.LogName : "log source unknown");
        html.Element("small", e.Provenance.Length > 0 ? e.Provenance : "place not known", ("class", "state"));
        html.Element("small", $"event {e.Uid}", ("class", "state id"));
    }
}
