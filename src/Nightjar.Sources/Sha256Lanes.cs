using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nightjar.Sources;

/// <summary>SHA-256 of eight short texts at once, one in each lane of a vector: for short texts a call of the system's costs more than its work.</summary>
internal sealed class Sha256Lanes
{
    /// <summary>Texts hashed at once.</summary>
    public const int Lanes = 8;

    private const int WordsPerBlock = 16;
    private const int BlockBytes = 64;

    private static readonly uint[] Initial = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];

    private static readonly uint[] Round =
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3,
        0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
        0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
        0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    private readonly int _blocks;
    private readonly uint[] _words;

    // Where the text of each lane ended: ids are mostly of one length, and then there is nothing of the last one to wipe out.
    private readonly int[] _ends = new int[Lanes];
    private readonly Vector256<uint>[] _state = new Vector256<uint>[8];

    /// <param name="blocks">Blocks of 64 bytes that each text has, its padding included.</param>
    public Sha256Lanes(int blocks)
    {
        _blocks = blocks;
        _words = new uint[blocks * WordsPerBlock * Lanes];
    }

    /// <summary>True where the machine has vectors wide enough to gain by this.</summary>
    public static bool IsSupported => Vector256.IsHardwareAccelerated && BitConverter.IsLittleEndian;

    /// <summary>Blocks that a text of this length has with its padding: a mark and the length.</summary>
    public static int BlocksOf(int length) => (length + 9 + BlockBytes - 1) / BlockBytes;

    /// <summary>Puts a text into a lane, over what was there.</summary>
    public void Put(int lane, ReadOnlySpan<byte> text)
    {
        ref var word = ref _words[lane];
        var at = 0;
        foreach (var value in MemoryMarshal.Cast<byte, uint>(text))
        {
            Unsafe.Add(ref word, at) = BinaryPrimitives.ReverseEndianness(value);
            at += Lanes;
        }
        _words[lane + at] = LastWord(text);
        for (var old = at + Lanes; old <= _ends[lane]; old += Lanes) _words[lane + old] = 0;
        _ends[lane] = at;
        _words[lane + (_blocks * WordsPerBlock - 1) * Lanes] = (uint)text.Length * 8;
    }

    // The bytes that fill no word, and the mark behind them.
    private static uint LastWord(ReadOnlySpan<byte> text)
    {
        var left = text.Length % 4 * 8;
        var end = 0U;
        foreach (var value in text[^Math.Min(4, text.Length)..]) end = end << 8 | value;
        return (uint)((ulong)end << 32 - left) | 0x8000_0000 >> left;
    }

    /// <summary>Hashes what the lanes hold.</summary>
    public void Run()
    {
        for (var i = 0; i < _state.Length; i++) _state[i] = Vector256.Create(Initial[i]);
        Span<Vector256<uint>> schedule = stackalloc Vector256<uint>[WordsPerBlock];
        for (var block = 0; block < _blocks; block++)
        {
            MemoryMarshal.Cast<uint, Vector256<uint>>(_words.AsSpan(block * WordsPerBlock * Lanes, WordsPerBlock * Lanes)).CopyTo(schedule);
            Compress(schedule);
        }
    }

    /// <summary>The first 128 bits of a lane's hash.</summary>
    public UInt128 First(int lane) => new(
        (ulong)_state[0].GetElement(lane) << 32 | _state[1].GetElement(lane),
        (ulong)_state[2].GetElement(lane) << 32 | _state[3].GetElement(lane));

    // Vectors cannot be compiled before the program runs, so it is done at its best at once.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void Compress(Span<Vector256<uint>> w)
    {
        var (a, b, c, d) = (_state[0], _state[1], _state[2], _state[3]);
        var (e, f, g, h) = (_state[4], _state[5], _state[6], _state[7]);
        for (var t = 0; t < Round.Length; t++)
        {
            var slot = t & 15;
            if (t >= WordsPerBlock) w[slot] += Small(w[(t + 1) & 15], 7, 18, 3) + w[(t + 9) & 15] + Small(w[(t + 14) & 15], 17, 19, 10);
            var first = h + Big(e, 6, 11, 25) + ((e & f) ^ Vector256.AndNot(g, e)) + Vector256.Create(Round[t]) + w[slot];
            var second = Big(a, 2, 13, 22) + ((a & b) ^ (a & c) ^ (b & c));
            (h, g, f, e, d, c, b, a) = (g, f, e, d + first, c, b, a, first + second);
        }
        _state[0] += a;
        _state[1] += b;
        _state[2] += c;
        _state[3] += d;
        _state[4] += e;
        _state[5] += f;
        _state[6] += g;
        _state[7] += h;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Big(Vector256<uint> x, [ConstantExpected] byte i, [ConstantExpected] byte j, [ConstantExpected] byte k) => Right(x, i) ^ Right(x, j) ^ Right(x, k);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Small(Vector256<uint> x, [ConstantExpected] byte i, [ConstantExpected] byte j, [ConstantExpected] byte k) => Right(x, i) ^ Right(x, j) ^ x >>> k;

    // One instruction where the machine has it; of three, all rotations together were a third of the work.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Right(Vector256<uint> x, [ConstantExpected] byte bits) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.RotateRight(x, bits) : x >>> bits | x << 32 - bits;
}
