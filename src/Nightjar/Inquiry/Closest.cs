using Nightjar.Analytics;
using Nightjar.Analytics.Plan;
using Nightjar.Events;
using Nightjar.Findings;

namespace Nightjar.Inquiry;

/// <summary>An event that nearly is of a stage, and what is wrong with it.</summary>
internal sealed record Nearly(int Stage, SeenEvent Seen, IReadOnlyList<Gap> Gaps)
{
    /// <summary>How far it is from being right; 0 when it is. The gravest gap weighs in full, each further one less.</summary>
    public double Cost => Gaps.Count == 0 ? 0 : Gaps.Max(CostOf) + (Gaps.Sum(CostOf) - Gaps.Max(CostOf)) * Further;

    private const double Further = 0.4;

    private static double CostOf(Gap gap) => gap.Kind switch
    {
        // The nearer to the bound, the closer.
        GapKind.TooLate or GapKind.TooEarly => 0.4 + 0.5 * Math.Min(1, (gap.Took - gap.Allowed) / (10 * gap.Allowed + TimeSpan.FromSeconds(10))),
        GapKind.Exception => 0.5,
        GapKind.UnknownCondition => 0.7,
        GapKind.App => 2.5,
        _ => 1,
    };
}

/// <summary>Events that come close to a chain: for each of its stages the best that there is, or none.</summary>
internal sealed record CloseWay(Chain Chain, IReadOnlyList<Nearly?> Stages)
{
    public const double Nothing = 3;

    public double Cost => Stages.Sum(item => item?.Cost ?? Nothing);

    /// <summary>Stages that were seen as they must be.</summary>
    public int Right => Stages.Count(item => item is { Gaps.Count: 0 });
}

/// <summary>Looks for the events that come closest to a chain: around each event of its rarest stage, the best for each other stage.</summary>
internal sealed class Closest(Analytic analytic, Appearances appearances, History history, InquiryOptions options, Conditions conditions, Symbol app)
{
    /// <summary>Most events of the rarest stage that are looked around.</summary>
    public const int MostAnchors = 300;

    private const int MostAround = 200;

    private readonly Analytic _analytic = analytic;
    private readonly Dictionary<int, List<SeenEvent>> _similar = [];

    public Symbol App => app;

    /// <summary>Events of the rarest stages that were passed over because there were too many.</summary>
    public int PassedOver { get; private set; }

    /// <summary>The closest ways of a chain, the closest first; nothing where no event is even near.</summary>
    public IEnumerable<CloseWay> Of(Chain chain)
    {
        var anchors = Anchors(chain);
        PassedOver += Math.Max(0, anchors.Count - MostAnchors);
        var found = anchors.TakeLast(MostAnchors).Select(anchor => Around(chain, anchor)).Where(way => way.Cost < CloseWay.Nothing * chain.Stages.Length);
        return found.OrderByDescending(way => way.Right).ThenBy(way => way.Cost).ThenBy(way => way.Stages.OfType<Nearly>().Min(item => item.Seen.Number));
    }

    /// <summary>Events of the kind of a stage that miss one of its conditions or are of another app.</summary>
    public IReadOnlyList<SeenEvent> Similar(int stage)
    {
        if (_similar.TryGetValue(stage, out var known)) return known;
        var right = Right(stage).ToHashSet();
        var reach = _analytic.Stages[stage].Reach;
        return _similar[stage] = [.. history.Events.Where(seen => reach.Has(seen.Event.Header.Class, Math.Min((int)seen.Event.Header.Activity, Reach.Activities - 1)) && !right.Contains(seen))];
    }

    /// <summary>Events that are of a stage by themselves.</summary>
    public IEnumerable<SeenEvent> Right(int stage) =>
        appearances.Of(_analytic.Stages[stage]).Where(seen => appearances.Counts(_analytic.Stages[stage], seen, app));

    private List<(int Stage, SeenEvent Seen)> Anchors(Chain chain)
    {
        foreach (var (stage, list) in chain.Stages.Select(stage => (stage, Right(stage).ToList())).OrderBy(item => item.Item2.Count))
        {
            if (list.Count > 0) return [.. list.Select(seen => (stage, seen))];
        }
        // Those of the app itself say more than those of others.
        return [.. chain.Stages.SelectMany(stage => Similar(stage).OrderBy(seen => appearances.Counts(_analytic.Stages[stage], seen, app)).ThenBy(seen => seen.Number)
            .TakeLast(MostAnchors / chain.Stages.Length + 1).Select(seen => (stage, seen)))];
    }

    private CloseWay Around(Chain chain, (int Stage, SeenEvent Seen) anchor)
    {
        var chosen = new SeenEvent?[_analytic.Stages.Count];
        chosen[anchor.Stage] = anchor.Seen;
        var place = Array.IndexOf(chain.Stages, anchor.Stage);
        foreach (var (stage, _) in chain.Stages.Select((stage, index) => (stage, Math.Abs(index - place))).Where(item => item.stage != anchor.Stage).OrderBy(item => item.Item2))
            chosen[stage] = Best(chain, stage, chosen, anchor.Seen);
        return new CloseWay(chain, [.. chain.Stages.Select(stage => chosen[stage] is { } seen ? Judge(chain, stage, seen, chosen, both: false) : null)]);
    }

    private SeenEvent? Best(Chain chain, int stage, SeenEvent?[] chosen, SeenEvent anchor)
    {
        var best = Around(Right(stage), anchor).Concat(Around(Similar(stage), anchor)).Where(seen => !chosen.Contains(seen))
            .Select(seen => Judge(chain, stage, seen, chosen, both: true))
            .OrderBy(item => item.Cost).ThenBy(item => (item.Seen.Time - anchor.Time).Duration()).ThenBy(item => item.Seen.Number).FirstOrDefault();
        return best is null || best.Cost >= CloseWay.Nothing ? null : best.Seen;
    }

    private static IEnumerable<SeenEvent> Around(IEnumerable<SeenEvent> events, SeenEvent anchor) =>
        events.OrderBy(seen => (seen.Time - anchor.Time).Duration()).Take(MostAround);

    // Once all are chosen, what two events have against each other is told at the later stage only.
    private Nearly Judge(Chain chain, int index, SeenEvent seen, SeenEvent?[] chosen, bool both)
    {
        var stage = _analytic.Stages[index];
        var events = chosen.Select(item => item?.Event).ToArray();
        var gaps = conditions.Own(stage, seen, events).Concat(conditions.Joins(stage, seen, events)).ToList();
        if (!appearances.Counts(stage, seen, app)) gaps.Add(new Gap { Kind = GapKind.App });
        gaps.AddRange(Times(chain, index, seen, chosen, both));
        if (!both) return new Nearly(index, seen, gaps);
        events[index] = seen.Event;
        foreach (var other in chain.Stages.Where(other => other != index && chosen[other] is not null && _analytic.Stages[other].Joins.Any(part => (part.Looks & StageBit.Of(index)) != 0)))
            gaps.AddRange(conditions.Joins(_analytic.Stages[other], chosen[other]!, events).Where(gap => gap.Stage.Split(", ").Contains(stage.Id)));
        return new Nearly(index, seen, gaps);
    }

    private IEnumerable<Gap> Times(Chain chain, int index, SeenEvent seen, SeenEvent?[] chosen, bool both)
    {
        var place = Array.IndexOf(chain.Stages, index);
        var first = chain.IsOrdered ? chain.Stages[0] : chain.Stages.Where(stage => chosen[stage] is not null).MinBy(stage => chosen[stage]!.Number);
        if (first != index && chosen[first] is { } begin && seen.Time > begin.End + _analytic.Window) yield return Late(first, begin, seen);
        if (both && index == chain.Stages[0] && chain.IsOrdered)
        {
            foreach (var other in chain.Stages.Where(stage => chosen[stage] is { } later && later.Time > seen.End + _analytic.Window).Take(1)) yield return Late(index, seen, chosen[other]!);
        }
        if (!chain.IsOrdered) yield break;
        for (var i = 0; i < chain.Stages.Length; i++)
        {
            if (chosen[chain.Stages[i]] is not { } other || i == place || i > place && !both) continue;
            var (earlier, later) = i < place ? (other, seen) : (seen, other);
            if (!InOrder.IsAfter(earlier, later, options.ClockSkew)) yield return Early(i < place ? chain.Stages[i] : index, earlier, later);
        }
    }

    private Gap Late(int first, SeenEvent begin, SeenEvent seen) =>
        new() { Kind = GapKind.TooLate, Stage = _analytic.Stages[first].Id, Took = seen.Time - begin.End, Allowed = _analytic.Window };

    private Gap Early(int earlierStage, SeenEvent earlier, SeenEvent later) => new()
    {
        Kind = GapKind.TooEarly, Stage = _analytic.Stages[earlierStage].Id, Took = earlier.Time - later.Time,
        Allowed = earlier.Event.Header.LogName == later.Event.Header.LogName ? TimeSpan.Zero : options.ClockSkew,
    };
}
