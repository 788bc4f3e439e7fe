namespace Nightjar.Simulation;

/// <summary>Draws numbers from a seed: the same on every machine and version (SplitMix64).</summary>
internal struct Draw
{
    private ulong _state;

    /// <summary>A stream of its own for each thing that is named, so that one more app changes nothing of the others.</summary>
    /// <param name="seed">That of the whole.</param>
    /// <param name="parts">What it is for: day, device, app.</param>
    public Draw(ulong seed, params ReadOnlySpan<int> parts)
    {
        _state = Mix(seed);
        foreach (var part in parts) _state = Mix(_state + (ulong)part + 1);
    }

    /// <summary>From 0 to <paramref name="limit"/> − 1.</summary>
    public int Below(int limit) => (int)((UInt128)Next() * (ulong)limit >> 64);

    /// <summary>From <paramref name="low"/> to <paramref name="high"/>, both among them.</summary>
    public int Between(int low, int high) => low + Below(high - low + 1);

    /// <summary>True so many times of a hundred.</summary>
    public bool Percent(int percent) => Below(100) < percent;

    /// <summary>A number near the one given: 30 % less to 30 % more.</summary>
    public long Near(long number) => Math.Max(0, number + number * Between(-30, 30) / 100);

    private ulong Next() => Mix(_state += 0x9E37_79B9_7F4A_7C15);

    private static ulong Mix(ulong value)
    {
        value = (value ^ value >> 30) * 0xBF58_476D_1CE4_E5B9;
        value = (value ^ value >> 27) * 0x94D0_49BB_1331_11EB;
        return value ^ value >> 31;
    }
}
