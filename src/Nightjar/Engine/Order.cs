using Nightjar.Events;

namespace Nightjar.Engine;

/// <summary>When one event counts as coming after another.</summary>
internal static class Order
{
    /// <summary>
    /// True when <paramref name="next"/> begins no earlier than <paramref name="previous"/> began. Events of different log sources may be
    /// out of step by the skew; equal times are a tie and count as in order, unless both state a sequence that says otherwise.
    /// </summary>
    public static bool Follows(in EventHeader previous, in EventHeader next, TimeSpan skew)
    {
        if (next.Time > previous.Time) return true;
        if (previous.LogName != next.LogName) return previous.Time - next.Time <= skew;
        return next.Time == previous.Time && !(previous.Sequence != 0 && next.Sequence != 0 && next.Sequence < previous.Sequence);
    }

    /// <summary>True when only the tolerance puts the two in order, so that a reader must be told.</summary>
    public static bool IsTie(in EventHeader previous, in EventHeader next) =>
        next.Time == previous.Time && (previous.Sequence == 0 || next.Sequence == 0 || previous.LogName != next.LogName);

    /// <summary>True when the second began before the first and only the skew between sources allows the order.</summary>
    public static bool IsSkewed(in EventHeader previous, in EventHeader next) => next.Time < previous.Time;
}
