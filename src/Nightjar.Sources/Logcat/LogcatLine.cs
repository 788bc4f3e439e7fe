using Nightjar.Events;

namespace Nightjar.Sources.Logcat;

/// <summary>The printing formats, as far as they differ in what may be believed of a line.</summary>
internal enum LogcatForm : byte
{
    None,
    /// <summary>Numbers before the tag: what an app writes cannot change them.</summary>
    ThreadTime,
    /// <summary>As Android Studio copies lines; numbers before the tag too.</summary>
    Studio,
    /// <summary><c>I/Tag( 123): message</c>, with or without a time. The tag comes first and may hold a false number.</summary>
    Brief,
    /// <summary><c>I/Tag: message</c>.</summary>
    Tag,
    /// <summary><c>I( 123) message  (Tag)</c> and <c>I( 123: 456) message</c>.</summary>
    Process,
    /// <summary>A header line, then the message, which may hold false headers.</summary>
    Long,
}

/// <summary>What a line says before its message. Its texts lie in the line.</summary>
internal ref struct LogcatLine
{
    public const int Unknown = -1;

    public LogcatLine()
    {
    }

    /// <summary>When; the default when <see cref="HasTime"/> is false.</summary>
    public Instant Time;

    public TimeBasis Basis;

    public bool HasTime;

    /// <summary>The time states no year and nothing else tells it.</summary>
    public bool LacksYear;

    public LogcatForm Form;

    /// <summary>One of <c>V D I W E F A S</c>.</summary>
    public byte Level;

    public int Pid = Unknown;

    public int Uid = Unknown;

    public ReadOnlySpan<byte> Tag;

    public ReadOnlySpan<byte> Message;

    /// <summary>Process or package that Android Studio shows; empty where it knows none.</summary>
    public ReadOnlySpan<byte> Process;

    /// <summary>True for levels at which the runtime reports what went wrong.</summary>
    public readonly bool IsWarning => Level is (byte)'W' or (byte)'E' or (byte)'F' or (byte)'A';
}
