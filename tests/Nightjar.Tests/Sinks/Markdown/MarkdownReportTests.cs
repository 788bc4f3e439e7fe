using System.Text;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Nightjar.Findings;
using Nightjar.Playbooks;
using Nightjar.Sinks;
using Nightjar.Sinks.Markdown;
using Xunit;

namespace Nightjar.Tests.Sinks.Markdown;

/// <summary>The report as Markdown, seen through a renderer of others.</summary>
public sealed class MarkdownReportTests
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UseAdvancedExtensions().Build();

    [Fact]
    public void It_leads_with_what_was_found_and_ends_with_what_could_not_be_read()
    {
        var report = Report(SampleRun.Result());
        Assert.StartsWith("# What Nightjar found\n\n4 findings on 3 of 5 devices", report, StringComparison.Ordinal);
        Assert.Contains("`com.example.torch`", report, StringComparison.Ordinal);
        Assert.Contains("## What could not be checked", report, StringComparison.Ordinal);
        Assert.Contains("`logs/vault.zip`: not readable", report, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_finding_has_its_evidence_with_places_and_its_score()
    {
        var report = Report(SampleRun.Result());
        foreach (var finding in SampleFindings.All())
        {
            Assert.Contains(finding.Uid, report, StringComparison.Ordinal);
            Assert.All(finding.Evidence, item => Assert.Contains(item.Event.Provenance.Split(' ')[^1], report, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void No_text_of_a_finding_becomes_a_link_a_picture_or_markup()
    {
        var report = Report(new RunResult(SampleRun.Summary(), [SampleFindings.Hostile(), WithLinks()]));
        var document = Markdig.Markdown.Parse(report, Pipeline);
        Assert.Empty(document.Descendants<LinkInline>());
        Assert.Empty(document.Descendants<AutolinkInline>());
        Assert.Empty(document.Descendants<HtmlInline>());
        Assert.Empty(document.Descendants<HtmlBlock>());
        Assert.Empty(document.Descendants<FencedCodeBlock>());
        Assert.DoesNotContain(report, c => c is '\u202E' or '\u001b');
    }

    [Fact]
    public void A_report_without_care_would_have_links()
    {
        var document = Markdig.Markdown.Parse("see http://evil.example and [x](y) <b>", Pipeline);
        Assert.NotEmpty(document.Descendants<LinkInline>());
        Assert.NotEmpty(document.Descendants<HtmlInline>());
    }

    [Fact]
    public void A_filled_playbook_is_Markdown_in_which_values_are_code()
    {
        var template = PlaybookTemplate.Read(Tests.Playbooks.PlaybookTests.Sound, new PlaybookMistakes("p"))!;
        var markdown = template.Fill(_ => ("`x` [a](http://evil.example) <img src=x> ![p](q) www.evil.example", false), _ => true).Markdown;
        var document = Markdig.Markdown.Parse(markdown, Pipeline);
        Assert.Empty(document.Descendants<LinkInline>());
        Assert.Empty(document.Descendants<HtmlInline>());
        Assert.Contains(document.Descendants<CodeInline>(), code => code.Content.Contains("www.evil.example", StringComparison.Ordinal));
    }

    private static Finding WithLinks() => SampleFindings.IosRetrieval() with
    {
        Uid = "links",
        App = "com.x|`y`",
        Title = "com.x talked to http://evil.example/a_b and www.evil.example, mailto:a@evil.example [a](http://evil.example) ![p](http://evil.example/p.png)",
        Notes = ["# not a heading", "- not a list", "| not | a table |", "1. not a step", "```", "    not code", "> no quote", "<script>alert(1)</script>", "[^1]: no footnote", "ftp://evil.example"],
    };

    private static string Report(RunResult result)
    {
        using var output = new MemoryStream();
        new MarkdownSink().Write(result, output);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
