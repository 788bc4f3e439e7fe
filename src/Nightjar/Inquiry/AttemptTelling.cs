using System.Globalization;
using Nightjar.Analytics;
using Nightjar.Analytics.Plan;
using Nightjar.Events;
using Nightjar.Findings;

namespace Nightjar.Inquiry;

/// <summary>Puts what came close to a match into words and figures.</summary>
internal sealed class AttemptTelling(
    Evaluator evaluator, Analytic analytic, Closest closest, History history, SymbolTable symbols, Func<int, long, string> locate, Symbol app)
{
    private readonly Analytic _analytic = analytic;

    /// <summary>True when a search was cut short.</summary>
    public bool WasCut { get; private set; }

    /// <summary>The closest attempts of all chains.</summary>
    /// <param name="matches">Matches whose score is below the threshold: they come closer than anything else.</param>
    /// <param name="most">How many.</param>
    public IEnumerable<Attempt> Tell(IReadOnlyList<Weighed> matches, int most)
    {
        var low = matches.OrderByDescending(match => match.Score).Select(OfMatch);
        var close = _analytic.Chains.Where(chain => chain.Blind.All(IsBlind)).SelectMany(closest.Of).Where(way => way.Cost > 0)
            .OrderByDescending(way => (double)way.Right / way.Stages.Count).ThenBy(way => way.Cost / way.Stages.Count).ThenByDescending(way => way.Stages.Count).Select(OfCloseWay);
        List<Attempt> all = [.. low, .. Whole(), .. close];
        // What other apps did tells something only where the app itself did nothing.
        var own = all.FindAll(attempt => !attempt.Stages.Any(stage => stage.Gaps.Any(gap => gap.Kind == GapKind.App)));
        return (own.Count > 0 ? own : all)
            .GroupBy(Shape, StringComparer.Ordinal).Take(most).Select(group => group.First() with { Alike = group.Count() - 1 });
    }

    // Two attempts that miss the same tell an analyst the same.
    private static string Shape(Attempt attempt) =>
        $"{attempt.Chain}|{attempt.Score}|{Shape(attempt.Gaps)}|{string.Join('|', attempt.Stages.Select(stage => $"{stage.State} {stage.Event is null} {Shape(stage.Gaps)}"))}";

    private static string Shape(IEnumerable<Gap> gaps) => string.Join(';', gaps.Select(gap => $"{gap.Kind} {gap.Stage} {gap.Text}"));

    // Every stage is there and something speaks against the whole.
    private IEnumerable<Attempt> Whole()
    {
        foreach (var (variant, chain, beginning) in evaluator.Begun(app))
        {
            var reconstruction = evaluator.Reconstruct(variant, app);
            var weighing = new Weighing(variant, reconstruction);
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
        Context = Context(way.InChain.MaxBy(seen => seen.Number)!),
    };

    private Gap OfObjection(Objection objection, Weighing weighing, Way way)
    {
        if (objection.Seen is { } seen) return new Gap { Kind = GapKind.Unwanted, Stage = _analytic.Stages[objection.Stage].Id, Text = _analytic.Stages[objection.Stage].Title, Event = Event(seen) };
        var isBlind = weighing.BlindAt(way.Beginning).Contains(objection.Stage);
        return new Gap
        {
            Kind = isBlind ? GapKind.NotObservable : GapKind.Measure, Stage = _analytic.Stages[objection.Stage].Id, Text = _analytic.Stages[objection.Stage].Title,
            Compared = [.. objection.Measured!.Figures.Where(figure => !figure.Holds).Select(figure => new ComparedValue(figure.Of, figure.Have, figure.Missed.Relation, figure.Missed.Wanted))],
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
            Gaps = isOwn || way.Stages.OfType<Nearly>().Any(item => item.Gaps.Any(gap => gap.Kind == GapKind.App)) ? [] : [new Gap { Kind = GapKind.NotItsOwn }],
            Contributions = [],
            Score = null,
            Context = Context(seen.MaxBy(item => item.Number)!),
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

    private static IReadOnlyList<ContextFact> Context(SeenEvent seen)
    {
        var moment = seen.Moment;
        var idle = moment.LastInteraction == Instant.Min ? "unknown" : string.Create(CultureInfo.InvariantCulture, $"{Math.Floor((moment.Time - moment.LastInteraction).TotalSeconds)} s before");
        return
        [
            new("app_state", moment.State.AppState.Name(), ""), new("is_device_locked", Word(moment.State.IsDeviceLocked), ""), new("last_user_interaction", idle, ""),
            new("is_managed_app", Word(moment.State.IsManagedApp), ""), new("install_source", moment.State.InstallSource.Name(), ""), new("device.is_managed", Word(moment.State.IsManagedDevice), ""),
        ];
    }

    private static string Word(Tri value) => value switch { Tri.True => "true", Tri.False => "false", _ => "unknown" };
}
