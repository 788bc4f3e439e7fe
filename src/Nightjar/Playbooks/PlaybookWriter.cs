using System.Text;

namespace Nightjar.Playbooks;

/// <summary>Writes sections as Markdown of the form that is read. Text and code are written so that they can be nothing else.</summary>
internal static class PlaybookWriter
{
    private const string Special = "\\`*{}[]<>#|~_!&";

    public static string Markdown(IEnumerable<PlaybookSection> sections)
    {
        var text = new StringBuilder();
        foreach (var section in sections)
        {
            if (text.Length > 0) text.Append('\n');
            text.Append("## ").Append(section.Title).Append('\n');
            Write(text, section.Blocks);
        }
        return text.ToString();
    }

    /// <summary>One block's text as Markdown.</summary>
    public static string Markdown(IEnumerable<PlaybookSpan> spans)
    {
        var text = new StringBuilder();
        foreach (var span in spans)
        {
            if (span.Kind == PlaybookSpanKind.Code) text.Append(Code(span.Text));
            else if (span.Kind == PlaybookSpanKind.Strong) text.Append("**").Append(Plain(span.Text)).Append("**");
            else if (span.Kind == PlaybookSpanKind.Placeholder) text.Append('{').Append(span.Text).Append('}');
            else text.Append(Plain(span.Text));
        }
        return text.ToString();
    }

    /// <summary>Any text as a code span: a fence of backticks that is longer than any in the text.</summary>
    public static string Code(string text)
    {
        var longest = 0;
        var run = 0;
        foreach (var c in text) longest = Math.Max(longest, run = c == '`' ? run + 1 : 0);
        var fence = new string('`', longest + 1);
        var needsRoom = text.Length > 0 && (text[0] is '`' or ' ' || text[^1] is '`' or ' ');
        return needsRoom ? $"{fence} {text} {fence}" : fence + text + fence;
    }

    private static void Write(StringBuilder text, IReadOnlyList<PlaybookBlock> blocks)
    {
        var when = PlaybookCondition.Always;
        PlaybookBlockKind? before = null;
        var step = 0;
        foreach (var block in blocks)
        {
            if (block.When != when)
            {
                if (when != PlaybookCondition.Always) text.Append(":::\n");
                if (block.When != PlaybookCondition.Always) text.Append("\n::: ").Append(Words(block.When)).Append('\n');
                (when, before, step) = (block.When, null, 0);
            }
            if (before is null || before != block.Kind || block.Kind == PlaybookBlockKind.Paragraph) text.Append('\n');
            step = block.Kind == PlaybookBlockKind.Step ? step + 1 : 0;
            var mark = block.Kind switch { PlaybookBlockKind.Item => "- ", PlaybookBlockKind.Step => $"{step}. ", _ => "" };
            var body = Markdown(block.Spans);
            // What the text begins with must not make it another kind of block.
            if (body is ['-' or ':' or '+' or '=', ..]) body = "\\" + body;
            text.Append(mark).Append(body).Append('\n');
            before = block.Kind;
        }
        if (when != PlaybookCondition.Always) text.Append(":::\n");
    }

    private static string Words(PlaybookCondition when) => $"{when.Kind.ToString().ToLowerInvariant()} {when.Stage}".TrimEnd();

    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (Special.Contains(c, StringComparison.Ordinal)) plain.Append('\\');
            plain.Append(c);
        }
        return plain.ToString();
    }
}
