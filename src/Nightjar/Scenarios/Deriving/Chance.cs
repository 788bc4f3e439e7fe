namespace Nightjar.Scenarios.Deriving;

/// <summary>Numbers that look like chance and are the same on every run.</summary>
internal sealed class Chance(ulong seed)
{
    private ulong _state = seed | 1;

    /// <summary>A number from 0 to one less than <paramref name="limit"/>.</summary>
    public int Below(int limit)
    {
        _state ^= _state << 13;
        _state ^= _state >> 7;
        _state ^= _state << 17;
        return (int)(_state % (ulong)limit);
    }
}
