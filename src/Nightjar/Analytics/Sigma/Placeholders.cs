using System.Text;

namespace Nightjar.Analytics.Sigma;

/// <summary>The placeholders <c>%Name%</c> of values under <c>expand</c>. <c>\%</c> is a percent sign.</summary>
internal static class Placeholders
{
    private const int MostTexts = 10_000;

    /// <summary>Names in a value.</summary>
    public static IEnumerable<string> Names(string value) => Parts(value).Where(part => part.IsName).Select(part => part.Text);

    /// <summary>The value with every combination of what its placeholders stand for; null, with the name, when one stands for nothing known.</summary>
    public static IReadOnlyList<string>? Expand(string value, Func<string, IReadOnlyList<string>?> known, out string unknown)
    {
        unknown = "";
        List<string> texts = [""];
        foreach (var (text, isName) in Parts(value))
        {
            var values = isName ? known(text) : [text];
            if (values is null)
            {
                unknown = text;
                return null;
            }
            texts = [.. texts.SelectMany(_ => values, (before, after) => before + after).Take(MostTexts)];
        }
        return texts;
    }

    // Percent signs that enclose nothing that could be a name mean themselves.
    private static IEnumerable<(string Text, bool IsName)> Parts(string value)
    {
        var text = new StringBuilder();
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '\\' && i + 1 < value.Length && value[i + 1] == '%')
            {
                text.Append(value[++i]);
                continue;
            }
            var end = value[i] == '%' ? value.IndexOf('%', i + 1) : -1;
            if (end <= i + 1 || !value.AsSpan(i + 1, end - i - 1).ContainsAnyExcept(' ') || value.AsSpan(i + 1, end - i - 1).ContainsAny(" \\/*?"))
            {
                text.Append(value[i]);
                continue;
            }
            if (text.Length > 0) yield return (text.ToString(), false);
            text.Clear();
            yield return (value[(i + 1)..end], true);
            i = end;
        }
        if (text.Length > 0) yield return (text.ToString(), false);
    }
}
