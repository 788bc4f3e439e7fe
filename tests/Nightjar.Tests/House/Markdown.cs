using System.Text.RegularExpressions;

namespace Nightjar.Tests.House;

/// <summary>A fenced block.</summary>
/// <param name="Line">Line of its opening fence, from 1.</param>
/// <param name="Info">What stands behind the opening fence: the language, then words of ours.</param>
/// <param name="Text">Its lines, each with a line end.</param>
/// <param name="First">Index of its first line, from 0.</param>
internal sealed record Fence(int Line, string Info, string Text, int First);

/// <summary>A link or a piece of code in running text.</summary>
internal sealed record Span(int Line, string Text);

/// <summary>As much of a document's form as the tests over documents need.</summary>
internal sealed partial class Markdown
{
    private Markdown(string text)
    {
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].StartsWith("```", StringComparison.Ordinal)) i = ReadFence(lines, i);
            else ReadLine(lines[i], i + 1);
        }
    }

    public List<Fence> Fences { get; } = [];

    public List<Span> Links { get; } = [];

    public List<Span> Code { get; } = [];

    /// <summary>What a link may name behind its "#".</summary>
    public HashSet<string> Anchors { get; } = new(StringComparer.Ordinal);

    public static Markdown Parse(string text) => new(text);

    private int ReadFence(string[] lines, int open)
    {
        var close = open + 1;
        while (close < lines.Length && lines[close].TrimEnd() != "```") close++;
        var text = string.Concat(lines[(open + 1)..close].Select(line => line + "\n"));
        Fences.Add(new Fence(open + 1, lines[open][3..].Trim(), text, open + 1));
        return close;
    }

    private void ReadLine(string line, int number)
    {
        if (line.StartsWith('#')) Anchors.Add(Anchor(line.TrimStart('#').Trim()));
        foreach (Match match in CodeSpan().Matches(line)) Code.Add(new Span(number, match.Groups[1].Value));
        var prose = CodeSpan().Replace(line, "code");
        foreach (Match match in Link().Matches(prose)) Links.Add(new Span(number, match.Groups[1].Value));
    }

    private static string Anchor(string heading) => NoAnchor().Replace(heading.ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex CodeSpan();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex NoAnchor();
}
