using System.Text;

namespace Nightjar.Analytics.Sigma;

/// <summary>A Sigma text value: <c>*</c> is any run, <c>?</c> any one character, a backslash takes the next of <c>* ? \</c> as it is.</summary>
internal sealed class SigmaPattern
{
    private const char AnyRun = '\uE000';
    private const char AnyOne = '\uE001';

    private readonly string _text;
    private readonly bool _hasWildcard;
    private readonly StringComparison _comparison;

    private SigmaPattern(string text, bool cased)
    {
        _text = text;
        _hasWildcard = text.Contains(AnyRun, StringComparison.Ordinal) || text.Contains(AnyOne, StringComparison.Ordinal);
        _comparison = cased ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
    }

    /// <summary>Reads a value as written. <paramref name="before"/> and <paramref name="after"/> add a leading or trailing run.</summary>
    public static SigmaPattern Parse(string value, bool cased, bool before = false, bool after = false)
    {
        var text = new StringBuilder(before ? $"{AnyRun}" : "");
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (c == '\\' && i + 1 < value.Length && value[i + 1] is '*' or '?' or '\\') text.Append(value[++i]);
            else text.Append(c switch { '*' => AnyRun, '?' => AnyOne, _ => c });
        }
        if (after) text.Append(AnyRun);
        return new SigmaPattern(text.ToString(), cased);
    }

    /// <summary>Takes a value letter by letter, without wildcards.</summary>
    public static SigmaPattern Literal(string value, bool cased, bool before = false, bool after = false) =>
        new($"{(before ? $"{AnyRun}" : "")}{value}{(after ? $"{AnyRun}" : "")}", cased);

    public bool Matches(string text) => _hasWildcard ? Glob(text) : string.Equals(text, _text, _comparison);

    // Greedy with one point of return: linear in text times number of runs, never exponential.
    private bool Glob(string text)
    {
        int t = 0, p = 0, runAt = -1, retry = 0;
        while (t < text.Length)
        {
            if (p < _text.Length && _text[p] == AnyRun)
            {
                runAt = p++;
                retry = t;
            }
            else if (p < _text.Length && (_text[p] == AnyOne || Same(_text[p], text[t])))
            {
                p++;
                t++;
            }
            else if (runAt >= 0)
            {
                p = runAt + 1;
                t = ++retry;
            }
            else
            {
                return false;
            }
        }
        while (p < _text.Length && _text[p] == AnyRun) p++;
        return p == _text.Length;
    }

    private bool Same(char a, char b) =>
        a == b || _comparison == StringComparison.OrdinalIgnoreCase && char.ToUpperInvariant(a) == char.ToUpperInvariant(b);
}
