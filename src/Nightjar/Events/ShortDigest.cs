using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nightjar.Events;

/// <summary>SHA-256 of short texts. The platform's own is quicker per byte but takes several times as long to begin, and most ids are one block long.</summary>
internal static class ShortDigest
{
    /// <summary>The longest input: two blocks with their end mark and length.</summary>
    public const int MaxLength = 2 * BlockSize - 9;

    private const int BlockSize = 64;

    private static ReadOnlySpan<uint> Constants =>
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    /// <summary>The first 128 bits of the digest, big-endian.</summary>
    public static UInt128 Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> padded = stackalloc byte[2 * BlockSize];
        padded.Clear();
        bytes.CopyTo(padded);
        padded[bytes.Length] = 0x80;
        var length = bytes.Length + 9 <= BlockSize ? BlockSize : 2 * BlockSize;
        BinaryPrimitives.WriteUInt64BigEndian(padded[(length - 8)..], (ulong)bytes.Length * 8);
        Span<uint> state = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];
        for (var at = 0; at < length; at += BlockSize) Compress(padded.Slice(at, BlockSize), state);
        return new UInt128((ulong)state[0] << 32 | state[1], (ulong)state[2] << 32 | state[3]);
    }

    private static void Compress(ReadOnlySpan<byte> block, Span<uint> state)
    {
        Span<uint> words = stackalloc uint[64];
        for (var i = 0; i < 16; i++) words[i] = BinaryPrimitives.ReadUInt32BigEndian(block[(i * 4)..]);
        for (var i = 16; i < words.Length; i++) words[i] = words[i - 16] + Small0(words[i - 15]) + words[i - 7] + Small1(words[i - 2]);
        var (a, b, c, d) = (state[0], state[1], state[2], state[3]);
        var (e, f, g, h) = (state[4], state[5], state[6], state[7]);
        // Eight at a time, so that the eight variables change their parts instead of their values.
        for (var i = 0; i < words.Length; i += 8)
        {
            var w = words.Slice(i, 8);
            var k = Constants.Slice(i, 8);
            Round(a, b, c, ref d, e, f, g, ref h, w[0] + k[0]);
            Round(h, a, b, ref c, d, e, f, ref g, w[1] + k[1]);
            Round(g, h, a, ref b, c, d, e, ref f, w[2] + k[2]);
            Round(f, g, h, ref a, b, c, d, ref e, w[3] + k[3]);
            Round(e, f, g, ref h, a, b, c, ref d, w[4] + k[4]);
            Round(d, e, f, ref g, h, a, b, ref c, w[5] + k[5]);
            Round(c, d, e, ref f, g, h, a, ref b, w[6] + k[6]);
            Round(b, c, d, ref e, f, g, h, ref a, w[7] + k[7]);
        }
        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
        state[5] += f;
        state[6] += g;
        state[7] += h;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(uint a, uint b, uint c, ref uint d, uint e, uint f, uint g, ref uint h, uint word)
    {
        var first = h + Large1(e) + (g ^ e & (f ^ g)) + word;
        d += first;
        h = first + Large0(a) + (a & b | c & (a | b));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Small0(uint x) => BitOperations.RotateRight(x, 7) ^ BitOperations.RotateRight(x, 18) ^ x >> 3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Small1(uint x) => BitOperations.RotateRight(x, 17) ^ BitOperations.RotateRight(x, 19) ^ x >> 10;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Large0(uint x) => BitOperations.RotateRight(x, 2) ^ BitOperations.RotateRight(x, 13) ^ BitOperations.RotateRight(x, 22);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Large1(uint x) => BitOperations.RotateRight(x, 6) ^ BitOperations.RotateRight(x, 11) ^ BitOperations.RotateRight(x, 25);
}
