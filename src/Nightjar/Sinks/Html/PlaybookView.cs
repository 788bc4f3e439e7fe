using System.Globalization;
using Nightjar.Playbooks;
using Nightjar.Sinks.Plain;

namespace Nightjar.Sinks.Html;

/// <summary>The playbook of a finding, folded until it is wanted.</summary>
internal static class PlaybookView
{
    public static void Write(HtmlWriter html, Playbook playbook, DeviceOwnership ownership)
    {
        using var more = html.Open("details", ("class", "raw playbook"));
        html.Element("summary", "Playbook: " + PlaybookParts.For(ownership));
        foreach (var section in PlaybookParts.Of(playbook.Sections, ownership))
        {
            html.Element("h6", section.Title);
            foreach (var part in section.Parts) WritePart(html, part);
        }
    }

    private static void WritePart(HtmlWriter html, PlaybookPart part)
    {
        if (part.Lead.Length > 0)
        {
            using var lead = html.Open("p");
            html.Element("strong", part.Lead);
        }
        foreach (var run in part.Runs)
        {
            if (run.Kind == PlaybookBlockKind.Paragraph)
            {
                foreach (var block in run.Blocks) WriteBlock(html, "p", block);
                continue;
            }
            var isSteps = run.Kind == PlaybookBlockKind.Step;
            using var list = html.Open(isSteps ? "ol" : "ul", ("class", isSteps ? "steps" : "plain"), ("start", isSteps && run.First > 1 ? run.First.ToString(CultureInfo.InvariantCulture) : null));
            foreach (var block in run.Blocks) WriteBlock(html, "li", block);
        }
    }

    private static void WriteBlock(HtmlWriter html, string tag, PlaybookBlock block)
    {
        using var element = html.Open(tag, ("class", "u"));
        foreach (var span in block.Spans)
        {
            if (span.Kind == PlaybookSpanKind.Text) html.Text(span.Text);
            else html.Element(span.Kind == PlaybookSpanKind.Strong ? "strong" : "code", span.Kind == PlaybookSpanKind.Placeholder ? $"{{{span.Text}}}" : span.Text);
        }
    }
}
