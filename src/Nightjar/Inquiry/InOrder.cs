using Nightjar.Events;

namespace Nightjar.Inquiry;

/// <summary>When one event counts as coming after another (the language's rules of time, written down once more).</summary>
internal static class InOrder
{
    public static bool IsAfter(SeenEvent earlier, SeenEvent later, TimeSpan skew)
    {
        ref readonly var a = ref earlier.Event.Header;
        ref readonly var b = ref later.Event.Header;
        if (a.LogName != b.LogName) return b.Time >= a.Time - skew;
        if (b.Time != a.Time) return b.Time > a.Time;
        var bothAreNumbered = a.Sequence != 0 && b.Sequence != 0;
        return !bothAreNumbered || b.Sequence >= a.Sequence;
    }

    /// <summary>By how much the later one comes too early; zero when it does not.</summary>
    public static TimeSpan Missing(SeenEvent earlier, SeenEvent later, TimeSpan skew) =>
        IsAfter(earlier, later, skew) ? TimeSpan.Zero : earlier.Time - later.Time;
}
