namespace Nightjar.Sources.Logcat;

/// <summary>The header under which lines of the <c>long</c> format stand, kept until the next.</summary>
internal sealed class LongRecord
{
    private byte[] _header = [];
    private byte[] _tag = [];
    private Kept _kept;

    /// <summary>True while lines belong to a header.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>True while no line of the message was seen.</summary>
    public bool IsEmpty { get; private set; }

    /// <summary>Where the header stands.</summary>
    public long Number { get; private set; }

    /// <summary>The header line.</summary>
    public ReadOnlySpan<byte> Header => _header;

    /// <summary>Begins a record.</summary>
    public void Open(ReadOnlySpan<byte> line, in LogcatLine header, long number)
    {
        _header = line.ToArray();
        _tag = header.Tag.ToArray();
        _kept = new Kept(header.Time, header.Basis, header.HasTime, header.LacksYear, header.Level, header.Pid, header.Uid);
        Number = number;
        IsOpen = IsEmpty = true;
    }

    /// <summary>Ends the record.</summary>
    public void Close() => IsOpen = false;

    /// <summary>The header's facts with a line of the message.</summary>
    public LogcatLine WithMessage(ReadOnlySpan<byte> message)
    {
        IsEmpty = false;
        return new LogcatLine
        {
            Time = _kept.Time, Basis = _kept.Basis, HasTime = _kept.HasTime, LacksYear = _kept.LacksYear, Form = LogcatForm.Long,
            Level = _kept.Level, Pid = _kept.Pid, Uid = _kept.Uid, Tag = _tag, Message = message,
        };
    }

    private readonly record struct Kept(
        Events.Instant Time, Events.TimeBasis Basis, bool HasTime, bool LacksYear, byte Level, int Pid, int Uid);
}
