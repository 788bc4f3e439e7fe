using System.Globalization;
using Nightjar.Findings;
using Nightjar.Playbooks;

namespace Nightjar.Sinks.Plain;

/// <summary>Prints a playbook as plain text.</summary>
public static class TextPlaybook
{
    /// <summary>Writes the playbook of a finding and where its evidence stands. Lines end with <c>\n</c>.</summary>
    /// <param name="finding">A finding that has one.</param>
    /// <param name="ownership">Whose device it is.</param>
    /// <param name="output">Where to.</param>
    /// <param name="width">Columns, at least 40.</param>
    public static void Write(Finding finding, DeviceOwnership ownership, TextWriter output, int width = 80)
    {
        var page = new PlainPage(output, width);
        page.Paragraph(VisibleText.Of($"{finding.Analytic.Uid} {finding.Analytic.Name}"));
        page.Paragraph(VisibleText.Of(finding.Title));
        page.Blank();
        page.Hanging("Finding    ", VisibleText.Of(finding.Uid));
        page.Hanging("Device     ", $"{TextExplanation.Name(finding.Device)}: {PlaybookParts.For(ownership)}");
        WriteSections(page, finding.Playbook?.Sections ?? [], ownership);
        page.Heading("Where the evidence stands");
        for (var i = 0; i < finding.Evidence.Count; i++) WriteEvidence(page, i + 1, finding.Evidence[i]);
        if (finding.EvidenceOmitted > 0) page.Paragraph($"{SinkWords.Count(finding.EvidenceOmitted, "further event")} left out of the finding.", 2);
    }

    /// <summary>Writes a playbook that no finding has filled: placeholders stand in braces.</summary>
    /// <param name="heading">What it is for.</param>
    /// <param name="template">The playbook.</param>
    /// <param name="ownership">Whose device it is for.</param>
    /// <param name="output">Where to.</param>
    /// <param name="width">Columns, at least 40.</param>
    public static void Write(string heading, PlaybookTemplate template, DeviceOwnership ownership, TextWriter output, int width = 80)
    {
        var page = new PlainPage(output, width);
        page.Paragraph(VisibleText.Of(heading));
        page.Paragraph("What stands in braces is filled from a finding.");
        WriteSections(page, template.Sections, ownership);
    }

    private static void WriteSections(PlainPage page, IReadOnlyList<PlaybookSection> sections, DeviceOwnership ownership)
    {
        foreach (var section in PlaybookParts.Of(sections, ownership))
        {
            page.Heading(VisibleText.Of(section.Title));
            foreach (var part in section.Parts) WritePart(page, part);
        }
    }

    private static void WritePart(PlainPage page, PlaybookPart part)
    {
        var indent = part.Lead.Length > 0 ? "    " : "  ";
        if (part.Lead.Length > 0) page.Paragraph(VisibleText.Of(part.Lead), 2);
        foreach (var run in part.Runs)
        {
            for (var i = 0; i < run.Blocks.Count; i++)
            {
                var mark = run.Kind switch
                {
                    PlaybookBlockKind.Step => string.Create(CultureInfo.InvariantCulture, $"{run.First + i}. "),
                    PlaybookBlockKind.Item => "- ",
                    _ => "",
                };
                page.Hanging(indent + mark, string.Concat(run.Blocks[i].Spans.Select(Text)));
            }
        }
    }

    private static string Text(PlaybookSpan span) => span.Kind == PlaybookSpanKind.Placeholder ? $"{{{VisibleText.Of(span.Text)}}}" : VisibleText.Of(span.Text);

    private static void WriteEvidence(PlainPage page, int number, Evidence evidence)
    {
        var e = evidence.Event;
        var place = e.Provenance.Length > 0 ? VisibleText.Of(e.Provenance) : "its place is in evidence.ndjson";
        page.Hanging($"{number,4}. ", $"{TextExplanation.Time(e.Time)} UTC [{VisibleText.Of(evidence.Stage)}] {place}, event {VisibleText.Of(e.Uid)}");
    }
}
