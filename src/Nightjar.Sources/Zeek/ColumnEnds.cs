using System.Numerics;
using System.Runtime.Intrinsics;

namespace Nightjar.Sources.Zeek;

/// <summary>Finds where the columns of a row end.</summary>
internal static class ColumnEnds
{
    /// <summary>Finds the separators of a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="separator">What stands between columns; not empty.</param>
    /// <param name="ends">Gets the position of each separator; as long as there must be separators.</param>
    /// <returns>False when the row has more or fewer separators.</returns>
    public static bool TryFind(ReadOnlySpan<byte> row, ReadOnlySpan<byte> separator, Span<int> ends) =>
        separator.Length == 1 ? TryFindByte(row, separator[0], ends) : TryFindPlain(row, separator, ends);

    /// <summary>The plain form, for separators of any length; the other is proved equal to it.</summary>
    internal static bool TryFindPlain(ReadOnlySpan<byte> row, ReadOnlySpan<byte> separator, Span<int> ends)
    {
        var start = 0;
        for (var i = 0; ; i++)
        {
            var next = row[start..].IndexOf(separator);
            if (next < 0 || i == ends.Length) return next < 0 && i == ends.Length;
            ends[i] = start + next;
            start += next + separator.Length;
        }
    }

    // 32 bytes at a time: columns are short, so a search for each costs three times as much.
    private static bool TryFindByte(ReadOnlySpan<byte> row, byte separator, Span<int> ends)
    {
        var count = 0;
        var at = 0;
        for (; at + Vector256<byte>.Count <= row.Length; at += Vector256<byte>.Count)
        {
            var found = Vector256.Equals(Vector256.Create(row.Slice(at, Vector256<byte>.Count)), Vector256.Create(separator)).ExtractMostSignificantBits();
            for (; found != 0; found &= found - 1)
            {
                if (count == ends.Length) return false;
                ends[count++] = at + BitOperations.TrailingZeroCount(found);
            }
        }
        for (; at < row.Length; at++)
        {
            if (row[at] != separator) continue;
            if (count == ends.Length) return false;
            ends[count++] = at;
        }
        return count == ends.Length;
    }
}
