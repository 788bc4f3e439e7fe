using Nightjar.Analytics;
using Nightjar.Analytics.Plan;
using Nightjar.Engine;
using Nightjar.Events;

namespace Nightjar.Scenarios.Deriving;

/// <summary>Events that are nearly those of a chain. The chain must not match any more.</summary>
internal sealed record NearMiss(string Name, IReadOnlyList<ScenarioEvent> Events);

/// <summary>Derives near misses: a stage left out, the order reversed, stretched past the window, split between apps and between devices.</summary>
internal sealed class NearMisses(Analytic analytic, ChainEvents chain, IReadOnlyList<ScenarioEvent> events, EngineOptions options)
{
    private const string Suffix = ".another";

    public IEnumerable<NearMiss> All()
    {
        for (var position = 0; position < chain.Stages.Count; position++) yield return Without(position);
        if (chain.Chain.IsOrdered && chain.Stages.Count > 1) yield return new NearMiss("reversed", Reversed());
        if (chain.Stages.Count > 1) yield return new NearMiss("stretched past the window", Stretched());
        for (var cut = 1; cut < chain.Stages.Count; cut++)
        {
            if (analytic.IsPerApp && CanSplitApps(cut)) yield return new NearMiss($"another app from {Id(cut)} on", Moved(cut, item => item with { App = item.App + Suffix }));
            yield return new NearMiss($"another device from {Id(cut)} on", Moved(cut, item => item with { Device = item.Device + Suffix }));
        }
        foreach (var stage in chain.Chain.Blind) yield return new NearMiss($"{analytic.Stages[stage].Id} could be seen", Seen(analytic.Stages[stage]));
    }

    private string Id(int position) => analytic.Stages[chain.Chain.Stages[position]].Id;

    private NearMiss Without(int position) => new($"without {Id(position)}", [.. events.Where(item => !chain.Stages[position].Contains(item.Id))]);

    // The last stage first, and further apart than clocks of different sources may differ.
    private List<ScenarioEvent> Reversed()
    {
        var times = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);
        var at = events.Where(item => chain.All.Contains(item.Id)).Min(item => item.Offset);
        for (var position = chain.Stages.Count - 1; position >= 0; position--)
        {
            var group = events.Where(item => chain.PositionOf(item.Id) == position).ToList();
            var first = group.Min(item => item.Offset);
            foreach (var item in group) times[item.Id] = at + (item.Offset - first);
            at += group.Max(item => item.Offset) - first + options.ClockSkew + TimeSpan.FromSeconds(1);
        }
        return [.. events.Select(item => times.TryGetValue(item.Id, out var time) ? item with { Offset = time } : item)];
    }

    // Each stage begins only when the window of the one before it is over; what happened between them moves along.
    private List<ScenarioEvent> Stretched()
    {
        var own = events.Where(item => chain.All.Contains(item.Id)).ToList();
        var gap = analytic.Window + options.ClockSkew + (own.Max(item => item.End) - own.Min(item => item.Offset)) + TimeSpan.FromSeconds(1);
        return [.. events.Select(item => item with { Offset = item.Offset + gap * Math.Max(0, PositionAt(item, own)) })];
    }

    private int PositionAt(ScenarioEvent item, List<ScenarioEvent> own)
    {
        var position = chain.PositionOf(item.Id);
        if (position >= 0) return position;
        return own.Where(other => other.Offset <= item.Offset).Select(other => chain.PositionOf(other.Id)).DefaultIfEmpty().Max();
    }

    // A record that names no app belongs to any; one that must be of another app still is.
    private bool CanSplitApps(int cut)
    {
        var named = events.Where(item => item.App.Length > 0 && chain.All.Contains(item.Id))
            .Where(item => analytic.Stages[chain.Chain.Stages[chain.PositionOf(item.Id)]].App != AppRule.Other).ToList();
        return named.Exists(item => chain.PositionOf(item.Id) < cut) && named.Exists(item => chain.PositionOf(item.Id) >= cut);
    }

    private List<ScenarioEvent> Moved(int cut, Func<ScenarioEvent, ScenarioEvent> move) =>
        [.. events.Select(item => chain.PositionOf(item.Id) >= cut && item.Device.Length > 0 ? move(item) : item)];

    // An unrelated record of the telemetry that was said to be absent.
    private List<ScenarioEvent> Seen(Stage stage)
    {
        var first = events.First(item => chain.All.Contains(item.Id));
        var kind = (from eventClass in Enumerable.Range(1, EventClasses.Count - 1)
                    from activity in Enumerable.Range(1, Reach.Activities - 1)
                    where stage.Reach.Has((EventClass)eventClass, activity)
                    select ((EventClass)eventClass, activity)).First();
        var bystander = first with
        {
            Id = "bystander", App = "com.example.bystander", Class = kind.Item1, Activity = kind.activity, Length = TimeSpan.Zero,
            Offset = events.Min(item => item.Offset) - TimeSpan.FromSeconds(1), State = default, Fields = [],
        };
        return [bystander, .. events];
    }
}
