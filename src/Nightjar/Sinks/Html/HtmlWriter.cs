namespace Nightjar.Sinks.Html;

/// <summary>Writes HTML in which no text can become markup: every text and attribute passes through here and is escaped.</summary>
internal sealed class HtmlWriter(TextWriter output)
{
    /// <summary>Opens an element; disposing closes it. Tag and attribute names are the caller's constants.</summary>
    public Scope Open(string tag, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        output.Write('<');
        output.Write(tag);
        foreach (var (name, value) in attributes)
        {
            if (value is null) continue;
            output.Write(' ');
            output.Write(name);
            if (value.Length == 0) continue;
            output.Write("=\"");
            Escape(VisibleText.Of(value));
            output.Write('"');
        }
        output.Write('>');
        return new Scope(output, tag);
    }

    /// <summary>An element that holds only a text.</summary>
    public void Element(string tag, string text, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        using (Open(tag, attributes)) Text(text);
    }

    /// <summary>An element that holds nothing, of HTML (<c>meta</c>) or of SVG.</summary>
    public void Empty(string tag, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        var scope = Open(tag, attributes);
        if (tag is not ("meta" or "link" or "input" or "br")) scope.Dispose();
    }

    /// <summary>A text of any origin.</summary>
    public void Text(string text) => Escape(VisibleText.Of(text));

    /// <summary>Several lines of text, each made visible by itself.</summary>
    public void Lines(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            Escape(VisibleText.Of(line));
            output.Write('\n');
        }
    }

    /// <summary>Text that is markup already: the page's own style and script.</summary>
    public void Raw(string markup) => output.Write(markup);

    /// <summary>A line end between blocks, so that a page can be read in an editor.</summary>
    public void Break() => output.Write('\n');

    private void Escape(string text)
    {
        var rest = text.AsSpan();
        while (rest.IndexOfAny("&<>\"'") is >= 0 and var at)
        {
            output.Write(rest[..at]);
            output.Write(rest[at] switch { '&' => "&amp;", '<' => "&lt;", '>' => "&gt;", '"' => "&quot;", _ => "&#39;" });
            rest = rest[(at + 1)..];
        }
        output.Write(rest);
    }

    /// <summary>An open element.</summary>
    public readonly ref struct Scope(TextWriter output, string tag)
    {
        /// <summary>Closes it.</summary>
        public void Dispose()
        {
            output.Write("</");
            output.Write(tag);
            output.Write('>');
        }
    }
}
