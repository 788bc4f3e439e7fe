using Nightjar.Analytics;
using Nightjar.Analytics.Plan;
using Nightjar.Events;

namespace Nightjar.Engine;

/// <summary>From sightings to matches: each beginning is judged once, when its window has closed.</summary>
public sealed partial class DetectionEngine
{
    private void See(KeyTrack key, Stage stage, in Sighting sighting)
    {
        Prune(key);
        var list = key.Stages[stage.Index];
        if (list.Count >= key.Analytic.PartialsPerKey) GiveUpFirst(key, stage.Index);
        var number = list.NextNumber;
        key.Add(stage.Index, in sighting);
        if (sighting.IsOpen)
        {
            key.Open++;
            _deadlines.Add(_laneOf[key.Index], new Deadline(key, stage.Index, number), DeadlineOf(key, in sighting), _number++);
        }
        PlanLook(key);
    }

    // What may belong to any app waits for the app whose values give the longest time.
    private Instant DeadlineOf(KeyTrack key, in Sighting first) =>
        first.End + (BelongsToAny(key) ? _reaches[key.Index].Window : first.Variant.Window) + _options.ClockSkew;

    private static bool BelongsToAny(KeyTrack key) => key.Analytic.IsPerApp && key.App.App.IsNone && !key.Analytic.CountsUnnamed;

    // The oldest makes room. What it could still become is judged now; if that is nothing, it is counted as given up.
    private void GiveUpFirst(KeyTrack key, int stage)
    {
        var list = key.Stages[stage];
        ref var first = ref list[0];
        if (first.IsOpen)
        {
            if (!Evaluate(key, stage, 0, _now)) Counters.PartialsGivenUp++;
        }
        else if (_reaches[key.Index].Retention[stage] == TimeSpan.Zero && first.End >= OldestBeginning(key) - Reach(key, stage))
        {
            Counters.PartialsGivenUp++;
        }
        key.RemoveFirst(stage, _pool);
    }

    private void Judge(Deadline deadline)
    {
        var (key, stage, number) = deadline;
        var index = key.Stages[stage].IndexOf(number);
        if (index < 0) return;
        var decided = DeadlineOf(key, in key.Stages[stage][index]);
        Evaluate(key, stage, index, decided);
        Prune(key);
        Forget(key);
    }

    /// <summary>Judges one beginning; true when it was part of a match.</summary>
    private bool Evaluate(KeyTrack key, int stage, int index, Instant decided)
    {
        ref var sighting = ref key.Stages[stage][index];
        if (!sighting.IsOpen) return false;
        sighting.IsOpen = false;
        key.Open--;
        var first = sighting;
        if (!BelongsToAny(key)) return EvaluateFor(key, first.Variant, stage, in first, decided);
        var found = false;
        foreach (var other in ActiveApps(key.App.Device, key.Index))
            found |= EvaluateFor(other, _standings.Of(other.App.Device, other.App).Analytics[key.Index], stage, in first, decided);
        return found;
    }

    private bool EvaluateFor(KeyTrack key, Analytic variant, int stage, in Sighting first, Instant decided)
    {
        var device = key.App.Device;
        var unnamed = key.Analytic.IsPerApp ? device.Unnamed?.Key(key.Index) : null;
        var candidates = new Candidates(key, unnamed);
        var filled = key.Filled | (unnamed?.Filled ?? 0);
        List<int>? blind = null;
        var found = false;
        for (var i = 0; i < variant.Chains.Count; i++)
        {
            var chain = variant.Chains[i];
            // Nearly always a stage has been seen by nobody, and then there is nothing to search.
            if (!AreSeen(chain, filled)) continue;
            if (chain.IsOrdered ? chain.Stages[0] != stage : !chain.Stages.Contains(stage)) continue;
            foreach (var assigned in _matcher.Find(variant, chain, stage, in first, candidates, device))
            {
                blind ??= BlindStages(variant, device, decided);
                if (Array.Exists(chain.Blind, index => !blind.Contains(index))) break;
                var match = new Match { Chain = chain, Assigned = assigned, Decided = decided };
                new Scoring(_options).Score(match, stage, variant, candidates, device);
                found = true;
                if (match.Score >= variant.Thresholds.Low) Report(key, variant, match, blind);
            }
        }
        if (key.Analytic.IsTumbling) CloseWindow(key, variant, stage, in first);
        return found;
    }

    private static bool AreSeen(Chain chain, ulong filled)
    {
        foreach (var stage in chain.Stages)
        {
            if ((filled & StageBit.Of(stage)) == 0) return false;
        }
        return true;
    }

    // In an order that does not depend on which came first.
    private KeyTrack[] ActiveApps(DeviceTrack device, int index)
    {
        if (device.FirstActive(index) is null) return [];
        var active = new List<KeyTrack>();
        for (var key = device.FirstActive(index); key is not null; key = key.Next) active.Add(key);
        return [.. active.OrderBy(key => _symbols.Text(key.App.App), StringComparer.Ordinal)];
    }

    // All of the window have been judged together; none of them begins another.
    private static void CloseWindow(KeyTrack key, Analytic variant, int stage, in Sighting first)
    {
        var events = new StoredEvent?[key.Stages.Length];
        events[stage] = first.Event;
        for (var other = 0; other < key.Stages.Length; other++)
        {
            var list = key.Stages[other];
            var groups = variant.Stages[other].SameGroup;
            for (var i = 0; i < list.Count; i++)
            {
                ref var sighting = ref list[i];
                if (!sighting.IsOpen || sighting.Time > first.End + variant.Window) continue;
                if (groups.Count > 0 && groups[stage] is { } group && group.Eval(new MatchScope(sighting.Event.View, in sighting.Moment, events)) != Tri.True) continue;
                sighting.IsOpen = false;
                key.Open--;
            }
        }
    }

    private List<int> BlindStages(Analytic analytic, DeviceTrack device, Instant decided) =>
        [.. analytic.Stages.Where(stage => !device.Observes(stage.Components, decided, _options.ObservationWindow)).Select(stage => stage.Index)];
}
