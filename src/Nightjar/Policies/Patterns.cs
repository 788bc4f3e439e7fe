using Nightjar.Analytics.Tuning;

namespace Nightjar.Policies;

/// <summary>Questions about texts that may hold <c>*</c> for any run.</summary>
internal static class Patterns
{
    /// <summary>Whether a text is one of the items, compared as tunables of a kind are.</summary>
    public static Func<string, bool> Of(TunableKind kind, IReadOnlyList<string> items) => SetMatch.Of(TunableValue.Parse(kind, items, out _)!);

    public static bool IsPattern(string item) => item.Contains('*', StringComparison.Ordinal);

    /// <summary>How exactly an app is named by the best of the items that match it: by its name, else by the letters of a pattern; −1 when none does.</summary>
    public static int Exactness(IReadOnlyList<string> items, string app)
    {
        var best = -1;
        foreach (var item in items)
        {
            if (!Matches(item, app)) continue;
            best = Math.Max(best, IsPattern(item) ? Literals(item) : int.MaxValue);
        }
        return best;
    }

    /// <summary>The letters of a pattern.</summary>
    public static int Literals(string item) => item.Count(c => c != '*');

    /// <summary>Whether a text is what a pattern stands for.</summary>
    public static bool Matches(string pattern, string text) => IsPattern(pattern) ? Meet(pattern, text) : pattern == text;

    /// <summary>Whether there is a text that both patterns stand for.</summary>
    public static bool Meet(string a, string b)
    {
        // Row by row over the letters of the one: which beginnings of the other go with what was read so far.
        var row = new bool[b.Length + 1];
        row[0] = true;
        for (var j = 0; j < b.Length && b[j] == '*'; j++) row[j + 1] = true;
        foreach (var letter in a)
        {
            var next = new bool[b.Length + 1];
            next[0] = letter == '*' && row[0];
            for (var j = 0; j < b.Length; j++)
            {
                next[j + 1] = letter == '*' ? row[j + 1] || next[j]
                    : b[j] == '*' ? next[j] || row[j + 1]
                    : row[j] && letter == b[j];
            }
            row = next;
        }
        return row[b.Length];
    }

    /// <summary>Whether whatever the one stands for, the other stands for too. Never yes by mistake.</summary>
    public static bool Holds(string whole, string part) => whole == part || whole == "*" || IsPattern(whole) && !IsPattern(part) && Meet(whole, part)
        || whole.EndsWith('*') && !IsPattern(whole[..^1]) && part.StartsWith(whole[..^1], StringComparison.Ordinal);
}
