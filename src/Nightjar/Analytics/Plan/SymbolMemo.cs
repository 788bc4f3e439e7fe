using System.Numerics;
using Nightjar.Events;

namespace Nightjar.Analytics.Plan;

/// <summary>Remembers a yes or no per interned text, so that a question is answered once per distinct value.</summary>
/// <remarks>
/// Several threads may ask at once: answers are equal whoever writes them, so a lost write costs only time. Of very many texts only some
/// are remembered, each in the place of its number: a gigabyte of telemetry holds a million texts, most of which are asked about once.
/// </remarks>
internal sealed class SymbolMemo(SymbolTable symbols, Func<string, bool> test)
{
    private int[] _entries = new int[MemoSize.Least];

    public bool Test(Symbol symbol)
    {
        var entries = _entries;
        var entry = entries[symbol.Id & (entries.Length - 1)];
        return entry >> 1 == symbol.Id ? (entry & 1) != 0 : Ask(symbol);
    }

    private bool Ask(Symbol symbol)
    {
        var answer = test(symbols.Text(symbol));
        var entries = MemoSize.Grown(ref _entries, symbol.Id);
        entries[symbol.Id & (entries.Length - 1)] = symbol.Id << 1 | (answer ? 1 : 0);
        return answer;
    }
}

/// <summary>Remembers what an interned text turns into, for example a path into its folder; bounded as <see cref="SymbolMemo"/> is.</summary>
internal sealed class SymbolMap(SymbolTable symbols, Func<string, string?> map)
{
    private long[] _entries = new long[MemoSize.Least];

    public Symbol Of(Symbol symbol)
    {
        if (symbol.IsNone) return default;
        var entries = _entries;
        // Whoever sees the answer sees its text in the table, though another thread may have added it.
        var entry = Volatile.Read(ref entries[symbol.Id & (entries.Length - 1)]);
        return entry >> 32 == symbol.Id ? new Symbol((int)entry) : Ask(symbol);
    }

    private Symbol Ask(Symbol symbol)
    {
        var answer = symbols.Intern((map(symbols.Text(symbol)) ?? "").AsSpan());
        var entries = MemoSize.Grown(ref _entries, symbol.Id);
        Volatile.Write(ref entries[symbol.Id & (entries.Length - 1)], (long)symbol.Id << 32 | (uint)answer.Id);
        return answer;
    }
}

/// <summary>How many answers are remembered: all, while there are few texts.</summary>
internal static class MemoSize
{
    public const int Least = 256;
    public const int Most = 16_384;

    /// <summary>Makes room for a number, up to <see cref="Most"/>. What was remembered keeps its place.</summary>
    public static T[] Grown<T>(ref T[] entries, int id)
    {
        var held = entries;
        if (id < held.Length || held.Length >= Most) return held;
        Array.Resize(ref held, (int)Math.Min(Most, BitOperations.RoundUpToPowerOf2((uint)id + 1)));
        return entries = held;
    }
}
