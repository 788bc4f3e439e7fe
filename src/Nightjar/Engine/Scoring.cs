using Nightjar.Analytics;
using Nightjar.Analytics.Plan;
using Nightjar.Events;
using Nightjar.Findings;

namespace Nightjar.Engine;

/// <summary>Adds up what a match is worth, and keeps the reason of every line.</summary>
internal sealed class Scoring(EngineOptions options)
{
    private StoredEvent?[] _events = [];

    public void Score(Match match, Analytic analytic, Candidates candidates, DeviceTrack device)
    {
        _events = [.. match.Assigned.Select(item => item.Event)];
        match.Contributions.Add(new Contribution(match.Chain.Name, match.Chain.Score, Tri.True, Describe(analytic, match.Chain)));
        foreach (var addition in analytic.Additions)
        {
            var (state, reason) = addition.Stage >= 0
                ? OfStage(match, analytic, addition, candidates, device)
                : (OfCondition(match, addition), addition.Reason);
            match.Contributions.Add(new Contribution(addition.Name, addition.Points, state, state == Tri.Unknown ? Unknown(reason, addition) : reason));
        }
        match.Score = Math.Clamp(match.Contributions.Where(item => item.State == Tri.True).Sum(item => item.Points), 0, 100);
    }

    private static string Describe(Analytic analytic, Chain chain) =>
        string.Join(chain.IsOrdered ? ", then " : ", and ", chain.Stages.Select(stage => analytic.Stages[stage].Title));

    private static string Unknown(string reason, Addition addition) =>
        addition.Stage >= 0 ? $"{reason}: not observable" : $"{reason}: unknown";

    private Tri OfCondition(Match match, Addition addition)
    {
        if (addition.At >= 0)
            return _events[addition.At] is null ? Tri.Unknown : Ask(addition.When!, in match.Assigned[addition.At]);
        var result = Tri.False;
        foreach (var stage in match.Chain.Stages) result = result.Or(Ask(addition.When!, in match.Assigned[stage]));
        return result;
    }

    private Tri Ask(TruthNode node, in Sighting at) => node.Eval(new MatchScope(at.Event.View, in at.Moment, _events));

    private (Tri State, string Reason) OfStage(Match match, Analytic analytic, Addition addition, Candidates candidates, DeviceTrack device)
    {
        var stage = analytic.Stages[addition.Stage];
        var found = new List<StoredEvent>();
        var walk = candidates.Of(stage);
        while (walk.MoveNext())
        {
            ref var candidate = ref walk.Current;
            if (candidates.Admits(stage, in candidate.Event.Header) && Counts(match, analytic, addition, stage, in candidate)) found.Add(candidate.Event);
        }
        if (found.Count >= addition.AtLeast)
        {
            match.Supporting.AddRange(found.Select(item => (addition.Stage, item)));
            return (Tri.True, addition.Reason);
        }
        return (device.Observes(stage.Components, match.Decided, options.ObservationWindow) ? Tri.False : Tri.Unknown, addition.Reason);
    }

    private bool Counts(Match match, Analytic analytic, Addition addition, Stage stage, in Sighting candidate)
    {
        ref readonly var header = ref candidate.Event.Header;
        ref readonly var first = ref match.Assigned[match.Chain.Stages[0]].Event.Header;
        if (!Order.Follows(in first, in header, options.ClockSkew) && addition.Before < 0) return false;
        if (header.Time > first.End + analytic.Window || header.End < first.Time - analytic.Window) return false;
        if (addition.After >= 0 && !(_events[addition.After] is { } after && Order.Follows(in after.Header, in header, options.ClockSkew))) return false;
        if (addition.Before >= 0 && !(_events[addition.Before] is { } before && Order.Follows(in header, in before.Header, options.ClockSkew))) return false;
        if (addition.AtLeast == 1 && _events.Contains(candidate.Event)) return false;
        var scope = new MatchScope(candidate.Event.View, in candidate.Moment, _events);
        return (match.Chain.Stages.Contains(stage.Index) || Joined.All(stage, in candidate, _events, match.Chain.Bits))
            && (addition.Join is null || addition.Join.Eval(in scope) == Tri.True);
    }
}
