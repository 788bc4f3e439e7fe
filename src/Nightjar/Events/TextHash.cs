using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Nightjar.Events;

/// <summary>A quick hash of bytes for tables in memory, by a key that nobody outside can know. Not for ids: those are cryptographic.</summary>
/// <remarks>With a known hash, whoever writes telemetry could make a million texts fall into one place of the table, and each look into it
/// a search through all of them. The key differs by process; nothing but the place of a text in its table depends on it.</remarks>
internal readonly struct TextHash(ulong first, ulong second)
{
    /// <summary>A hash by a key of its own.</summary>
    public static TextHash Draw()
    {
        Span<ulong> key = stackalloc ulong[2];
        RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(key));
        return new TextHash(key[0], key[1]);
    }

    /// <summary>The hash of a text.</summary>
    public uint Of(ReadOnlySpan<byte> bytes)
    {
        var length = (ulong)bytes.Length;
        var state = second;
        var (head, tail) = bytes.Length > 16 ? Long(bytes, ref state) : Ends(bytes);
        var mixed = Fold(Fold(head ^ first, tail ^ state) ^ second, length ^ first);
        return (uint)(mixed ^ mixed >> 32);
    }

    // The last sixteen bytes overlap the sixteen before, so that how many are left decides nothing.
    private (ulong Head, ulong Tail) Long(ReadOnlySpan<byte> bytes, ref ulong state)
    {
        var end = bytes[^16..];
        for (; bytes.Length > 16; bytes = bytes[16..])
            state = Fold(BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ first, BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]) ^ state);
        return (BinaryPrimitives.ReadUInt64LittleEndian(end), BinaryPrimitives.ReadUInt64LittleEndian(end[8..]));
    }

    // The first and the last bytes, up to eight each; they overlap where there are fewer than sixteen.
    private static (ulong Head, ulong Tail) Ends(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= 8) return (BinaryPrimitives.ReadUInt64LittleEndian(bytes), BinaryPrimitives.ReadUInt64LittleEndian(bytes[^8..]));
        if (bytes.Length >= 4) return (BinaryPrimitives.ReadUInt32LittleEndian(bytes), BinaryPrimitives.ReadUInt32LittleEndian(bytes[^4..]));
        return bytes.IsEmpty ? (0, 0) : (bytes[0], (ulong)bytes[bytes.Length / 2] << 8 | bytes[^1]);
    }

    // All bits of both go into all bits of the product; its halves together keep them.
    private static ulong Fold(ulong a, ulong b) => Math.BigMul(a, b, out var low) ^ low;
}
