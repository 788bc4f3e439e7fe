using Nightjar.Analytics;
using Nightjar.Analytics.InForce;
using Nightjar.Engine.Snapshots;
using Nightjar.Events;

namespace Nightjar.Engine;

/// <summary>A finding in the making: the best match so far and the events of all.</summary>
internal sealed class FindingDraft(Analytic analytic, AppTrack app, Symbol appName, UInt128 firstEvent, IReadOnlyList<string> hiddenBy)
{
    private const int MaxCounted = 100_000;

    private readonly HashSet<UInt128> _counted = [];
    private readonly List<(int Stage, StoredEvent Event)> _evidence = [];

    /// <summary>The analytic with the values that held for its matches.</summary>
    public Analytic Analytic => analytic;

    /// <summary>Ids of the exceptions that cover every match of it; empty when it is to be reported.</summary>
    public IReadOnlyList<string> HiddenBy => hiddenBy;

    /// <summary>Ids of exceptions that would have hidden a match of it and had expired.</summary>
    public SortedSet<string> Expired { get; } = new(StringComparer.Ordinal);

    public AppTrack App => app;

    public Symbol AppName => appName;

    /// <summary>Id of the event that began the first match; the finding's uid is made from it, so it never changes.</summary>
    public UInt128 FirstEvent => firstEvent;

    public Match Best { get; private set; } = null!;

    /// <summary>What the analytic could see when the best match was decided.</summary>
    public IReadOnlyList<int> BlindStages { get; private set; } = [];

    public Instant Start { get; private set; } = Instant.Max;

    public Instant End { get; private set; } = Instant.Min;

    /// <summary>When the last match was decided; the draft is closed when the suppression has passed since.</summary>
    public Instant LastEnd { get; private set; } = Instant.Min;

    /// <summary>Distinct events of all matches.</summary>
    public int Count => _counted.Count;

    public IReadOnlyList<(int Stage, StoredEvent Event)> Evidence => _evidence;

    /// <summary>True when a match may belong to it: of the same values, hidden by the same.</summary>
    public bool IsOf(Analytic variant, Cover cover) => ReferenceEquals(variant, analytic) && cover.Holding.SequenceEqual(hiddenBy, StringComparer.Ordinal);

    /// <summary>Adds a match. The best one decides score and text; on a tie the earlier.</summary>
    public void Add(Match match, IReadOnlyList<int> blindStages, EventPool pool, int maxEvidence)
    {
        foreach (var stage in match.Chain.Stages) Prove(stage, match.Assigned[stage].Event, maxEvidence, isChain: true);
        foreach (var (stage, stored) in match.Supporting) Prove(stage, stored, maxEvidence, isChain: false);
        if (match.End > LastEnd) LastEnd = match.End;
        if (Best is not null && !IsBetter(match, Best)) return;
        Keep(match, pool);
        BlindStages = blindStages;
    }

    /// <summary>Gives all events back.</summary>
    public void Release(EventPool pool)
    {
        foreach (var (_, stored) in _evidence) pool.Release(stored);
        foreach (var sighting in Best.Events) pool.Release(sighting.Event);
        foreach (var (_, stored) in Best.Supporting) pool.Release(stored);
        _evidence.Clear();
    }

    /// <summary>For a snapshot: all but the best match.</summary>
    public void Write(SnapshotWriter to)
    {
        to.Number(BlindStages.Count);
        foreach (var stage in BlindStages) to.Number(stage);
        to.Time(Start);
        to.Time(End);
        to.Time(LastEnd);
        to.Number(_counted.Count);
        foreach (var id in _counted) to.Id(id);
        to.Number(_evidence.Count);
        foreach (var (stage, stored) in _evidence)
        {
            to.Number(stage);
            to.Event(stored);
        }
        to.Number(Expired.Count);
        foreach (var id in Expired) to.Text(id);
    }

    /// <summary>From a snapshot; the events of the match are held already.</summary>
    public void Read(Match best, SnapshotReader from)
    {
        Best = best;
        var blind = new int[from.Count()];
        for (var i = 0; i < blind.Length; i++) blind[i] = (int)from.Number();
        BlindStages = blind;
        Start = from.Time();
        End = from.Time();
        LastEnd = from.Time();
        for (var rest = from.Count(); rest > 0; rest--) _counted.Add(from.Wide());
        for (var rest = from.Count(); rest > 0; rest--) _evidence.Add(((int)from.Number(), from.Event()));
        for (var rest = from.Count(); rest > 0; rest--) Expired.Add(from.Text());
    }

    // The events of the best match are held beside the evidence, which is bounded.
    private void Keep(Match match, EventPool pool)
    {
        foreach (var sighting in match.Events) EventPool.Hold(sighting.Event);
        foreach (var (_, stored) in match.Supporting) EventPool.Hold(stored);
        if (Best is not null)
        {
            foreach (var sighting in Best.Events) pool.Release(sighting.Event);
            foreach (var (_, stored) in Best.Supporting) pool.Release(stored);
        }
        Best = match;
    }

    private void Prove(int stage, StoredEvent stored, int maxEvidence, bool isChain)
    {
        ref readonly var header = ref stored.Header;
        if (header.Time < Start) Start = header.Time;
        if (header.End > End) End = header.End;
        if (_counted.Count < MaxCounted && !_counted.Add(header.Id)) return;
        if (_evidence.Count >= maxEvidence && !(isChain && Best is null)) return;
        _evidence.Add((stage, EventPool.Hold(stored)));
    }

    private static bool IsBetter(Match match, Match best)
    {
        if (match.Score != best.Score) return match.Score > best.Score;
        if (match.Start != best.Start) return match.Start < best.Start;
        return match.End < best.End;
    }
}
