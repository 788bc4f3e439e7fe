namespace Nightjar.Events;

/// <summary>Where a text stands in a <see cref="SymbolTable"/>, as <see cref="SymbolTable.KeyOf"/> reckoned it.</summary>
/// <remarks>Of use for that text only, and in this process only: the hash has a key that is drawn anew each time.</remarks>
public readonly record struct TextKey
{
    // 0 stands for no key at all, so a bit is set.
    private readonly ulong _packed;

    internal TextKey(uint hash) => _packed = (ulong)hash << 32 | 1;

    /// <summary>True for the key of no text.</summary>
    public bool IsNone => _packed == 0;

    internal uint Hash => (uint)(_packed >> 32);
}
