using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Nightjar.Sources.OcsfNdjson;

/// <summary>Looks at the bytes of a line for <see cref="Moulds"/>, 32 at a time where so many are left, and else as <see cref="JsonScan"/> does.</summary>
internal static class MouldScan
{
    /// <summary>Bytes that a pool of fixed bytes needs behind its last.</summary>
    public const int Spare = 32;

    private static ReadOnlySpan<byte> Masks =>
    [
        0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ];

    /// <summary>True when bytes of the pool stand there in the line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="at">A place in it, at most its length.</param>
    /// <param name="pool">Holds the bytes, and <see cref="Spare"/> more.</param>
    /// <param name="from">Where they begin.</param>
    /// <param name="length">How many they are.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool StandsAt(ReadOnlySpan<byte> line, int at, byte[] pool, int from, int length)
    {
        if (!Vector256.IsHardwareAccelerated || line.Length - at < 2 * Vector256<byte>.Count || length > 2 * Vector256<byte>.Count)
            return StandsAtPlainly(line, at, pool, from, length);
        if (length <= Vector256<byte>.Count) return (Difference(line, at, pool, from) & MaskOf(length)) == Vector256<byte>.Zero;
        var last = length - Vector256<byte>.Count;
        return (Difference(line, at, pool, from) | Difference(line, at + last, pool, from + last)) == Vector256<byte>.Zero;
    }

    // Called where the line has 32 bytes more; the pool has them always.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Difference(ReadOnlySpan<byte> line, int at, byte[] pool, int from) =>
        Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(line), (nuint)at)
            ^ Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(pool), (nuint)from);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool StandsAtPlainly(ReadOnlySpan<byte> line, int at, byte[] pool, int from, int length) =>
        line.Length - at >= length && line.Slice(at, length).SequenceEqual(pool.AsSpan(from, length));

    /// <summary>A mask of the first bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> MaskOf(int length) =>
        Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(Masks), (nuint)(Vector256<byte>.Count - length));

    /// <summary>The quote that ends a text without escapes; negative when there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int TextEnd(ReadOnlySpan<byte> line, int at)
    {
        var end = at + JsonScan.PlainLength(line[at..]);
        return JsonScan.Peek(line, end) == (byte)'"' ? end : -1;
    }

    /// <summary>Finds the quote that ends a text with escapes.</summary>
    /// <param name="line">The line.</param>
    /// <param name="at">Behind the first quote.</param>
    /// <param name="end">The last quote; negative when the text is broken.</param>
    public static bool TryEscaped(ReadOnlySpan<byte> line, int at, out int end)
    {
        end = JsonScan.String(line, at - 1, out _, out _) - 1;
        return end >= 0;
    }

    /// <summary>The most digits that <see cref="DigitsEnd"/> takes.</summary>
    public const int MaxDigits = 15;

    /// <summary>The end of a whole number of up to <see cref="MaxDigits"/> digits without leading zeros; negative when there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int DigitsEnd(ReadOnlySpan<byte> line, int at)
    {
        if (!Vector128.IsHardwareAccelerated || line.Length - at < Vector128<byte>.Count) return PlainDigitsEnd(line, at);
        var digits = Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(line), (nuint)at) - Vector128.Create((byte)'0');
        var length = BitOperations.TrailingZeroCount(Vector128.GreaterThan(digits, Vector128.Create((byte)9)).ExtractMostSignificantBits() | 1u << Vector128<byte>.Count);
        return length is 0 or > MaxDigits || length > 1 && digits.ToScalar() == 0 ? -1 : at + length;
    }

    private static int PlainDigitsEnd(ReadOnlySpan<byte> line, int at)
    {
        var end = JsonScan.Integer(line, at, out _);
        return end - at <= MaxDigits ? end : -1;
    }
}
