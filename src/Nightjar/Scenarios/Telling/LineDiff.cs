using System.Text;

namespace Nightjar.Scenarios.Telling;

/// <summary>The difference of two texts, line by line: <c>-</c> was expected and is missing, <c>+</c> came instead.</summary>
internal static class LineDiff
{
    private const int Context = 2;
    private const int MaxLines = 2000;

    /// <summary>Empty when the texts are equal.</summary>
    public static string Of(string expected, string actual)
    {
        if (expected == actual) return "";
        var marked = Mark(Lines(expected), Lines(actual));
        var text = new StringBuilder();
        var last = -1;
        for (var i = 0; i < marked.Count; i++)
        {
            var near = Enumerable.Range(Math.Max(0, i - Context), Math.Min(marked.Count, i + Context + 1) - Math.Max(0, i - Context)).Any(other => marked[other].Mark != ' ');
            if (!near) continue;
            if (last >= 0 && i > last + 1) text.Append("  …\n");
            text.Append(marked[i].Mark).Append(' ').Append(marked[i].Line).Append('\n');
            last = i;
        }
        return text.ToString();
    }

    private static string[] Lines(string text) => [.. text.TrimEnd('\n').Split('\n').Take(MaxLines)];

    // The longest run of common lines, from the end; texts are short.
    private static List<(char Mark, string Line)> Mark(string[] a, string[] b)
    {
        var common = new int[a.Length + 1, b.Length + 1];
        for (var i = a.Length - 1; i >= 0; i--)
        {
            for (var j = b.Length - 1; j >= 0; j--)
                common[i, j] = a[i] == b[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        }
        var marked = new List<(char, string)>();
        for (int i = 0, j = 0; i < a.Length || j < b.Length;)
        {
            if (i < a.Length && j < b.Length && a[i] == b[j])
            {
                marked.Add((' ', a[i]));
                i++;
                j++;
            }
            else if (j >= b.Length || i < a.Length && common[i + 1, j] >= common[i, j + 1])
            {
                marked.Add(('-', a[i++]));
            }
            else
            {
                marked.Add(('+', b[j++]));
            }
        }
        return marked;
    }
}
