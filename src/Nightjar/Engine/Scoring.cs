using Nightjar.Analytics;
using Nightjar.Analytics.Plan;
using Nightjar.Events;
using Nightjar.Findings;

namespace Nightjar.Engine;

/// <summary>Adds up what a match is worth, and keeps the reason of every line.</summary>
internal sealed class Scoring(EngineOptions options)
{
    private StoredEvent?[] _events = [];

    public void Score(Match match, int firstStage, Analytic analytic, Candidates candidates, DeviceTrack device)
    {
        _events = [.. match.Assigned.Select(item => item.Event)];
        var meter = new Meter(options, analytic, match.Chain, firstStage, match.Assigned, _events, candidates, device, match.Decided);
        foreach (var measure in match.Chain.Require) match.Supporting.AddRange(meter.Read(measure).Events.Select(item => (measure.Stage, item)));
        match.Contributions.Add(new Contribution(match.Chain.Name, match.Chain.Score, Tri.True, Describe(analytic, match.Chain)));
        foreach (var addition in analytic.Additions)
        {
            var (state, reason) = addition.Measure is { } measure
                ? Measured(match, addition, measure, meter)
                : (OfCondition(match, addition), addition.Reason);
            match.Contributions.Add(new Contribution(addition.Name, addition.Points, state, state == Tri.Unknown ? Unknown(reason, addition) : reason));
        }
        match.Score = Math.Clamp(match.Contributions.Where(item => item.State == Tri.True).Sum(item => item.Points), 0, 100);
    }

    private static string Describe(Analytic analytic, Chain chain) =>
        string.Join(chain.IsOrdered ? ", then " : ", and ", chain.Stages.Select(stage => analytic.Stages[stage].Title));

    private static string Unknown(string reason, Addition addition) =>
        addition.Measure is not null ? $"{reason}: not observable" : $"{reason}: unknown";

    private Tri OfCondition(Match match, Addition addition)
    {
        if (addition.At >= 0)
            return _events[addition.At] is null ? Tri.Unknown : Ask(addition.When!, in match.Assigned[addition.At]);
        var result = Tri.False;
        foreach (var stage in match.Chain.Stages) result = result.Or(Ask(addition.When!, in match.Assigned[stage]));
        return result;
    }

    private Tri Ask(TruthNode node, in Sighting at) => node.Eval(new MatchScope(at.Event.View, in at.Moment, _events));

    private static (Tri State, string Reason) Measured(Match match, Addition addition, Measure measure, Meter meter)
    {
        var reading = meter.Read(measure);
        if (reading.State == Tri.True) match.Supporting.AddRange(reading.Events.Select(item => (measure.Stage, item)));
        return (reading.State, reading.Detail.Length == 0 ? addition.Reason : $"{addition.Reason} ({reading.Detail})");
    }
}
