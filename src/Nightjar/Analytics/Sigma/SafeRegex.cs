using System.Text.RegularExpressions;
using Nightjar.Analytics.Reading;

namespace Nightjar.Analytics.Sigma;

/// <summary>Regular expressions that cannot be made to take long.</summary>
internal static class SafeRegex
{
    /// <summary>Longest pattern, in characters.</summary>
    public const int MaxLength = 2000;

    public static Regex? Create(string pattern, RegexOptions options, YamlPlace place, Mistakes mistakes)
    {
        try
        {
            if (pattern.Length <= MaxLength) return new Regex(pattern, options | RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
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
