using System.Text;

namespace Nightjar.Analytics.Sigma;

/// <summary>A Sigma text value: <c>*</c> is any run, <c>?</c> any one character, a backslash takes the next of <c>* ? \</c> as it is.</summary>
internal sealed class SigmaPattern
{
    private const char AnyRun = '\uE000';
    private const char AnyOne = '\uE001';
    private const char AnyDash = '\uE002';
    private const string Dashes = "-/–—―";

    private readonly string _text;
    private readonly bool _hasWildcard;
    private readonly StringComparison _comparison;

    private SigmaPattern(string text, bool cased)
    {
        _text = text;
        _hasWildcard = text.AsSpan().ContainsAny(AnyRun, AnyOne, AnyDash);
        _comparison = cased ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
    }

    /// <summary>Reads a value as written. <paramref name="before"/> and <paramref name="after"/> add a leading or trailing run.</summary>
    /// <param name="value">The value.</param>
    /// <param name="cased">Capital and small letters differ.</param>
    /// <param name="before">Anything may stand before it.</param>
    /// <param name="after">Anything may stand after it.</param>
    /// <param name="dashes">A dash or slash that begins a word stands for every kind of dash.</param>
    public static SigmaPattern Parse(string value, bool cased, bool before = false, bool after = false, bool dashes = false)
    {
        var text = new StringBuilder(before ? $"{AnyRun}" : "");
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (c == '\\' && i + 1 < value.Length && value[i + 1] is '*' or '?' or '\\') text.Append(value[++i]);
            else if (dashes && BeginsOption(value, i)) text.Append(AnyDash);
            else text.Append(c switch { '*' => AnyRun, '?' => AnyOne, _ => c });
        }
        if (after) text.Append(AnyRun);
        return new SigmaPattern(text.ToString(), cased);
    }

    /// <summary>Takes a value letter by letter, without wildcards.</summary>
    public static SigmaPattern Literal(string value, bool cased, bool before = false, bool after = false) =>
        new($"{(before ? $"{AnyRun}" : "")}{value}{(after ? $"{AnyRun}" : "")}", cased);

    /// <summary>The plain text that a value stands for; null when it has a wildcard.</summary>
    public static string? Plain(string value)
    {
        var pattern = Parse(value, cased: true);
        return pattern._hasWildcard ? null : pattern._text;
    }

    /// <summary>A value with every kind of dash in each place where one begins a word; null when they are too many.</summary>
    public static IReadOnlyList<string>? DashVariants(string value)
    {
        List<string> variants = [""];
        for (var i = 0; i < value.Length; i++)
        {
            var next = BeginsOption(value, i) ? Dashes : value[i].ToString();
            variants = [.. variants.SelectMany(_ => next, (before, letter) => before + letter)];
            if (variants.Count > 625) return null;
        }
        return variants;
    }

    public bool Matches(string text) => _hasWildcard ? Glob(text) : string.Equals(text, _text, _comparison);

    // A letter follows, and none comes before.
    private static bool BeginsOption(string value, int at) =>
        Dashes.Contains(value[at], StringComparison.Ordinal) && (at == 0 || !IsWord(value[at - 1])) && at + 1 < value.Length && IsWord(value[at + 1]);

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';

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
            else if (p < _text.Length && Same(_text[p], text[t]))
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
        a == b || a == AnyOne || a == AnyDash && Dashes.Contains(b, StringComparison.Ordinal)
        || _comparison == StringComparison.OrdinalIgnoreCase && char.ToUpperInvariant(a) == char.ToUpperInvariant(b);
}
