namespace Nightjar.Benchmarks.Whole;

/// <summary>Numbers that look like chance and are the same on every machine and version: SplitMix64.</summary>
internal struct Chance(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A stream of its own for the thing with this number.</summary>
    public static Chance Of(ulong seed, long number) => new(Mix(seed + Mix((ulong)number)));

    public ulong Next() => Mix(_state += 0x9E37_79B9_7F4A_7C15);

    /// <summary>From 0 to <paramref name="limit"/> − 1.</summary>
    public int Below(int limit) => (int)((UInt128)Next() * (ulong)limit >> 64);

    /// <summary>From 0 to <paramref name="limit"/> − 1, small numbers far more often: a few apps and hosts make most of the traffic.</summary>
    public int Skewed(int limit) => (int)((long)Below(limit) * Below(limit) / limit);

    private static ulong Mix(ulong value)
    {
        value = (value ^ value >> 30) * 0xBF58_476D_1CE4_E5B9;
        value = (value ^ value >> 27) * 0x94D0_49BB_1331_11EB;
        return value ^ value >> 31;
    }
}
