using Nightjar.Analytics;
using Nightjar.Analytics.InForce;
using Nightjar.Analytics.Plan;
using Nightjar.Context;
using Nightjar.Events;
using Nightjar.Findings;

namespace Nightjar.Engine;

/// <summary>
/// Runs analytics over events in their total order. A pure function of the events: which thread, which files and which order of arrival
/// they came in makes no difference. One thread at a time.
/// </summary>
/// <remarks>
/// A match is decided when the window of its first event has closed, with every event of the window at hand. That is what makes order,
/// ties, skew between sources, optional and absent stages exact, and it costs the length of the window.
/// </remarks>
public sealed partial class DetectionEngine
{
    private readonly EngineOptions _options;
    private readonly IReadOnlyList<Analytic> _analytics;
    private readonly SymbolTable _symbols;
    private readonly IPolicyInForce _policy;
    private readonly Reaches[] _reaches;
    private readonly Standings _standings;
    private readonly DriftRules _drift;
    private readonly Dispatch _dispatch;
    private readonly EventPool _pool = new();
    private readonly Matcher _matcher;
    private readonly FindingWriter _writer;
    private readonly PriorityQueue<Deadline, (Instant Time, long Number)> _deadlines = new();
    private readonly PriorityQueue<KeyTrack, (Instant Time, long Number)> _closings = new();
    private readonly Dictionary<Symbol, DeviceTrack> _devices = [];
    private readonly List<Finding> _findings = [];
    private readonly List<Finding> _hidden = [];
    private readonly List<string> _places = [];
    private readonly Func<int, long, string> _locate;
    private long _number;
    private Instant _now = Instant.Min;

    /// <param name="options">How time and room are treated.</param>
    /// <param name="analytics">What to look for; compiled against <paramref name="symbols"/>.</param>
    /// <param name="symbols">The table of the events.</param>
    /// <param name="locate">Tells where a record stands, for the evidence: file number and position to text.</param>
    /// <param name="policy">Whose values hold for whom, and what is hidden; null without a policy.</param>
    public DetectionEngine(
        EngineOptions options, IReadOnlyList<Analytic> analytics, SymbolTable symbols, Func<int, long, string> locate, IPolicyInForce? policy = null)
    {
        _options = options;
        _analytics = analytics;
        _symbols = symbols;
        _policy = policy ?? new NoPolicy(analytics);
        _drift = DriftRules.Shipped(symbols);
        _dispatch = new Dispatch(analytics);
        _reaches = [.. Enumerable.Range(0, analytics.Count).Select(_policy.ReachesOf)];
        _standings = new Standings(_policy, _dispatch);
        _matcher = new Matcher(options);
        _locate = (file, position) => file >= 0 ? locate(file, position) : _places[-file - 1];
        _writer = new FindingWriter(options, symbols, _locate);
    }

    /// <summary>What was done and left so far.</summary>
    public EngineCounters Counters { get; } = new();

    internal IReadOnlyDictionary<Symbol, DeviceTrack> Devices => _devices;

    internal EngineOptions Options => _options;

    internal IReadOnlyList<Analytic> Analytics => _analytics;

    internal SymbolTable Symbols => _symbols;

    /// <summary>Takes a batch of events, in their total order within and between batches.</summary>
    public void Process(EventBatch batch)
    {
        for (var i = 0; i < batch.Count; i++) Take(batch[i]);
    }

    /// <summary>Judges all that happened before <paramref name="time"/>: no event before it will come.</summary>
    public void Advance(Instant time)
    {
        if (time <= _now) return;
        while (_deadlines.TryPeek(out _, out var priority) && priority.Time < time) Judge(_deadlines.Dequeue());
        while (_closings.TryPeek(out _, out var priority) && priority.Time < time) CloseIfDue(_closings.Dequeue(), priority.Time);
        _now = time;
    }

    /// <summary>The input has ended: judges what is under way and closes every finding.</summary>
    public void Complete()
    {
        while (_deadlines.Count > 0) Judge(_deadlines.Dequeue());
        while (_closings.Count > 0)
        {
            var key = _closings.Dequeue();
            for (var i = key.Drafts.Count - 1; i >= 0; i--) Close(key, i);
        }
        foreach (var device in _devices.Values) ReleaseWaiting(device, atEnd: true);
        Counters.PartialsGivenUp += _matcher.GivenUp;
    }

    private void Take(EventView view)
    {
        ref readonly var header = ref view.Header;
        if (header.Device.IsNone)
        {
            if (_options.Shard == 0) Counters.Unattributed++;
            return;
        }
        if (_options.Shards > 1 && header.Device.Id % _options.Shards != _options.Shard) return;
        if (header.Time < _now) Counters.Late++;
        Advance(header.Time);
        var device = DeviceOf(header.Device);
        if (!device.Ids.Add(header.Id, header.Time, _options.Lateness))
        {
            Counters.Duplicates++;
            return;
        }
        Counters.Events++;
        Learn(device, in view);
        Look(device, in view);
    }

    private DeviceTrack DeviceOf(Symbol symbol)
    {
        if (_devices.TryGetValue(symbol, out var device)) return device;
        return _devices[symbol] = new DeviceTrack(symbol);
    }

    private void Learn(DeviceTrack device, in EventView view)
    {
        ref readonly var header = ref view.Header;
        device.Events++;
        device.Deliver(header.Components, header.Time);
        if (device.Platform == Platform.Unknown && header.Platform != Platform.Unknown) device.Platform = header.Platform;
        if (view.Symbol(FieldId.DeviceName) is { IsNone: false } name) device.Name = name;
        if (device.Groups.Length == 0) LearnGroups(device, in view);
        device.Context.Learn(in view);
        if (!header.App.IsNone) device.App(header.App).Context.Learn(in view, _drift);
    }

    private void LearnGroups(DeviceTrack device, in EventView view)
    {
        var groups = view.List(FieldId.DeviceGroups);
        if (groups.Count == 0) return;
        var names = new string[groups.Count];
        for (var i = 0; i < names.Length; i++) names[i] = _symbols.Text(groups[i]);
        device.Groups = names;
    }

    private void Look(DeviceTrack device, in EventView view)
    {
        ref readonly var header = ref view.Header;
        // A variant may look at events that the analytic itself does not.
        if (_policy.IsScoped) _standings.Meet(device, in header);
        var stages = _dispatch.Of(in header);
        if (stages.Length == 0) return;
        var app = header.App.IsNone ? null : device.App(header.App);
        var moment = Moments.Of(in view, device.Context, app?.Context);
        var ofDevice = _standings.Of(device, null);
        var ofApp = app is null ? ofDevice : _standings.Of(device, app);
        ofApp.Fill(ref moment);
        var scope = new MatchScope(view, in moment, default);
        StoredEvent? stored = null;
        foreach (var (index, stage, begins) in stages)
        {
            var analytic = _analytics[index];
            // A record that names no app may be of the app itself, so it is none of another.
            if (analytic.IsPerApp && app is null && stage.App != AppRule.SameOrUnnamed && !analytic.CountsUnnamed) continue;
            if (device.Platform != Platform.Unknown && !analytic.Platforms.Contains(device.Platform)) continue;
            // What counts for every app of the device is judged by the values of the device.
            var isOfApp = analytic.IsPerApp && stage.App != AppRule.Other;
            var variant = (isOfApp ? ofApp : ofDevice).Analytics[index];
            if (variant.Stages[stage.Index].Own.Eval(in scope) != Tri.True) continue;
            stored = stored is null ? _pool.Keep(in view) : EventPool.Hold(stored);
            See(KeyOf(device, isOfApp ? header.App : Symbol.None, index), stage, new Sighting { Event = stored, Moment = moment, IsOpen = begins, Variant = variant });
        }
    }

    private KeyTrack KeyOf(DeviceTrack device, Symbol app, int index)
    {
        var track = device.App(app);
        if (track.Keys.Length == 0) track.Keys = new KeyTrack?[_analytics.Count];
        return track.Keys[index] ??= new KeyTrack(_analytics[index], index, track);
    }

    private void See(KeyTrack key, Stage stage, in Sighting sighting)
    {
        Prune(key);
        var list = key.Stages[stage.Index];
        if (list.Count >= key.Analytic.PartialsPerKey) GiveUpFirst(key, stage.Index);
        var number = list.NextNumber;
        list.Add(in sighting);
        if (!sighting.IsOpen) return;
        key.Open++;
        _deadlines.Enqueue(new Deadline(key, stage.Index, number), (DeadlineOf(key, in sighting), _number++));
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
        list.RemoveFirst(_pool);
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
        foreach (var app in key.App.Device.Apps.Values.Where(app => !app.App.IsNone).OrderBy(app => _symbols.Text(app.App), StringComparer.Ordinal).ToArray())
        {
            if (app.Keys.Length > 0 && app.Keys[key.Index] is { } other)
                found |= EvaluateFor(other, _standings.Of(app.Device, app).Analytics[key.Index], stage, in first, decided);
        }
        return found;
    }

    private bool EvaluateFor(KeyTrack key, Analytic variant, int stage, in Sighting first, Instant decided)
    {
        var device = key.App.Device;
        var unnamed = key.Analytic.IsPerApp && device.Apps.TryGetValue(Symbol.None, out var none) && none.Keys.Length > 0 ? none.Keys[key.Index] : null;
        var candidates = new Candidates(key, unnamed);
        List<int>? blind = null;
        var found = false;
        foreach (var chain in variant.Chains)
        {
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

    /// <summary>The earliest event from which a match of the key may still come.</summary>
    private Instant OldestBeginning(KeyTrack key) => Earlier(_now, OldestBeginningOf(key).Time);

    // What names no app may belong to a match of any app, and any app's match may hold it.
    private (Instant Time, Instant Judged) OldestBeginningOf(KeyTrack key)
    {
        var oldest = (Time: Instant.Max, Judged: Instant.Max);
        OldestOpen(key, ref oldest);
        if (!key.Analytic.IsPerApp) return oldest;
        var device = key.App.Device;
        if (!key.App.App.IsNone)
        {
            if (device.Apps.TryGetValue(Symbol.None, out var none) && none.Keys.Length > 0 && none.Keys[key.Index] is { } unnamed) OldestOpen(unnamed, ref oldest);
            return oldest;
        }
        foreach (var app in device.Apps.Values)
        {
            if (app.Keys.Length > 0 && app.Keys[key.Index] is { } other) OldestOpen(other, ref oldest);
        }
        return oldest;
    }

    private void OldestOpen(KeyTrack key, ref (Instant Time, Instant Judged) oldest)
    {
        if (key.Open == 0) return;
        foreach (var list in key.Stages)
        {
            for (var i = 0; i < list.Count; i++)
            {
                if (!list[i].IsOpen) continue;
                if (list[i].Time < oldest.Time) oldest = (list[i].Time, DeadlineOf(key, in list[i]));
                break;
            }
        }
    }

    /// <summary>How long before the first event of a match an event of a stage may end and still have to do with it.</summary>
    private TimeSpan Reach(KeyTrack key, int stage) => _reaches[key.Index].Back(stage, _options.ClockSkew);

    private static Instant Earlier(Instant a, Instant b) => a < b ? a : b;

    private void Prune(KeyTrack key)
    {
        var oldest = OldestBeginning(key);
        for (var stage = 0; stage < key.Stages.Length; stage++)
        {
            var list = key.Stages[stage];
            var from = oldest - Reach(key, stage);
            while (list.Count > 0 && !list[0].IsOpen && list[0].End < from) list.RemoveFirst(_pool);
        }
    }

    private static void Forget(KeyTrack key)
    {
        if (key.IsEmpty && ReferenceEquals(key.App.Keys[key.Index], key)) key.App.Keys[key.Index] = null;
    }

    private readonly record struct Deadline(KeyTrack Key, int Stage, long Number)
    {
        public bool IsAlive => ReferenceEquals(Key.App.Keys[Key.Index], Key) && Key.Stages[Stage].IndexOf(Number) >= 0;
    }
}
