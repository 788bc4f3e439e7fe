using Nightjar.Events;

namespace Nightjar.Sources.DataUsage;

/// <summary>Bytes toward the device and away from it.</summary>
internal readonly record struct ByteCount(long In, long Out);

/// <summary>What one process sent and received from a time on, until its next row or until it was last seen.</summary>
internal readonly record struct UsageRow(long Key, long Process, long Kind, long Tag, Instant Start, ByteCount Wifi, ByteCount Mobile, ByteCount Wired, long Offset)
{
    /// <summary>True when another row goes on where this one ends.</summary>
    public bool IsOfSame(in UsageRow other) => (Process, Kind, Tag) == (other.Process, other.Kind, other.Tag);
}

/// <summary>A process as the database knows it.</summary>
/// <param name="Bundle">Its bundle id; empty for many daemons.</param>
/// <param name="Name">Its name, or <c>nsurlsessiond/com.example.courier</c> for a daemon that works for an app.</param>
/// <param name="Last">When it was last seen; null when not told.</param>
internal sealed record UsageProcess(byte[] Bundle, byte[] Name, Instant? Last)
{
    /// <summary>True for the device's own running total, which is no process.</summary>
    public bool IsSumOfAll => Name.AsSpan().SequenceEqual("CumulativeUsageTracker"u8);

    /// <summary>What stands behind the slash, if anything does.</summary>
    public ReadOnlySpan<byte> NamedBundle => Name.AsSpan()[(Name.AsSpan().IndexOf((byte)'/') + 1)..];

    /// <summary>The process itself; empty where an identifier stands in its place.</summary>
    public ReadOnlySpan<byte> Program
    {
        get
        {
            var slash = Name.AsSpan().IndexOf((byte)'/');
            var program = slash < 0 ? Name : Name.AsSpan(0, slash);
            return slash == 36 && program.Count((byte)'-') == 4 ? default : program;
        }
    }
}
