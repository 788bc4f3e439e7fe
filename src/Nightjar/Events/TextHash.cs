using System.Buffers.Binary;
using System.Numerics;

namespace Nightjar.Events;

/// <summary>A quick hash of bytes for tables in memory. Not for ids: those are cryptographic.</summary>
internal static class TextHash
{
    private const ulong Prime = 0x9E37_79B9_7F4A_7C15;

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var hash = (ulong)bytes.Length * Prime;
        while (bytes.Length >= 8)
        {
            hash = Mix(hash, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[8..];
        }
        if (bytes.Length > 0) hash = Mix(hash, Tail(bytes));
        hash ^= hash >> 29;
        hash *= Prime;
        return (uint)(hash >> 32);
    }

    public static uint Of(long a, long b) => (uint)(Mix(Mix(Prime, (ulong)a), (ulong)b) * Prime >> 32);

    private static ulong Mix(ulong hash, ulong word) => (BitOperations.RotateLeft(hash, 23) ^ word) * Prime ^ hash >> 31;

    private static ulong Tail(ReadOnlySpan<byte> bytes)
    {
        ulong word = 0;
        for (var i = 0; i < bytes.Length; i++) word |= (ulong)bytes[i] << (8 * i);
        return word;
    }
}
