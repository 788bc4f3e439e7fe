using System.Buffers.Text;
using Nightjar.Sources.Android;

namespace Nightjar.Sources.Logcat;

/// <summary>Takes a line apart into what stands before the message and the message, in whichever format it is printed.</summary>
internal static class LogcatPrefix
{
    private const byte Space = (byte)' ';

    // logcat pads a tag to eight characters.
    private const int TagWidth = 8;

    /// <summary>The line between buffers: <c>--------- beginning of main</c>.</summary>
    public static bool IsDivider(ReadOnlySpan<byte> line) =>
        line.StartsWith("--------- beginning of "u8) || line.StartsWith("--------- switch to "u8);

    /// <summary>Reads a line of any format that has its message on the line.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, LogcatClock clock, out LogcatLine line)
    {
        line = new LogcatLine();
        if (text.IsEmpty) return false;
        if (text[0] is >= (byte)'0' and <= (byte)'9' or Space) return TryTimed(text.TrimStart(Space), clock, ref line);
        if (text.Length < 3 || !IsLevel(text[0])) return false;
        line.Level = text[0];
        if (text[1] == (byte)'/') return TryTagged(text[2..], false, ref line);
        return text[1] == (byte)'(' && TryProcess(text[2..], ref line);
    }

    /// <summary>Reads the header line of the <c>long</c> format: <c>[ 01-02 03:04:05.678  12:  34 I/Tag ]</c>.</summary>
    public static bool TryReadHeader(ReadOnlySpan<byte> text, LogcatClock clock, out LogcatLine line)
    {
        line = new LogcatLine { Form = LogcatForm.Long };
        if (!text.StartsWith("[ "u8) || !text.EndsWith(" ]"u8) || text.Length < 5) return false;
        text = text[2..^2].TrimStart(Space);
        if (text.IsEmpty) return false;
        var used = clock.Read(text, ref line);
        if (used == 0) return false;
        text = text[used..];
        Span<int> ids = stackalloc int[3];
        var count = 0;
        for (text = text.TrimStart(Space); text.Length > 1 && text[1] != (byte)'/' && count < 3; text = text.TrimStart(Space))
        {
            var end = text.IndexOfAny(Space, (byte)':');
            if (end < 1) return false;
            ids[count++] = AndroidUid.Parse(text[..end]);
            text = text[(end + (text[end] == (byte)':' ? 1 : 0))..];
        }
        if (text.Length < 2 || !IsLevel(text[0]) || text[1] != (byte)'/' || count == 0) return false;
        line.Level = text[0];
        line.Tag = text[2..].TrimEnd(Space);
        line.Pid = count == 3 ? ids[1] : ids[0];
        line.Uid = count == 3 ? ids[0] : LogcatLine.Unknown;
        return true;
    }

    private static bool TryTimed(ReadOnlySpan<byte> text, LogcatClock clock, ref LogcatLine line)
    {
        if (text.Length < 12) return false;
        var used = clock.Read(text, ref line);
        if (used == 0) return false;
        text = text[used..].TrimStart(Space);
        if (text.Length > 2 && text[1] == (byte)'/' && IsLevel(text[0]))
        {
            line.Level = text[0];
            return TryTagged(text[2..], true, ref line);
        }
        var first = Token(ref text);
        if (first.IsEmpty) return false;
        return first.IndexOf((byte)'-') > 0 ? TryStudio(first, text, ref line) : TryThreadTime(first, text, ref line);
    }

    private static bool TryThreadTime(ReadOnlySpan<byte> first, ReadOnlySpan<byte> text, ref LogcatLine line)
    {
        line.Form = LogcatForm.ThreadTime;
        var second = Token(ref text);
        if (!TryNumber(second, out var number)) return false;
        var third = Token(ref text);
        if (third.Length == 1 && IsLevel(third[0]))
        {
            line.Level = third[0];
            return TryNumber(first, out line.Pid) && TrySplitTag(text, ref line);
        }
        var fourth = Token(ref text);
        if (!TryNumber(third, out _) || fourth.Length != 1 || !IsLevel(fourth[0])) return false;
        line.Level = fourth[0];
        line.Uid = AndroidUid.Parse(first.TrimEnd((byte)':'));
        line.Pid = number;
        return TrySplitTag(text, ref line);
    }

    // "1954-2047/com.x I/Tag: message" of older, "1954-2047  Tag  com.x  W  message" of newer versions.
    private static bool TryStudio(ReadOnlySpan<byte> ids, ReadOnlySpan<byte> text, ref LogcatLine line)
    {
        line.Form = LogcatForm.Studio;
        var dash = ids.IndexOf((byte)'-');
        if (!TryNumber(ids[..dash], out line.Pid)) return false;
        var slash = ids.IndexOf((byte)'/');
        if (!TryNumber(slash < 0 ? ids[(dash + 1)..] : ids[(dash + 1)..slash], out _)) return false;
        if (slash < 0) return TryStudioColumns(text, ref line);
        line.Process = ids[(slash + 1)..];
        text = text.TrimStart(Space);
        if (text.Length < 3 || !IsLevel(text[0]) || text[1] != (byte)'/') return false;
        line.Level = text[0];
        return TrySplitTag(text[2..], ref line);
    }

    private static bool TryStudioColumns(ReadOnlySpan<byte> text, ref LogcatLine line)
    {
        for (var at = 1; at + 1 < text.Length; at++)
        {
            if (text[at - 1] != Space || !IsLevel(text[at]) || text[at + 1] != Space) continue;
            var before = text[..(at - 1)].Trim(Space);
            if (before.IsEmpty) continue;
            var gap = before.LastIndexOf(Space);
            line.Level = text[at];
            line.Process = before[(gap + 1)..];
            line.Tag = gap < 0 ? default : before[..gap].TrimEnd(Space);
            line.Message = text[(at + 1)..].TrimStart(Space);
            return true;
        }
        return false;
    }

    // "Tag( 123): message", "Tag(10123: 123): message" or "Tag: message".
    private static bool TryTagged(ReadOnlySpan<byte> text, bool isTimed, ref LogcatLine line)
    {
        line.Form = LogcatForm.Brief;
        for (var at = 0; at < text.Length;)
        {
            var close = text[at..].IndexOf("):"u8);
            if (close < 0) break;
            close += at;
            var open = text[..close].LastIndexOf((byte)'(');
            if (open >= 0 && TryIds(text[(open + 1)..close], ref line) && (isTimed || text[..open].IndexOf(": "u8) < 0))
            {
                line.Tag = text[..open].TrimEnd(Space);
                line.Message = close + 2 < text.Length ? text[(close + 2)..] : default;
                if (!line.Message.IsEmpty && line.Message[0] == Space) line.Message = line.Message[1..];
                return true;
            }
            at = close + 2;
        }
        line.Form = LogcatForm.Tag;
        line.Pid = line.Uid = LogcatLine.Unknown;
        return TrySplitTag(text, ref line);
    }

    // " 123) message  (Tag)", " 123: 456) message".
    private static bool TryProcess(ReadOnlySpan<byte> text, ref LogcatLine line)
    {
        line.Form = LogcatForm.Process;
        var close = text.IndexOf((byte)')');
        if (close < 1 || close + 1 < text.Length && text[close + 1] != Space || !TryIds(text[..close], ref line)) return false;
        line.Message = close + 2 < text.Length ? text[(close + 2)..] : default;
        var tag = line.Message.LastIndexOf("  ("u8);
        if (tag >= 0 && line.Message[^1] == (byte)')')
        {
            line.Tag = line.Message[(tag + 3)..^1].TrimEnd(Space);
            line.Message = line.Message[..tag];
            return true;
        }
        // Without a tag behind it is the thread format, whose two numbers are process and thread.
        if (line.Uid >= 0) line.Pid = line.Uid;
        line.Uid = LogcatLine.Unknown;
        return true;
    }

    private static bool TryIds(ReadOnlySpan<byte> text, ref LogcatLine line)
    {
        if (text.Length > 32) return false;
        var colon = text.LastIndexOf((byte)':');
        if (!TryNumber(text[(colon + 1)..].Trim(Space), out line.Pid)) return false;
        line.Uid = colon < 0 ? LogcatLine.Unknown : AndroidUid.Parse(text[..colon].Trim(Space));
        return colon < 0 || line.Uid >= 0;
    }

    // The tag ends at the first colon that a blank follows. A padded tag that holds such a colon itself is told by its padding.
    private static bool TrySplitTag(ReadOnlySpan<byte> text, ref LogcatLine line)
    {
        var colon = text.IndexOf(": "u8);
        if (colon < 0)
        {
            if (text.IsEmpty || text[^1] != (byte)':') return false;
            line.Tag = text[..^1].Trim(Space);
            return true;
        }
        if (colon < TagWidth && text.Length > TagWidth + 1 && text[TagWidth - 1] == Space && text[TagWidth] == (byte)':' && text[TagWidth + 1] == Space)
            colon = TagWidth;
        line.Tag = text[..colon].Trim(Space);
        line.Message = text[(colon + 2)..];
        return true;
    }

    private static ReadOnlySpan<byte> Token(scoped ref ReadOnlySpan<byte> text)
    {
        text = text.TrimStart(Space);
        var end = text.IndexOf(Space);
        if (end < 0) end = text.Length;
        var token = text[..end];
        text = end < text.Length ? text[(end + 1)..] : default;
        return token;
    }

    private static bool TryNumber(ReadOnlySpan<byte> text, out int value) =>
        Utf8Parser.TryParse(text, out value, out var used) && used == text.Length && value >= 0;

    private static bool IsLevel(byte value) => value is (byte)'V' or (byte)'D' or (byte)'I' or (byte)'W' or (byte)'E' or (byte)'F' or (byte)'A' or (byte)'S';
}
