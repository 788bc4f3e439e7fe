using Nightjar.Analytics;
using Nightjar.Analytics.Plan;
using Nightjar.Events;

namespace Nightjar.Inquiry;

/// <summary>Which events of a device are of which stage of an analytic, by themselves.</summary>
internal sealed class Appearances
{
    private readonly List<SeenEvent>[] _byStage;

    public Appearances(Choice choice, History history)
    {
        Analytic = choice.Analytic;
        _byStage = [.. Analytic.Stages.Select(stage => history.Events.Where(seen => seen.Ask(choice.Of(stage, seen).Stages[stage.Index].Own, default) == Tri.True).ToList())];
    }

    public Analytic Analytic { get; }

    /// <summary>All events of a stage, in order.</summary>
    public IReadOnlyList<SeenEvent> Of(Stage stage) => _byStage[stage.Index];

    /// <summary>Those of them that begin in a span of time.</summary>
    public IEnumerable<SeenEvent> Between(Stage stage, Instant from, Instant to)
    {
        var list = _byStage[stage.Index];
        var (low, high) = (0, list.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (list[middle].Time < from) low = middle + 1;
            else high = middle;
        }
        return Enumerable.Range(low, list.Count - low).Select(index => list[index]).TakeWhile(seen => seen.Time <= to);
    }

    /// <summary>Whether an event may stand for a stage in a match about an app.</summary>
    public bool Counts(Stage stage, SeenEvent seen, Symbol app)
    {
        if (!Analytic.IsPerApp) return true;
        return stage.App switch
        {
            AppRule.Same => seen.App == app,
            AppRule.SameOrUnnamed => seen.App == app || seen.App.IsNone,
            _ => seen.App != app && !seen.App.IsNone,
        };
    }
}
