using System.Buffers.Binary;

namespace Nightjar.Events;

/// <summary>Numbers one behind the other in one, two, four or eight bytes each, four after a byte that says how many each takes.</summary>
/// <remarks>Beside numbers of seven bits a byte (<see cref="RecordWriter"/>), which take a little less room: what is written for every event is written with one branch a number in place of one a byte.</remarks>
internal static class PackedNumbers
{
    /// <summary>Bytes that must be there behind the last number, to be written over or read beyond.</summary>
    public const int Slack = sizeof(ulong);

    private const int InGroup = 4;

    /// <summary>Most bytes of some numbers, without the slack.</summary>
    public static int MostBytes(int count) => count * sizeof(ulong) + (count + InGroup - 1) / InGroup;

    /// <summary>A number that may be below 0 with its sign at the end, so that small ones stay small.</summary>
    public static long Fold(long number) => number << 1 ^ number >> 63;

    /// <summary>The number that was folded.</summary>
    public static long Unfold(long folded) => (long)((ulong)folded >> 1) ^ -(folded & 1);

    /// <summary>Writes numbers; gives back how many bytes they take.</summary>
    public static int Write(ReadOnlySpan<long> numbers, Span<byte> to)
    {
        var length = 0;
        for (var i = 0; i < numbers.Length; i += InGroup)
        {
            var (at, sizes) = (length++, 0);
            for (var j = 0; j < InGroup && i + j < numbers.Length; j++)
            {
                var number = (ulong)numbers[i + j];
                var size = number <= byte.MaxValue ? 0 : number <= ushort.MaxValue ? 1 : number <= uint.MaxValue ? 2 : 3;
                sizes |= size << 2 * j;
                BinaryPrimitives.WriteUInt64LittleEndian(to[length..], number);
                length += 1 << size;
            }
            to[at] = (byte)sizes;
        }
        return length;
    }

    /// <summary>Reads as many numbers as there is room for; gives back how many bytes they took.</summary>
    public static int Read(ReadOnlySpan<byte> from, Span<long> numbers)
    {
        var length = 0;
        for (var i = 0; i < numbers.Length; i += InGroup)
        {
            var sizes = from[length++];
            for (var j = 0; j < InGroup && i + j < numbers.Length; j++)
            {
                var size = 1 << (sizes >> 2 * j & 3);
                numbers[i + j] = (long)(BinaryPrimitives.ReadUInt64LittleEndian(from[length..]) & ulong.MaxValue >> 64 - 8 * size);
                length += size;
            }
        }
        return length;
    }
}
