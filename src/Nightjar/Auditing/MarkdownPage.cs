using System.Text;
using Nightjar.Sinks.Markdown;

namespace Nightjar.Auditing;

/// <summary>A page of Markdown whose foreign texts cannot become markup.</summary>
internal sealed class MarkdownPage : IDisposable
{
    private readonly StreamWriter _output;

    public MarkdownPage(Stream output) => _output = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 16 * 1024, leaveOpen: true) { NewLine = "\n" };

    /// <summary>A text of any origin.</summary>
    public static string Text(string? text) => MarkdownText.Inline(text, 500);

    /// <summary>A value of any origin, as code.</summary>
    public static string Code(string? text) => MarkdownText.Code(text, 500);

    public void Heading(int level, string text) => _output.WriteLine($"{new string('#', level)} {text}\n");

    public void Paragraph(string text) => _output.WriteLine(text + "\n");

    /// <summary>A list; nothing when it is empty.</summary>
    public void List(IEnumerable<string> items)
    {
        var any = false;
        foreach (var item in items)
        {
            _output.WriteLine($"- {item}");
            any = true;
        }
        if (any) _output.WriteLine();
    }

    /// <summary>A table.</summary>
    public void Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        _output.WriteLine($"| {string.Join(" | ", columns)} |");
        _output.WriteLine($"|{string.Concat(Enumerable.Repeat("---|", columns.Count))}");
        foreach (var row in rows) _output.WriteLine($"| {string.Join(" | ", row)} |");
        _output.WriteLine();
    }

    public void Dispose() => _output.Dispose();
}
