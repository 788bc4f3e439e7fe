namespace Nightjar.Events;

/// <summary>Three-valued truth. Unknown is neither true nor false: nothing was seen that would tell.</summary>
public enum Tri : byte
{
    Unknown = 0,
    False = 1,
    True = 2,
}

/// <summary>Kleene's logic over <see cref="Tri"/>.</summary>
public static class TriLogic
{
    public static Tri Of(bool value) => value ? Tri.True : Tri.False;

    public static Tri Not(this Tri value) => value switch
    {
        Tri.True => Tri.False,
        Tri.False => Tri.True,
        _ => Tri.Unknown,
    };

    /// <summary>False when either is false; unknown when neither is false and one is unknown.</summary>
    public static Tri And(this Tri a, Tri b) =>
        a == Tri.False || b == Tri.False ? Tri.False : a == Tri.True && b == Tri.True ? Tri.True : Tri.Unknown;

    /// <summary>True when either is true; unknown when neither is true and one is unknown.</summary>
    public static Tri Or(this Tri a, Tri b) =>
        a == Tri.True || b == Tri.True ? Tri.True : a == Tri.False && b == Tri.False ? Tri.False : Tri.Unknown;
}
