using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nightjar.Sources;

/// <summary>The rounds of <see cref="Sha256Lanes"/> over sixteen lanes, for machines with AVX-512.</summary>
internal static class Sha256WideLanes
{
    private const int WordsPerBlock = 16;

    // Truth tables of three bits: first ^ second ^ third; second where first, else third; the majority.
    private const byte Xor = 0x96, Choose = 0xCA, Majority = 0xE8;

    public static bool IsSupported => Avx512F.IsSupported && BitConverter.IsLittleEndian;

    /// <summary>Hashes texts of equal length in blocks.</summary>
    /// <param name="words">Word after word, each for all lanes.</param>
    /// <param name="digests">The eight words of the digests, likewise.</param>
    public static void Run(ReadOnlySpan<uint> words, Span<uint> digests)
    {
        var blocks = MemoryMarshal.Cast<uint, Vector512<uint>>(words);
        var state = MemoryMarshal.Cast<uint, Vector512<uint>>(digests);
        for (var i = 0; i < state.Length; i++) state[i] = Vector512.Create(Sha256Lanes.Initial[i]);
        Span<Vector512<uint>> schedule = stackalloc Vector512<uint>[WordsPerBlock];
        for (; blocks.Length >= WordsPerBlock; blocks = blocks[WordsPerBlock..])
        {
            blocks[..WordsPerBlock].CopyTo(schedule);
            Compress(schedule, state);
        }
    }

    private static void Compress(Span<Vector512<uint>> w, Span<Vector512<uint>> state)
    {
        var (a, b, c, d) = (state[0], state[1], state[2], state[3]);
        var (e, f, g, h) = (state[4], state[5], state[6], state[7]);
        var rounds = Sha256Lanes.Round;
        for (var t = 0; t < rounds.Length; t++)
        {
            var slot = t & 15;
            if (t >= WordsPerBlock) w[slot] += Small0(w[(t + 1) & 15]) + w[(t + 9) & 15] + Small1(w[(t + 14) & 15]);
            var first = h + Big1(e) + Avx512F.TernaryLogic(e, f, g, Choose) + Vector512.Create(rounds[t]) + w[slot];
            var second = Big0(a) + Avx512F.TernaryLogic(a, b, c, Majority);
            (h, g, f, e, d, c, b, a) = (g, f, e, d + first, c, b, a, first + second);
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

    private static Vector512<uint> Big0(Vector512<uint> x) =>
        Avx512F.TernaryLogic(Avx512F.RotateRight(x, 2), Avx512F.RotateRight(x, 13), Avx512F.RotateRight(x, 22), Xor);

    private static Vector512<uint> Big1(Vector512<uint> x) =>
        Avx512F.TernaryLogic(Avx512F.RotateRight(x, 6), Avx512F.RotateRight(x, 11), Avx512F.RotateRight(x, 25), Xor);

    private static Vector512<uint> Small0(Vector512<uint> x) =>
        Avx512F.TernaryLogic(Avx512F.RotateRight(x, 7), Avx512F.RotateRight(x, 18), x >>> 3, Xor);

    private static Vector512<uint> Small1(Vector512<uint> x) =>
        Avx512F.TernaryLogic(Avx512F.RotateRight(x, 17), Avx512F.RotateRight(x, 19), x >>> 10, Xor);
}
