namespace Nightjar.Sources.Squid;

/// <summary>
/// The common form, <c>client ident user [time] "method URL version" status bytes</c>, the combined form with <c>"referer" "agent"</c> after it,
/// and Squid's result at the end of either.
/// </summary>
internal static class WebServerLine
{
    public static bool TryRead(ReadOnlySpan<byte> line, Access access)
    {
        access.Clear();
        var open = line.IndexOf(" ["u8);
        var close = open < 0 ? -1 : line[open..].IndexOf("] \""u8) + open;
        if (open <= 0 || close <= open) return false;
        var client = line.IndexOf((byte)' ');
        access.Client = ..client;
        access.Time = (open + 2)..close;
        var request = close + 3;
        var end = EndOfQuoted(line, request);
        return end >= 0 && TryRequest(line, request, end, access) && TryRest(line, end + 1, access);
    }

    /// <summary>True when only a proxy can have written the line: the request names the server, or Squid's result stands at its end.</summary>
    public static bool IsOfProxy(ReadOnlySpan<byte> line, Access access) =>
        !line[access.Result].IsEmpty || UrlText.IsAbsolute(line[access.Url]) || line[access.Method].SequenceEqual("CONNECT"u8);

    private static bool TryRequest(ReadOnlySpan<byte> line, int from, int to, Access access)
    {
        var request = line[from..to];
        var first = request.IndexOf((byte)' ');
        if (first <= 0) return false;
        var last = request.LastIndexOf(" HTTP/"u8);
        if (last <= first) last = request.Length;
        access.Method = from..(from + first);
        access.Url = (from + first + 1)..(from + last);
        return true;
    }

    private static bool TryRest(ReadOnlySpan<byte> line, int at, Access access)
    {
        var status = Next(line, ref at);
        var bytes = Next(line, ref at);
        if (line[status].Length != 3 || line[status].ContainsAnyExceptInRange((byte)'0', (byte)'9')) return false;
        if (line[bytes].IsEmpty || !line[bytes].SequenceEqual("-"u8) && line[bytes].ContainsAnyExceptInRange((byte)'0', (byte)'9')) return false;
        access.Status = status;
        access.Bytes = bytes;
        if (at < line.Length && line[at..].StartsWith(" \""u8))
        {
            var referer = EndOfQuoted(line, at + 2);
            if (referer < 0 || !line[(referer + 1)..].StartsWith(" \""u8)) return true;
            var agent = EndOfQuoted(line, referer + 3);
            if (agent < 0) return true;
            access.UserAgent = (referer + 3)..agent;
            at = agent + 1;
        }
        Result(line, at, access);
        return true;
    }

    // TCP_MISS:HIER_DIRECT
    private static void Result(ReadOnlySpan<byte> line, int at, Access access)
    {
        var word = Next(line, ref at);
        var colon = line[word].IndexOf((byte)':');
        if (colon > 0 && line[word][..colon].Contains((byte)'_')) access.Result = word.Start.Value..(word.Start.Value + colon);
    }

    private static Range Next(ReadOnlySpan<byte> line, ref int at)
    {
        while (at < line.Length && line[at] == (byte)' ') at++;
        var start = at;
        while (at < line.Length && line[at] != (byte)' ') at++;
        return start..at;
    }

    private static int EndOfQuoted(ReadOnlySpan<byte> line, int from)
    {
        for (var i = from; i < line.Length; i++)
        {
            if (line[i] == (byte)'\\') i++;
            else if (line[i] == (byte)'"') return i;
        }
        return -1;
    }
}
