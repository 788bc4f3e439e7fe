namespace Nightjar.Sinks.Plain;

/// <summary>Writes headings, labelled lines and indented paragraphs of a fixed width.</summary>
internal sealed class PlainPage(TextWriter output, int width)
{
    private readonly int _width = Math.Max(40, width);

    public void Blank() => output.Write('\n');

    public void Heading(string text)
    {
        Blank();
        Paragraph(text.ToUpperInvariant());
    }

    /// <summary>A paragraph; <paramref name="indent"/> columns stay free before each line.</summary>
    public void Paragraph(string text, int indent = 0) => Hanging(new string(' ', indent), text);

    /// <summary>A label and a text beside it; further lines of the text stand under its first.</summary>
    public void Hanging(string label, string text)
    {
        var indent = LineWrapper.Columns(label);
        var first = true;
        foreach (var line in LineWrapper.Wrap(text, Math.Max(20, _width - indent)))
        {
            output.Write(((first ? label : new string(' ', indent)) + line).TrimEnd());
            output.Write('\n');
            first = false;
        }
    }
}
