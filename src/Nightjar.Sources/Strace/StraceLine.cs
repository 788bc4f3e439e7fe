using System.Buffers.Text;
using Nightjar.Events;

namespace Nightjar.Sources.Strace;

/// <summary>What a line of a trace is.</summary>
internal enum StraceKind : byte
{
    /// <summary>None of the forms.</summary>
    None,
    /// <summary>A call with its result.</summary>
    Call,
    /// <summary>The beginning of a call that another thread interrupted.</summary>
    Unfinished,
    /// <summary>The rest of such a call.</summary>
    Resumed,
    /// <summary>A signal, an exit, a word of the tracer itself.</summary>
    Remark,
}

/// <summary>One line of a trace, taken apart. Its texts lie in the line.</summary>
internal ref struct StraceLine
{
    private const byte Space = (byte)' ';

    public StraceKind Kind;

    /// <summary>Process or thread; 0 when the trace does not tell.</summary>
    public int Pid;

    public Instant Time;

    public TimeBasis Basis;

    public bool HasTime;

    public ReadOnlySpan<byte> Name;

    /// <summary>What stands between the brackets; of a resumed call what was still to come.</summary>
    public ReadOnlySpan<byte> Arguments;

    /// <summary>What stands behind the equals sign.</summary>
    public ReadOnlySpan<byte> Result;

    /// <summary>How long the call took in microseconds; −1 when not told.</summary>
    public long Duration;

    /// <summary>Reads a line.</summary>
    public static StraceLine Read(ReadOnlySpan<byte> text, StraceClock clock)
    {
        var line = new StraceLine { Duration = -1 };
        text = text.TrimStart(Space);
        text = line.ReadPid(text);
        var used = clock.Read(text, ref line);
        text = text[used..].TrimStart(Space);
        if (text.StartsWith("+++ "u8) || text.StartsWith("--- "u8) || text.StartsWith("strace: "u8) || text.StartsWith("Process "u8)) line.Kind = StraceKind.Remark;
        else if (text.StartsWith("<... "u8)) line.ReadResumed(text[5..]);
        else line.ReadCall(text);
        return line;
    }

    // "[pid 4711] ", "[tid:4711] " or "4711  " before anything else.
    private ReadOnlySpan<byte> ReadPid(ReadOnlySpan<byte> text)
    {
        var isBracketed = text.StartsWith("[pid "u8) || text.StartsWith("[tid:"u8);
        var digits = isBracketed ? text[5..].TrimStart(Space) : text;
        if (!Utf8Parser.TryParse(digits, out int pid, out var used) || pid <= 0) return text;
        var rest = digits[used..];
        if (isBracketed ? !rest.StartsWith("]"u8) : rest.IsEmpty || rest[0] != Space) return text;
        Pid = pid;
        return rest[1..].TrimStart(Space);
    }

    private void ReadCall(ReadOnlySpan<byte> text)
    {
        var open = text.IndexOf((byte)'(');
        if (open < 2 || open > 64 || !IsName(text[..open])) return;
        Name = text[..open];
        text = text[(open + 1)..];
        if (text.EndsWith("<unfinished ...>"u8))
        {
            Arguments = text[..^16].TrimEnd(Space);
            Kind = StraceKind.Unfinished;
            return;
        }
        ReadRest(text, StraceKind.Call);
    }

    private void ReadResumed(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf(" resumed>"u8);
        if (end < 1 || !IsName(text[..end])) return;
        Name = text[..end];
        ReadRest(text[(end + 9)..], StraceKind.Resumed);
    }

    private void ReadRest(ReadOnlySpan<byte> text, StraceKind kind)
    {
        var close = kind == StraceKind.Call ? StraceArguments.End(text) : EndOfResumed(text);
        if (close < 0) return;
        Arguments = text[..close];
        text = text[(close + 1)..].Trim(Space);
        if (!text.StartsWith("="u8)) return;
        Result = TakeDuration(text[1..].TrimStart(Space));
        Kind = kind;
    }

    // The beginning is missing, so quotes and brackets cannot be counted; the result stands behind the last one.
    private static int EndOfResumed(ReadOnlySpan<byte> text)
    {
        var equals = text.LastIndexOf(" = "u8);
        return equals < 0 ? -1 : text[..(equals + 1)].LastIndexOf((byte)')');
    }

    private ReadOnlySpan<byte> TakeDuration(ReadOnlySpan<byte> text)
    {
        var open = text.LastIndexOf(" <"u8);
        if (open < 0 || text[^1] != (byte)'>' || !StraceClock.TryDuration(text[(open + 2)..^1], out var micros)) return text;
        Duration = micros;
        return text[..open].TrimEnd(Space);
    }

    private static bool IsName(ReadOnlySpan<byte> text)
    {
        foreach (var c in text)
            if (!char.IsAsciiLetterLower((char)c) && !char.IsAsciiDigit((char)c) && c != (byte)'_') return false;
        return true;
    }
}
