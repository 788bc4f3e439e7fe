using Nightjar.Analytics.Plan;
using Nightjar.Events;
using Nightjar.Inquiry;

namespace Nightjar.Calibration;

/// <summary>Observes what a condition compares, wherever the comparison decides it.</summary>
internal static class Conditional
{
    /// <summary>Takes the number at an event, if the condition is true with one answer of the comparison and not with the other.</summary>
    public static void Observe(TunedCondition condition, PlaceTally tally, SeenEvent seen, ReadOnlySpan<StoredEvent?> stages, Symbol device)
    {
        tally.Asked++;
        if (seen.Ask(condition.WhenTrue, stages) == Tri.True == (seen.Ask(condition.WhenFalse, stages) == Tri.True)) return;
        tally.Deciding++;
        foreach (var number in condition.Numbers)
        {
            if (!number.TryEval(seen.Scope(stages), out var value)) continue;
            tally.Take(value, device, seen.App);
            return;
        }
    }
}
