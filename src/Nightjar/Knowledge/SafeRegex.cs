using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Nightjar.Knowledge;

/// <summary>A regular expression that cannot be made to take long. Checked when it is made, built when it is first asked.</summary>
/// <remarks>Safe to use from any thread.</remarks>
public sealed class SafeRegex
{
    private const int MostKept = 4096;

    // What may follow a backslash and never asks for backtracking; anything else is tried out at once.
    private const string PlainEscapes = "dDwWsSbBnrtfv";

    // Building one takes milliseconds, and analytics share what they look for: a hundred of them start in half the time when each pattern is built once.
    private static readonly ConcurrentDictionary<(string Pattern, RegexOptions Options), SafeRegex> Kept = new();

    private readonly Lazy<Regex> built;

    private SafeRegex(string pattern, RegexOptions options)
    {
        built = new Lazy<Regex>(() => new Regex(pattern, options | RegexOptions.NonBacktracking));
        // To read a pattern takes microseconds and to build the expression milliseconds, and most are never asked: what needs no backtracking
        // by the look of it is only read here. A start with the shipped analytics takes a tenth of a second less.
        if (NeedsNoBacktracking(pattern)) _ = new Regex(pattern, options);
        else _ = built.Value;
    }

    /// <summary>The expression of a pattern, without backtracking and without culture; the same object for the same pattern.</summary>
    /// <exception cref="ArgumentException">The pattern is none.</exception>
    /// <exception cref="NotSupportedException">It needs backtracking.</exception>
    public static SafeRegex Of(string pattern, RegexOptions options = RegexOptions.None)
    {
        options |= RegexOptions.CultureInvariant;
        if (Kept.TryGetValue((pattern, options), out var known)) return known;
        var regex = new SafeRegex(pattern, options);
        return Kept.Count < MostKept ? Kept.GetOrAdd((pattern, options), regex) : regex;
    }

    public bool IsMatch(string text) => built.Value.IsMatch(text);

    public Match Match(string text) => built.Value.Match(text);

    /// <summary>True when a pattern, if it is one at all, can be built; false where that has to be tried.</summary>
    internal static bool NeedsNoBacktracking(string pattern)
    {
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '(' && Has(pattern, i + 1, '?') && !Has(pattern, i + 2, ':')) return false;
            if (pattern[i] == '\\' && ++i < pattern.Length && char.IsLetterOrDigit(pattern[i]) && !PlainEscapes.Contains(pattern[i])) return false;
        }
        return true;
    }

    private static bool Has(string pattern, int index, char sign) => index < pattern.Length && pattern[index] == sign;
}
