using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Nightjar.Analytics.Reading;

namespace Nightjar.Analytics.Sigma;

/// <summary>Regular expressions that cannot be made to take long.</summary>
internal static class SafeRegex
{
    /// <summary>Longest pattern, in characters.</summary>
    public const int MaxLength = 2000;

    private const int MostKept = 4096;

    // Building one takes milliseconds, and analytics share what they look for: a hundred of them start in half the time when each pattern is built once.
    private static readonly ConcurrentDictionary<(string Pattern, RegexOptions Options), Regex> Kept = new();

    /// <summary>The expression of a pattern, without backtracking and without culture; the same object for the same pattern.</summary>
    /// <exception cref="ArgumentException">The pattern is none.</exception>
    /// <exception cref="NotSupportedException">It needs backtracking.</exception>
    public static Regex Of(string pattern, RegexOptions options = RegexOptions.None)
    {
        options |= RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
        if (Kept.TryGetValue((pattern, options), out var known)) return known;
        var regex = new Regex(pattern, options);
        return Kept.Count < MostKept ? Kept.GetOrAdd((pattern, options), regex) : regex;
    }

    public static Regex? Create(string pattern, RegexOptions options, YamlPlace place, Mistakes mistakes)
    {
        try
        {
            if (pattern.Length <= MaxLength) return Of(pattern, options);
            mistakes.Add(Rules.BadRegex, place, $"The expression has {pattern.Length} characters.", $"The limit is {MaxLength}.");
        }
        catch (RegexParseException e)
        {
            mistakes.Add(Rules.BadRegex, place, e.Message.Length < 200 ? e.Message : e.Message[..200]);
        }
        catch (NotSupportedException)
        {
            mistakes.Add(Rules.BadRegex, place, "Look-around, back references and atomic groups need backtracking.", "Write it without them, or as two selections.");
        }
        catch (ArgumentException e)
        {
            mistakes.Add(Rules.BadRegex, place, e.Message.Length < 200 ? e.Message : e.Message[..200]);
        }
        return null;
    }
}
