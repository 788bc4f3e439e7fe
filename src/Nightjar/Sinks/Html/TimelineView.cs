using System.Globalization;
using Nightjar.Findings;
using Nightjar.Sinks.Plain;

namespace Nightjar.Sinks.Html;

/// <summary>Draws a <see cref="Timeline"/>: one row a stage, labels as text beside small SVG tracks, so that it reads at every width and by ear.</summary>
internal static class TimelineView
{
    private const int MostMarksSpoken = 12;

    public static void Write(HtmlWriter html, Timeline timeline)
    {
        var ticks = timeline.Axis.Ticks.ToList();
        using (html.Open("figure", ("class", "timeline")))
        {
            html.Element("figcaption", Caption(timeline));
            using var lanes = html.Open("div", ("class", "lanes"));
            WriteGrid(html, ticks);
            foreach (var band in timeline.Bands) WriteBand(html, timeline.Axis, band);
            foreach (var lane in timeline.Lanes) WriteLane(html, timeline.Axis, lane);
            WriteAxis(html, ticks);
        }
    }

    private static string Caption(Timeline timeline)
    {
        var text = $"What happened when: {TextExplanation.When(timeline.From, timeline.To)}. Numbers are those of the evidence table.";
        return timeline.Bands.Any(band => band.Spans.Any(span => !span.IsStated))
            ? text + " A thick line is a state that events state, a thin line one that holds on from when it was told." : text;
    }

    private static void WriteBand(HtmlWriter html, TimeAxis axis, StateBand band)
    {
        using var row = html.Open("div", ("class", "lane band"));
        WriteLabel(html, band.Title, band.Fact ?? "");
        var spoken = band.Spans.Count == 0
            ? $"{band.Title}: no event of the evidence states it"
            : $"{band.Title}: " + string.Join("; ", Spoken(band).Take(MostMarksSpoken).Select(span => $"{span.Word} {(span.IsStated ? "at" : "from")} {axis.Clock(span.From)}"));
        using var svg = OpenTrack(html, spoken);
        if (band.Spans.Count == 0) WriteNothing(html);
        foreach (var span in band.Spans) WriteSpan(html, axis, span);
        // Words only where they change, so that they do not stand on one another.
        string? before = null;
        foreach (var span in band.Spans)
        {
            if (span.Word != before) WriteWord(html, axis.Percent(span.From), span.Word);
            before = span.Word;
        }
    }

    // What only holds on is spoken where nothing states it.
    private static IEnumerable<StateSpan> Spoken(StateBand band) =>
        band.Spans.Any(span => span.IsStated) ? band.Spans.Where(span => span.IsStated) : band.Spans;

    private static void WriteSpan(HtmlWriter html, TimeAxis axis, StateSpan span)
    {
        var kind = span.IsStated ? "stated" : "held";
        if (span.To == span.From)
            html.Empty("circle", ("class", kind), ("cx", axis.X(span.From)), ("cy", "22"), ("r", "3.5"));
        else
            html.Empty("rect", ("class", kind), ("x", axis.X(span.From)), ("y", span.IsStated ? "20" : "21"), ("width", axis.Width(span.From, span.To)), ("height", span.IsStated ? "4" : "2"));
    }

    private static void WriteWord(HtmlWriter html, double percent, string word) =>
        html.Element("text", word, ("x", TimeAxis.Css(percent)), ("y", "13"), ("class", percent > 60 ? "end" : null));

    private static void WriteLane(HtmlWriter html, TimeAxis axis, StageLane lane)
    {
        using var row = html.Open("div", ("class", lane.State is null ? "lane extra" : "lane"));
        var state = lane.State switch
        {
            null => lane.IsContribution ? "adds to the score" : "context",
            StageState.Matched when lane.Marks.Count == 0 => "seen; its events are not among the evidence kept",
            StageState known => known.Say(),
        };
        WriteLabel(html, lane.Title ?? lane.Id, lane.Title is null ? state : $"{lane.Id}: {state}");
        using var svg = OpenTrack(html, Speak(axis, lane, state));
        if (lane.Marks.Count == 0) WriteNothing(html);
        var labelled = double.NegativeInfinity;
        foreach (var mark in lane.Marks)
        {
            WriteMark(html, axis, mark);
            var percent = axis.Percent(mark.From);
            if (percent - labelled < 3) continue;
            html.Element("text", mark.Number.ToString(CultureInfo.InvariantCulture), ("x", TimeAxis.Css(percent)), ("y", "12"), ("class", "number"));
            labelled = percent;
        }
    }

    private static void WriteNothing(HtmlWriter html) => html.Empty("line", ("class", "empty"), ("x1", "0"), ("x2", "100%"), ("y1", "22"), ("y2", "22"));

    private static void WriteMark(HtmlWriter html, TimeAxis axis, TimeMark mark)
    {
        var isInstant = mark.To == mark.From;
        var shape = isInstant
            ? html.Open("circle", ("class", "mark"), ("cx", axis.X(mark.From)), ("cy", "22"), ("r", "4.5"))
            : html.Open("rect", ("class", "mark"), ("x", axis.X(mark.From)), ("y", "18"), ("width", axis.Width(mark.From, mark.To)), ("height", "8"), ("rx", "1.5"));
        using (shape) html.Element("title", $"{mark.Number}: {axis.Clock(mark.From, mark.To)}: {mark.Text}");
        // Where a short interval would shrink to nothing, its begin still stands.
        if (!isInstant) html.Empty("line", ("class", "begin"), ("x1", axis.X(mark.From)), ("x2", axis.X(mark.From)), ("y1", "16"), ("y2", "28"));
    }

    private static void WriteAxis(HtmlWriter html, List<(double Percent, string Label)> ticks)
    {
        using var row = html.Open("div", ("class", "lane axis"));
        WriteLabel(html, "", "");
        using var svg = html.Open("svg", ("class", "track"), ("aria-hidden", "true"));
        foreach (var (percent, label) in ticks)
        {
            html.Empty("line", ("x1", TimeAxis.Css(percent)), ("x2", TimeAxis.Css(percent)), ("y1", "0"), ("y2", "5"));
            html.Element("text", label, ("x", TimeAxis.Css(percent)), ("y", "16"), ("class", percent < 8 ? "start" : percent > 92 ? "end" : "mid"));
        }
    }

    private static void WriteLabel(HtmlWriter html, string title, string state)
    {
        using var label = html.Open("div", ("class", "lane-label"));
        if (title.Length > 0) html.Element("span", title, ("class", "u"));
        if (state.Length > 0) html.Element("small", state);
    }

    private static HtmlWriter.Scope OpenTrack(HtmlWriter html, string spoken) =>
        html.Open("svg", ("class", "track"), ("role", "img"), ("aria-label", spoken));

    // Once behind all lanes: in each it would be a third of the drawing.
    private static void WriteGrid(HtmlWriter html, List<(double Percent, string Label)> ticks)
    {
        using var svg = html.Open("svg", ("class", "grid"), ("aria-hidden", "true"));
        foreach (var (percent, _) in ticks)
            html.Empty("line", ("x1", TimeAxis.Css(percent)), ("x2", TimeAxis.Css(percent)), ("y1", "0"), ("y2", "100%"));
    }

    private static string Speak(TimeAxis axis, StageLane lane, string state)
    {
        if (lane.Marks.Count == 0) return $"{lane.Id}: {state}, nothing drawn";
        var told = lane.Marks.Take(MostMarksSpoken).Select(mark => $"event {mark.Number}, {axis.Clock(mark.From, mark.To)}");
        var more = lane.Marks.Count - MostMarksSpoken;
        return $"{lane.Id}: {string.Join("; ", told)}" + (more > 0 ? $"; and {more} more in the evidence table" : "");
    }
}
