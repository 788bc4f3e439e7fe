namespace Nightjar.Scenarios.Reading;

/// <summary>A word of an event line, or a pair.</summary>
/// <param name="Key">The word; of a pair what stands before <c>=</c>.</param>
/// <param name="Value">What stands after <c>=</c>, without its quotes; null for a word.</param>
/// <param name="Column">Where it begins in the line, from 1.</param>
internal readonly record struct EventToken(string Key, string? Value, int Column);

/// <summary>Takes an event line apart: at blanks, but not inside quotes, and up to a <c>#</c> that begins a comment.</summary>
internal static class EventTokens
{
    /// <summary>The parts; <paramref name="open"/> is the column of a quote that is never closed, else 0.</summary>
    public static List<EventToken> Of(string line, out int open)
    {
        open = 0;
        var tokens = new List<EventToken>();
        for (var at = 0; at < line.Length;)
        {
            if (char.IsWhiteSpace(line[at]))
            {
                at++;
                continue;
            }
            if (line[at] == '#') break;
            tokens.Add(Next(line, ref at, ref open));
            if (open > 0) break;
        }
        return tokens;
    }

    private static EventToken Next(string line, ref int at, ref int open)
    {
        var start = at;
        while (at < line.Length && !char.IsWhiteSpace(line[at]) && line[at] != '=') at++;
        var key = line[start..at];
        if (at >= line.Length || line[at] != '=') return new EventToken(key, null, start + 1);
        at++;
        if (at < line.Length && line[at] is '"' or '\'') return new EventToken(key, Quoted(line, ref at, ref open), start + 1);
        var value = at;
        while (at < line.Length && !char.IsWhiteSpace(line[at])) at++;
        return new EventToken(key, line[value..at], start + 1);
    }

    private static string Quoted(string line, ref int at, ref int open)
    {
        var end = line.IndexOf(line[at], at + 1);
        if (end < 0)
        {
            open = at + 1;
            at = line.Length;
            return "";
        }
        var value = line[(at + 1)..end];
        at = end + 1;
        return value;
    }
}
