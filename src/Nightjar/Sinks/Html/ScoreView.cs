using Nightjar.Events;
using Nightjar.Findings;

namespace Nightjar.Sinks.Html;

/// <summary>Draws how the score came about: what added to it as a stacked bar, and every contribution with its reason as a list.</summary>
internal static class ScoreView
{
    public static void Write(HtmlWriter html, Finding finding)
    {
        html.Element("h6", $"Why it counts: score {finding.Score} of 100");
        if (finding.Contributions.Count == 0) return;
        WriteBar(html, finding);
        using (html.Open("ul", ("class", "score")))
        {
            foreach (var item in finding.Contributions) WriteItem(html, item);
        }
        var sum = finding.Contributions.Where(item => item.State == Tri.True).Sum(item => (long)item.Points);
        if (sum != finding.Score) html.Element("p", $"The sum of {sum} is held between 0 and 100.", ("class", "note"));
    }

    private static void WriteBar(HtmlWriter html, Finding finding)
    {
        var added = finding.Contributions.Where(item => item is { State: Tri.True, Points: > 0 }).ToList();
        var open = finding.Contributions.Where(item => item is { State: Tri.Unknown, Points: > 0 }).ToList();
        var scale = Math.Max(100.0, added.Concat(open).Sum(item => (double)item.Points));
        var spoken = $"Score {finding.Score}: " + string.Join(", ", added.Select(item => $"{item.Points} {item.Name}"))
            + (open.Count > 0 ? "; unknown: " + string.Join(", ", open.Select(item => $"{item.Points} {item.Name}")) : "");
        using var svg = html.Open("svg", ("class", "bar"), ("height", "26"), ("role", "img"), ("aria-label", spoken));
        html.Empty("rect", ("class", "ground"), ("x", "0"), ("y", "4"), ("width", TimeAxis.Css(100 / scale * 100)), ("height", "18"), ("rx", "2"));
        double at = 0;
        foreach (var (item, i) in added.Select((item, i) => (item, i))) WriteSegment(html, item, ref at, scale, i % 2 == 0 ? "even" : "odd");
        foreach (var item in open) WriteSegment(html, item, ref at, scale, "open");
    }

    private static void WriteSegment(HtmlWriter html, Contribution item, ref double at, double scale, string kind)
    {
        var width = item.Points / scale * 100;
        using (html.Open("rect", ("class", kind), ("x", TimeAxis.Css(at)), ("y", "4"), ("width", TimeAxis.Css(width)), ("height", "18")))
            html.Element("title", $"{SinkWords.Signed(item.Points)} {item.Name}: {item.Reason}");
        if (width >= 7)
            html.Element("text", SinkWords.Signed(item.Points), ("class", kind), ("x", TimeAxis.Css(at + width / 2)), ("y", "17"));
        at += width;
    }

    private static void WriteItem(HtmlWriter html, Contribution item)
    {
        var (kind, points) = item.State switch
        {
            Tri.True => ("added", SinkWords.Signed(item.Points)),
            Tri.False => ("not", "0"),
            _ => ("open", "?"),
        };
        using var line = html.Open("li", ("class", kind));
        html.Element("b", points);
        using var text = html.Open("span", ("class", "u"));
        html.Element("strong", item.Name + ":");
        html.Text($" {item.Reason}{SinkWords.WouldBe(item)}");
    }
}
