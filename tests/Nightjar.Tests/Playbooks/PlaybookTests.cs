using Nightjar.Playbooks;
using Nightjar.Sinks.Plain;
using Xunit;

namespace Nightjar.Tests.Playbooks;

/// <summary>The form of playbooks: what is read, what filling makes of it, and that no value becomes markup.</summary>
public sealed class PlaybookTests
{
    internal const string Sound = """
        ## Confirm

        1. Look at {write.file.path}
           and ask for its **owner**.

        ::: seen load
        2. It was loaded at {load.time}.
        :::

        ## Preserve

        Take `adb bugreport` first.

        ## Contain

        ::: managed
        - Suspend {app}.
        :::

        ::: personal
        - Ask the user to stop {app}.
        :::

        ## Decide on the app

        - Keep or block {app}.

        ## Recover

        - Remove it.

        ## Report

        - Name {finding}.
        """;

    private const string Attack = "`; rm -rf /` **x** [a](http://evil.example) <b> ![p](x)\n## Report\n::: managed\n\u202Egpj\u001b[31m ``` end";

    [Fact]
    public void A_sound_playbook_has_six_sections_and_no_mistake()
    {
        var mistakes = new PlaybookMistakes("playbook.md");
        var template = PlaybookTemplate.Read(Sound, mistakes)!;
        Assert.Empty(mistakes.All);
        Assert.Equal(PlaybookTemplate.Titles, template.Sections.Select(section => section.Title));
    }

    [Fact]
    public void A_line_goes_on_in_the_next()
    {
        var spans = Template().Sections[0].Blocks[0].Spans;
        Assert.Equal(["Look at ", "write.file.path", " and ask for its ", "owner", "."], spans.Select(span => span.Text));
        Assert.Equal([PlaybookSpanKind.Text, PlaybookSpanKind.Placeholder, PlaybookSpanKind.Text, PlaybookSpanKind.Strong, PlaybookSpanKind.Text], spans.Select(span => span.Kind));
    }

    [Fact]
    public void Filling_decides_what_depends_on_a_stage_and_keeps_what_depends_on_the_device()
    {
        var seen = Template().Fill(name => ($"<{name}>", false), _ => true);
        var unseen = Template().Fill(name => ($"<{name}>", false), _ => false);
        Assert.Equal(2, seen.Sections[0].Blocks.Count);
        Assert.Single(unseen.Sections[0].Blocks);
        Assert.Equal([PlaybookConditionKind.Managed, PlaybookConditionKind.Personal], seen.Sections[2].Blocks.Select(block => block.When.Kind));
        Assert.DoesNotContain(seen.Sections.SelectMany(section => section.Blocks).SelectMany(block => block.Spans), span => span.Kind == PlaybookSpanKind.Placeholder);
    }

    [Fact]
    public void A_hostile_value_stays_one_piece_of_code()
    {
        var plain = Template().Fill(_ => ("value", false), _ => true);
        var hostile = Template().Fill(_ => (Attack, false), _ => true);
        Assert.Equal(Shape(plain), Shape(hostile));
        Assert.Contains(hostile.Sections[0].Blocks[0].Spans, span => span.Kind == PlaybookSpanKind.Code && span.Text.StartsWith("`; rm -rf /` **x**", StringComparison.Ordinal));
        Assert.DoesNotContain(hostile.Markdown, c => c is '\u202E' or '\u001b');
    }

    [Fact]
    public void What_is_filled_reads_back_as_it_was()
    {
        foreach (var value in (string[])["value", Attack, "`", "``", " a ", "", "\\", "*", "{app}", "a`b", new string('x', 5_000)])
        {
            var filled = Template().Fill(_ => (value, false), _ => true);
            Assert.Equal(filled.Markdown, PlaybookWriter.Markdown(filled.Sections));
            Assert.Equal(filled.Markdown, PlaybookWriter.Markdown(new Playbook(filled.Markdown).Sections));
        }
    }

    [Fact]
    public void A_playbook_for_one_ownership_leaves_the_other_out()
    {
        using var managed = new StringWriter();
        using var personal = new StringWriter();
        TextPlaybook.Write("T", Template(), DeviceOwnership.Managed, managed);
        TextPlaybook.Write("T", Template(), DeviceOwnership.Personal, personal);
        Assert.Contains("Suspend {app}.", managed.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Ask the user", managed.ToString(), StringComparison.Ordinal);
        Assert.Contains("Ask the user to stop {app}.", personal.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Suspend", personal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void No_line_is_wider_than_asked()
    {
        using var output = new StringWriter();
        TextPlaybook.Write(new string('w', 300), Template(), DeviceOwnership.Unknown, output, 60);
        Assert.All(output.ToString().Split('\n'), line => Assert.True(line.Length <= 60, line));
    }

    private static PlaybookTemplate Template() => PlaybookTemplate.Read(Sound, new PlaybookMistakes("playbook.md"))!;

    private static IEnumerable<string> Shape(Playbook playbook) =>
        from section in playbook.Sections
        from block in section.Blocks
        select $"{section.Title} {block.Kind} {block.When.Kind} {string.Join(',', block.Spans.Select(span => span.Kind))}";
}
