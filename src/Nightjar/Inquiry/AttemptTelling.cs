using Nightjar.Analytics;
using Nightjar.Analytics.Plan;
using Nightjar.Events;
using Nightjar.Findings;

namespace Nightjar.Inquiry;

/// <summary>Puts what came close to a match into words and figures.</summary>
internal sealed class AttemptTelling(
    Evaluator evaluator, Closest closest, History history, SymbolTable symbols, Func<int, long, string> locate, Symbol app)
{
    private readonly Analytic _analytic = evaluator.Analytic;

    /// <summary>True when a search was cut short.</summary>
    public bool WasCut { get; private set; }

    /// <summary>The closest attempts of all chains.</summary>
    /// <param name="matches">Matches whose score is below the threshold: they come closer than anything else.</param>
    /// <param name="most">How many.</param>
    public IEnumerable<Attempt> Tell(IReadOnlyList<Weighed> matches, int most)
    {
        var low = matches.OrderByDescending(match => match.Score).Take(1).Select(match => OfMatch(match));
        var whole = Whole().Take(most);
        var close = _analytic.Chains.Where(chain => chain.Blind.All(IsBlind)).SelectMany(chain => closest.Of(chain).Take(most)).Where(way => way.Cost > 0)
            .OrderByDescending(way => (double)way.Right / way.Stages.Count).ThenBy(way => way.Cost / way.Stages.Count).ThenByDescending(way => way.Stages.Count).Select(OfCloseWay);
        return low.Concat(whole).Concat(close).Take(most);
    }

    // Every stage is there and something speaks against the whole.
    private IEnumerable<Attempt> Whole()
    {
        var reconstruction = evaluator.Reconstruct(app);
        var weighing = new Weighing(_analytic, reconstruction);
        foreach (var (chain, beginning) in evaluator.Begun())
        {
            if (reconstruction.Ways(chain, beginning).FirstOrDefault() is not { } way) continue;
            WasCut |= reconstruction.WasCut;
            List<Gap> gaps = [.. reconstruction.Objections(way).Select(objection => OfObjection(objection, weighing, way))];
            if (gaps.Count == 0) gaps.AddRange(chain.Blind.Where(stage => !weighing.BlindAt(beginning).Contains(stage)).Select(stage => new Gap { Kind = GapKind.Observable, Stage = _analytic.Stages[stage].Id }));
            if (gaps.Count > 0) yield return Seen(way, gaps);
        }
    }

    private bool IsBlind(int stage) => _analytic.Stages[stage].Components is not DataComponents.None and var needed && (needed & history.Deliveries.All) == 0;

    private Attempt OfMatch(Weighed match) => Seen(match.Way, [new Gap
    {
        Kind = GapKind.Score, Compared = [new ComparedValue("score", (double)match.Score, ">=", (double)_analytic.Thresholds.Low)],
    }]) with { Contributions = match.Contributions, Score = match.Score };

    private Attempt Seen(Way way, IReadOnlyList<Gap> gaps) => new()
    {
        Chain = way.Chain.Name,
        IsOrdered = way.Chain.IsOrdered,
        Stages = [.. way.Chain.Stages.Select(stage => Stage(stage, way.Events[stage], []))],
        Gaps = gaps,
        Contributions = [],
        Score = null,
        UnknownContext = Unknown(way.InChain.MaxBy(seen => seen.Number)!),
    };

    private Gap OfObjection(Objection objection, Weighing weighing, Way way)
    {
        if (objection.Seen is { } seen) return new Gap { Kind = GapKind.Unwanted, Stage = _analytic.Stages[objection.Stage].Id, Text = _analytic.Stages[objection.Stage].Title, Event = Event(seen) };
        var isBlind = weighing.BlindAt(way.Beginning).Contains(objection.Stage);
        return new Gap
        {
            Kind = isBlind ? GapKind.Observable : GapKind.Measure, Stage = _analytic.Stages[objection.Stage].Id, Text = _analytic.Stages[objection.Stage].Title,
            Compared = [.. objection.Measured!.Figures.Where(figure => !figure.Holds).Select(figure => new ComparedValue(figure.Of, figure.Have, figure.AtMost ? "<=" : ">=", figure.Wanted))],
        };
    }

    private Attempt OfCloseWay(CloseWay way)
    {
        var seen = way.Stages.OfType<Nearly>().Select(item => item.Seen).ToList();
        var isOwn = !_analytic.IsPerApp || seen.Exists(item => item.App == app);
        return new Attempt
        {
            Chain = way.Chain.Name,
            IsOrdered = way.Chain.IsOrdered,
            Stages = [.. way.Stages.Zip(way.Chain.Stages, (item, stage) => Stage(stage, item?.Seen, item?.Gaps ?? []))],
            Gaps = isOwn ? [] : [new Gap { Kind = GapKind.NotItsOwn }],
            Contributions = [],
            Score = null,
            UnknownContext = Unknown(seen.MaxBy(item => item.Number)!),
        };
    }

    private AttemptStage Stage(int index, SeenEvent? seen, IReadOnlyList<Gap> gaps)
    {
        var stage = _analytic.Stages[index];
        var state = seen is not null ? gaps.Count == 0 ? StageState.Matched : StageState.Missing : IsBlind(index) ? StageState.NotObservable : StageState.Missing;
        return new AttemptStage(stage.Id, stage.Title, state, seen is null ? null : Event(seen), gaps, state == StageState.NotObservable ? stage.Components : DataComponents.None);
    }

    private EvidenceEvent Event(SeenEvent seen) =>
        EvidenceEvent.From(seen.Event.View, symbols, locate(seen.Event.Header.File, seen.Event.Header.Position));

    private static List<string> Unknown(SeenEvent seen)
    {
        var (moment, unknown) = (seen.Moment, new List<string>());
        if (moment.State.AppState == AppState.Unknown) unknown.Add("app_state");
        if (moment.State.IsDeviceLocked == Tri.Unknown) unknown.Add("is_device_locked");
        if (moment.LastInteraction == Instant.Min) unknown.Add("last_user_interaction");
        if (moment.State.IsManagedApp == Tri.Unknown) unknown.Add("is_managed_app");
        if (moment.State.InstallSource == InstallSource.Unknown) unknown.Add("install_source");
        if (moment.State.IsManagedDevice == Tri.Unknown) unknown.Add("device.is_managed");
        return unknown;
    }
}
