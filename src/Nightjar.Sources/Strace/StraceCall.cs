using System.Buffers.Text;
using Nightjar.Events;

namespace Nightjar.Sources.Strace;

/// <summary>One whole call, whether the trace wrote it in one line or in two.</summary>
internal readonly ref struct StraceCall
{
    public required ReadOnlySpan<byte> Name { get; init; }

    /// <summary>The arguments, the rest of an interrupted call included.</summary>
    public required ReadOnlySpan<byte> Arguments { get; init; }

    public required ReadOnlySpan<byte> Result { get; init; }

    public required int Pid { get; init; }

    public required Instant Time { get; init; }

    public required Instant End { get; init; }

    public required TimeBasis Basis { get; init; }

    public required bool HasTime { get; init; }

    /// <summary>Where the call begins in the trace, from 1.</summary>
    public required long Number { get; init; }

    /// <summary>What makes it one record.</summary>
    public required ReadOnlySpan<byte> Record { get; init; }

    /// <summary>The number that the call gave; false when it failed or did not return.</summary>
    public bool TryResult(out long value)
    {
        value = 0;
        if (Result.StartsWith("0x"u8)) return Utf8Parser.TryParse(Result[2..], out value, out _, 'x');
        return Utf8Parser.TryParse(Result, out value, out _) && value >= 0;
    }
}
