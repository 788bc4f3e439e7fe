using System.Globalization;
using Nightjar.Findings;
using Nightjar.Playbooks;
using Nightjar.Sinks.Plain;

namespace Nightjar.Sinks.Html;

/// <summary>The playbook of a finding, folded until it is wanted; of many findings, its text once and what each fills in.</summary>
internal sealed class PlaybookView(HtmlWriter html, PlaybookForms? forms)
{
    private PlaybookForm? _form;
    private int _code;

    /// <summary>What a finding says of its playbook.</summary>
    public void Write(Finding finding)
    {
        if (finding.Playbook is null) return;
        var ownership = DeviceOwnerships.Of(finding);
        var sections = PlaybookParts.Of(finding.Playbook.Sections, ownership).ToList();
        if (forms?.Of(finding) is { } form)
        {
            WriteValues(form, sections);
            return;
        }
        using var more = html.Open("details", ("class", "block playbook"));
        html.Element("summary", "Playbook: " + PlaybookParts.For(ownership));
        WriteSections(sections, "h6");
    }

    /// <summary>The texts that findings share.</summary>
    public void WriteShared()
    {
        using var section = html.Open("section", ("id", "playbooks"), ("aria-labelledby", "h-playbooks"));
        html.Element("h2", "Playbooks", ("id", "h-playbooks"));
        html.Element("p", "What to do about the findings: each text stands here once, and each finding tells what its values are.", ("class", "lead"));
        foreach (var form in forms?.All ?? []) WriteShared(form);
    }

    private void WriteShared(PlaybookForm form)
    {
        using var more = html.Open("details", ("class", "block playbook"));
        html.Element("summary", $"{form.Title}; {SinkWords.Count(form.Findings, "finding")}", ("class", "u"));
        // Inside, so that a link to it unfolds it.
        using var body = html.Open("div", ("id", form.Id));
        (_form, _code) = (form, 0);
        WriteSections(form.Sections, "h3");
        _form = null;
    }

    // The script puts the text in place of this when the finding is opened.
    private void WriteValues(PlaybookForm form, List<PlaybookShown> sections)
    {
        using var box = html.Open("div", ("class", "values"), ("data-form", form.Id), ("data-title", "Playbook: " + PlaybookParts.For(form.Ownership)));
        html.Element("h6", "Playbook");
        using (html.Open("p", ("class", "plain")))
        {
            html.Element("a", form.Title, ("href", "#" + form.Id), ("class", "u"));
            html.Text(" stands once for all its findings. In this one its values are:");
        }
        using var list = html.Open("dl", ("class", "facts"));
        foreach (var (value, i) in form.Values(sections).Select((value, i) => (value, i)))
        {
            html.Element("dt", Name(i + 1));
            using var text = html.Open("dd");
            html.Element("code", value, ("class", "u"));
        }
    }

    private void WriteSections(IReadOnlyList<PlaybookShown> sections, string heading)
    {
        foreach (var section in sections)
        {
            html.Element(heading, section.Title);
            foreach (var part in section.Parts) WritePart(part);
        }
    }

    private void WritePart(PlaybookPart part)
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
                foreach (var block in run.Blocks) WriteBlock("p", block);
                continue;
            }
            var isSteps = run.Kind == PlaybookBlockKind.Step;
            using var list = html.Open(isSteps ? "ol" : "ul", ("class", isSteps ? "steps" : "plain"), ("start", isSteps && run.First > 1 ? run.First.ToString(CultureInfo.InvariantCulture) : null));
            foreach (var block in run.Blocks) WriteBlock("li", block);
        }
    }

    private void WriteBlock(string tag, PlaybookBlock block)
    {
        using var element = html.Open(tag, ("class", "u"));
        foreach (var span in block.Spans) WriteSpan(span);
    }

    private void WriteSpan(PlaybookSpan span)
    {
        switch (span.Kind)
        {
            case PlaybookSpanKind.Text: html.Text(span.Text); break;
            case PlaybookSpanKind.Strong: html.Element("strong", span.Text); break;
            case PlaybookSpanKind.Placeholder: html.Element("code", $"{{{span.Text}}}"); break;
            default: WriteCode(span.Text); break;
        }
    }

    private void WriteCode(string text)
    {
        var blank = _form?.Blank(_code++) ?? 0;
        if (blank == 0) html.Element("code", text);
        else html.Element("code", Name(blank), ("data-blank", (blank - 1).ToString(CultureInfo.InvariantCulture)));
    }

    private static string Name(int blank) => $"value {blank}";
}
