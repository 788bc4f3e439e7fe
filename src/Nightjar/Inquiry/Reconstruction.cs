using Nightjar.Analytics;
using Nightjar.Analytics.Plan;
using Nightjar.Events;

namespace Nightjar.Inquiry;

/// <summary>
/// For one beginning, tries every way to see a chain in the events that follow, and takes those that the analytic asks for. Plain
/// generate and test, written from the language's description alone.
/// </summary>
internal sealed class Reconstruction(Analytic analytic, Appearances appearances, Memory memory, History history, InquiryOptions options, Symbol app)
{
    private readonly Analytic _analytic = analytic;
    private long _steps;

    /// <summary>True when the search took too many steps and was given up somewhere.</summary>
    public bool WasCut { get; private set; }

    /// <summary>The ways to which nothing objects, as many as the analytic asks for: the one that is completed earliest, for each completion the first, or all.</summary>
    public IEnumerable<Way> Matches(Chain chain, Beginning beginning)
    {
        var whole = Ways(chain, beginning).Where(way => !Objections(way).Any());
        return _analytic.Select switch
        {
            MatchSelection.First => whole.Take(1),
            MatchSelection.Each => whole.DistinctBy(way => way.Completion),
            _ => whole,
        };
    }

    /// <summary>All ways in which order, window and joins hold, the earliest completion first.</summary>
    public IEnumerable<Way> Ways(Chain chain, Beginning beginning)
    {
        _steps = 0;
        if (!appearances.Counts(_analytic.Stages[beginning.Stage], beginning.Seen, app)) yield break;
        var candidates = chain.Stages.ToDictionary(stage => stage, stage => Candidates(chain, stage, beginning));
        var completions = chain.IsOrdered ? candidates[chain.Stages[^1]] : [.. candidates.Values.SelectMany(list => list).Distinct().OrderBy(seen => seen.Number)];
        foreach (var completion in completions)
        {
            foreach (var way in Complete(new Way(chain, _analytic.Stages.Count, beginning, []), 0, candidates, completion))
            {
                if (way.Completion == completion && NamesApp(way)) yield return way;
            }
        }
    }

    /// <summary>What speaks against a way whose events fit together.</summary>
    public IEnumerable<Objection> Objections(Way way)
    {
        var first = way.Beginning.Seen;
        var last = way.Chain.IsOrdered ? way.Completion.Time : way.InChain.Max(seen => seen.Time);
        foreach (var stage in way.Chain.Unless)
        {
            if (Happened(way, stage, first.Time - _analytic.Window, last) is { } seen) yield return new Objection(stage, seen, null, null);
        }
        foreach (var absence in _analytic.Absences)
        {
            var from = absence.After >= 0 && way.Events[absence.After] is { } after ? after.Time : first.Time;
            var to = absence.Before >= 0 && way.Events[absence.Before] is { } before ? before.Time : first.End + _analytic.Window;
            if (Happened(way, absence.Stage, from, to) is { } seen) yield return new Objection(absence.Stage, seen, null, null);
        }
        foreach (var measure in way.Chain.Require)
        {
            var measured = Measure(way, measure);
            if (measured.State != Tri.True) yield return new Objection(measure.Stage, null, measure, measured);
        }
    }

    /// <summary>Takes a measure over the events around a way.</summary>
    public Measured Measure(Way way, Measure measure) =>
        new Measuring(_analytic, way, measure, options).Take(Remembered(measure.Stage, way.Beginning), Observed(measure.Stage, way.Beginning));

    /// <summary>Whether the device's telemetry could have shown a stage when a beginning was judged.</summary>
    public bool Observed(int stage, Beginning beginning) =>
        history.Deliveries.Observed(_analytic.Stages[stage].Components, beginning.Decided, beginning.Until);

    private List<SeenEvent> Candidates(Chain chain, int stage, Beginning beginning)
    {
        if (stage == beginning.Stage) return [beginning.Seen];
        var latest = beginning.Seen.End + _analytic.Window;
        var earliest = chain.IsOrdered ? beginning.Seen.Time - options.ClockSkew : beginning.Seen.Time;
        return [.. appearances.Between(_analytic.Stages[stage], earliest, latest).Where(seen => IsRemembered(seen, stage, beginning))];
    }

    private IEnumerable<SeenEvent> Remembered(int stage, Beginning beginning) =>
        appearances.Of(_analytic.Stages[stage]).Where(seen => IsRemembered(seen, stage, beginning));

    private bool IsRemembered(SeenEvent seen, int stage, Beginning beginning) =>
        appearances.Counts(_analytic.Stages[stage], seen, app) && memory.Holds(seen, stage, beginning);

    private IEnumerable<Way> Complete(Way way, int position, Dictionary<int, List<SeenEvent>> candidates, SeenEvent completion)
    {
        if (position == way.Chain.Stages.Length)
        {
            yield return way;
            yield break;
        }
        var stage = way.Chain.Stages[position];
        var isLast = way.Chain.IsOrdered && position == way.Chain.Stages.Length - 1;
        foreach (var seen in isLast ? [completion] : candidates[stage])
        {
            if (!way.Chain.IsOrdered && seen.Number > completion.Number) break;
            if (++_steps > options.MaxSteps)
            {
                WasCut = true;
                yield break;
            }
            if (way.InChain.Contains(seen)) continue;
            var longer = way.With(stage, seen);
            if (!IsInOrder(longer) || !Joins(longer)) continue;
            foreach (var whole in Complete(longer, position + 1, candidates, completion)) yield return whole;
        }
    }

    private bool IsInOrder(Way way)
    {
        if (!way.Chain.IsOrdered) return true;
        var events = way.InChain.ToList();
        return events.Index().All(later => events.Take(later.Index).All(earlier => InOrder.IsAfter(earlier, later.Item, options.ClockSkew)));
    }

    // A condition that looks at stages which are not there yet is asked when they are; one that looks outside the chain never is.
    private bool Joins(Way way) =>
        way.Chain.Stages.Where(stage => way.Events[stage] is not null).All(stage => Joins(way, _analytic.Stages[stage], way.Events[stage]!));

    private static bool Joins(Way way, Stage stage, SeenEvent seen) =>
        stage.Joins.Where(part => (part.Looks & ~way.Stages) == 0).All(part => seen.Ask(part, way.Stored) == Tri.True);

    private bool NamesApp(Way way) => !_analytic.IsPerApp || _analytic.CountsUnnamed || way.InChain.Any(seen => seen.App == app);

    // Whatever lasts happened at every moment of its interval.
    private SeenEvent? Happened(Way way, int stage, Instant from, Instant to) =>
        Remembered(stage, way.Beginning).FirstOrDefault(seen =>
            seen.End >= from && seen.Time <= to && !way.InChain.Contains(seen) && Joins(way, _analytic.Stages[stage], seen));
}

/// <summary>Something that speaks against a match: an event that should not be there, or a measure that does not hold.</summary>
/// <param name="Stage">Index of the stage of the event or the measure.</param>
/// <param name="Seen">The event; null for a measure.</param>
/// <param name="Measure">The measure; null for an event.</param>
/// <param name="Measured">What it gave.</param>
internal sealed record Objection(int Stage, SeenEvent? Seen, Measure? Measure, Measured? Measured);
