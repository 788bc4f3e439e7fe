using System.Buffers.Text;

namespace Nightjar.Sources.Squid;

/// <summary>Squid's own form: time, duration, client, result/status, bytes, method, URL, user, hierarchy/peer, type. Padded with blanks.</summary>
internal static class NativeLine
{
    private const int Fields = 10;

    public static bool TryRead(ReadOnlySpan<byte> line, Access access)
    {
        access.Clear();
        Span<Range> parts = stackalloc Range[Fields + 8];
        var count = Split(line, parts);
        if (count < Fields || !IsTime(line[parts[0]]) || !Utf8Parser.TryParse(line[parts[1]], out long duration, out var used) || used != line[parts[1]].Length) return false;
        var slash = line[parts[3]].IndexOf((byte)'/');
        if (slash <= 0 || line[parts[4]].ContainsAnyExceptInRange((byte)'0', (byte)'9')) return false;
        access.IsNative = true;
        access.Time = parts[0];
        access.DurationMillis = duration;
        access.Client = parts[2];
        access.Result = Head(parts[3], slash);
        access.Status = Tail(parts[3], slash);
        access.Bytes = parts[4];
        access.Method = parts[5];
        access.Url = parts[6];
        var peer = line[parts[8]].IndexOf((byte)'/');
        access.Peer = peer < 0 ? default : Tail(parts[8], peer);
        access.ContentType = parts[9];
        return true;
    }

    private static int Split(ReadOnlySpan<byte> line, Span<Range> parts)
    {
        var count = 0;
        var at = 0;
        while (count < parts.Length)
        {
            while (at < line.Length && line[at] == (byte)' ') at++;
            if (at == line.Length) break;
            var length = line[at..].IndexOf((byte)' ');
            if (length < 0) length = line.Length - at;
            parts[count++] = at..(at + length);
            at += length;
        }
        return count;
    }

    private static bool IsTime(ReadOnlySpan<byte> text)
    {
        var dot = text.IndexOf((byte)'.');
        return dot is >= 9 and <= 11 && text.Length > dot + 1 && !text[..dot].ContainsAnyExceptInRange((byte)'0', (byte)'9') && !text[(dot + 1)..].ContainsAnyExceptInRange((byte)'0', (byte)'9');
    }

    private static Range Head(Range part, int slash) => part.Start.Value..(part.Start.Value + slash);

    private static Range Tail(Range part, int slash) => (part.Start.Value + slash + 1)..part.End.Value;
}
