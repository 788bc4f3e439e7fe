using Nightjar.Analytics;
using Nightjar.Analytics.Plan;
using Nightjar.Events;

namespace Nightjar.Inquiry;

/// <summary>An event with which a match may begin, and when it is judged.</summary>
/// <param name="Seen">The event.</param>
/// <param name="Stage">Index of the stage that it is of.</param>
/// <param name="Decided">The moment of decision.</param>
/// <param name="Frontier">What had happened by then: see <see cref="Memory"/>.</param>
internal sealed record Beginning(SeenEvent Seen, int Stage, Instant Decided, long Frontier)
{
    /// <summary>Number of the first event that had not happened yet.</summary>
    public int Until { get; init; }

    /// <summary>True when it was judged before its time, to make room.</summary>
    public bool WasGivenUp { get; init; }
}

/// <summary>
/// Goes through the events once and says what a memory of <c>partials_per_key</c> events a stage holds when each beginning is judged.
/// Where that bound is never reached, everything that happened is remembered and every beginning is judged when its window has closed.
/// </summary>
/// <remarks>Places are counted by event and stage: event number × 64 + stage.</remarks>
internal sealed class Memory
{
    private const int Most = 64;

    private readonly Analytic _analytic;
    private readonly Choice _choice;
    private readonly InquiryOptions _options;
    private readonly ulong _beginnings;
    private readonly Dictionary<Symbol, List<Entry>[]> _keys = [];
    private readonly Dictionary<(int Event, int Stage), long> _left = [];
    private readonly List<Entry> _open = [];
    private readonly List<Beginning> _judged = [];

    public Memory(Choice choice, Appearances appearances, History history, InquiryOptions options)
    {
        _choice = choice;
        _analytic = appearances.Analytic;
        _options = options;
        _beginnings = _analytic.Chains.Aggregate(0UL, (bits, chain) => bits | (chain.IsOrdered ? StageBit.Of(chain.Stages[0]) : chain.Bits));
        var stagesOf = _analytic.Stages.SelectMany(stage => appearances.Of(stage).Where(seen => IsLookedAt(stage, seen)).Select(seen => (seen.Number, stage.Index)))
            .ToLookup(pair => pair.Number, pair => pair.Index);
        foreach (var seen in history.Events)
        {
            JudgeUntil(seen);
            foreach (var stage in stagesOf[seen.Number].Order()) Remember(seen, stage);
        }
        foreach (var entry in InTurn(_open)) Judge(entry, entry.Deadline, long.MaxValue, history.Count, false);
    }

    /// <summary>Every beginning, in the order of judgement.</summary>
    public IReadOnlyList<Beginning> Beginnings => _judged;

    /// <summary>How many events made room for others while they were still needed.</summary>
    public int GivenUp { get; private set; }

    /// <summary>Whether an event of a stage was remembered when a beginning was judged.</summary>
    public bool Holds(SeenEvent seen, int stage, Beginning beginning) =>
        Place(seen.Number, stage) < beginning.Frontier && (!_left.TryGetValue((seen.Number, stage), out var left) || left >= beginning.Frontier);

    private static long Place(int number, int stage) => (long)number * Most + stage;

    private bool IsLookedAt(Stage stage, SeenEvent seen) =>
        !_analytic.IsPerApp || _analytic.CountsUnnamed || !seen.App.IsNone || stage.App == AppRule.SameOrUnnamed;

    // Events of other apps are remembered for the device as a whole, as are those that name no app.
    private Symbol KeyOf(int stage, SeenEvent seen) => _analytic.IsPerApp && _analytic.Stages[stage].App != AppRule.Other ? seen.App : Symbol.None;

    private void JudgeUntil(SeenEvent now)
    {
        foreach (var entry in InTurn(_open.Where(entry => entry.Deadline < now.Time))) Judge(entry, entry.Deadline, Place(now.Number, 0), now.Number, false);
    }

    private static Entry[] InTurn(IEnumerable<Entry> entries) =>
        [.. entries.OrderBy(entry => entry.Deadline).ThenBy(entry => entry.Seen.Number).ThenBy(entry => entry.Stage)];

    private void Judge(Entry entry, Instant decided, long frontier, int until, bool early)
    {
        _open.Remove(entry);
        _judged.Add(new Beginning(entry.Seen, entry.Stage, decided, frontier) { Until = until, WasGivenUp = early });
    }

    private void Remember(SeenEvent seen, int stage)
    {
        var key = KeyOf(stage, seen);
        if (!_keys.TryGetValue(key, out var lists)) _keys[key] = lists = [.. _analytic.Stages.Select(_ => new List<Entry>())];
        var oldest = _open.Where(entry => MayMeet(entry.Key, key)).Select(entry => entry.Seen.Time).Append(seen.Time).Min();
        foreach (var (list, index) in lists.Select((list, index) => (list, index)))
        {
            while (list.Count > 0 && !_open.Contains(list[0]) && list[0].Seen.End < oldest - Reach(index)) Leave(list, 0);
        }
        if (lists[stage].Count >= _analytic.PartialsPerKey) GiveUpFirst(lists[stage], seen, Place(seen.Number, stage));
        var added = new Entry(seen, stage, key, seen.End + _choice.WindowOf(stage, seen) + _options.ClockSkew);
        lists[stage].Add(added);
        if ((_beginnings & StageBit.Of(stage)) != 0) _open.Add(added);
    }

    private void GiveUpFirst(List<Entry> list, SeenEvent now, long place)
    {
        if (_open.Contains(list[0])) Judge(list[0], now.Time, place, now.Number + 1, true);
        GivenUp++;
        Leave(list, place);
    }

    // What was forgotten because nothing needs it any more cannot be missed, so it counts as remembered.
    private void Leave(List<Entry> list, long place)
    {
        if (place > 0) _left[(list[0].Seen.Number, list[0].Stage)] = place;
        list.RemoveAt(0);
    }

    private bool MayMeet(Symbol a, Symbol b) => a == b || _analytic.IsPerApp && (a.IsNone || b.IsNone);

    // How long before a beginning an event may end and still have to do with its match.
    private TimeSpan Reach(int stage) => _choice.Reaches.Back(stage, _options.ClockSkew);

    private sealed record Entry(SeenEvent Seen, int Stage, Symbol Key, Instant Deadline);
}
