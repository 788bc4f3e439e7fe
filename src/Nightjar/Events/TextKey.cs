namespace Nightjar.Events;

/// <summary>What <see cref="SymbolTable.Expect"/> reckoned of a text. Of use for that text and table only.</summary>
public readonly record struct TextKey
{
    private readonly ulong _packed;

    // What was seen is kept so that looking is not left out; 0 stands for no key at all, so a bit is set.
    internal TextKey(uint hash, uint seen) => _packed = (ulong)hash << 32 | seen | 1;

    internal uint Hash => (uint)(_packed >> 32);
}
