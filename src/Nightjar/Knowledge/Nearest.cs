namespace Nightjar.Knowledge;

/// <summary>Words of other languages, and of drafts of this one, for what is said otherwise here.</summary>
internal static class ForeignWords
{
    private static readonly Dictionary<string, string> Ours = new(StringComparer.Ordinal)
    {
        ["capture"] = "Nothing need be captured: another stage's `where` names a field of this one, as in `module.file.path == write.file.path`.",
        ["context"] = "Ask in `where`, or for points in `score.add`: `unattended(5m)`, `in_background()`, `is_device_locked`.",
        ["baseline"] = "Ask in `where`, or for points in `score.add`: `novel(destination)`, `novel_class(destination)`.",
        ["timeframe"] = "The window is `within`.",
        ["timespan"] = "The window is `within`.",
        ["maxspan"] = "The window is `within`.",
        ["group-by"] = "What a match is kept apart by is `key`: [device, app] or [device].",
        ["groupby"] = "What a match is kept apart by is `key`: [device, app] or [device].",
        ["exceptions"] = "Exceptions stand under `allow`.",
        ["filter"] = "Exceptions stand under `allow`.",
        ["count"] = "Counts are measures: `at_least` on an optional stage, in `score.add` or in `require`.",
        ["join"] = "Joins stand in `where`, as in `module.file.path == write.file.path`.",
        ["required"] = "A stage is required unless it says `optional: true` or `absent`.",
    };

    /// <summary>How it is said here; empty when the word is not known.</summary>
    public static string Hint(string word) => Ours.GetValueOrDefault(word, "");
}

/// <summary>Finds the name that somebody most likely meant.</summary>
public static class Nearest
{
    /// <summary>"Did you mean …?" or nothing when no candidate is near.</summary>
    public static string Hint(string name, IEnumerable<string> candidates) => Some(name, candidates, 1) is [var best] ? $"Did you mean `{best}`?" : "";

    /// <summary>The nearest candidates, at most <paramref name="count"/>; none when none is near.</summary>
    public static IReadOnlyList<string> Some(string name, IEnumerable<string> candidates, int count) =>
        [.. candidates.Select(item => (item, distance: Distance(name, item)))
            .Where(pair => pair.distance <= (pair.item.Length <= 3 ? 1 : Math.Max(2, pair.item.Length / 3)))
            .OrderBy(pair => pair.distance).ThenBy(pair => pair.item, StringComparer.Ordinal)
            .Select(pair => pair.item).Take(count)];

    // Levenshtein's distance, one row at a time; names are short.
    private static int Distance(string a, string b)
    {
        if (a.Length > 100 || b.Length > 100) return int.MaxValue;
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = diagonal + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(cost, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.Length];
    }
}
