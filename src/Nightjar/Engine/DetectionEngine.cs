using System.Numerics;
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
    private readonly ulong[] _beginnings;
    private readonly AloneTimes _alone;
    private readonly ChainsInSightMemo _inSight;
    private readonly uint _takeOthers;
    private readonly TimeSpan[] _longestBack;
    private readonly AppIndex _apps = new();
    private readonly Lookahead _lookahead;
    private readonly RecentEvents _recent = new();
    private readonly EventAtHand _atHand = new();
    private readonly KeyPool _keys;
    private readonly TimeQueue<Deadline> _deadlines;
    private readonly TimeQueue<KeyTrack> _closings = new(0);
    private readonly TimeQueue<KeyTrack> _looks;
    private readonly int[] _laneOf;
    private readonly int[] _lookLaneOf;
    private readonly LoneSightings _lone;
    private readonly int[][] _loneLaneOf;
    private readonly UnaskedEvents _unasked;
    private readonly UnaskedAtHand _unaskedAtHand = new();
    private readonly EarlierContexts _earlier = new();
    private readonly List<(long Number, uint Groups)> _toAsk = [];
    private readonly List<(long Number, StoredEvent Event)> _joined = [];
    private readonly SymbolPages<DeviceTrack> _byDevice = new();
    private readonly List<DeviceTrack> _devices = [];
    private readonly List<Finding> _findings = [];
    private readonly List<Finding> _hidden = [];
    private readonly List<string> _places = [];
    private readonly Func<int, long, string> _locate;
    private long _number;
    private long _closing;
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
        _alone = new AloneTimes(options, analytics, _reaches, _policy.IsScoped);
        _inSight = new ChainsInSightMemo(analytics, _alone);
        _takeOthers = analytics.Select((analytic, index) => analytic.Stages.Any(stage => stage.App == AppRule.Other) ? _alone.GroupOf(index) : 0).Aggregate(0u, (sum, group) => sum | group);
        _standings = new Standings(_policy, _dispatch, _alone, _inSight);
        _matcher = new Matcher(options);
        _locate = (file, position) => file >= 0 ? locate(file, position) : _places[-file - 1];
        _writer = new FindingWriter(options, symbols, _locate);
        _keys = new KeyPool(analytics, _alone);
        _laneOf = Lanes(analytics.Select(analytic => analytic.Window), out var lanes);
        _deadlines = new TimeQueue<Deadline>(lanes);
        _beginnings = [.. analytics.Select(Dispatch.Beginnings)];
        _longestBack = [.. analytics.Select((analytic, index) => analytic.Stages.Select(stage => _alone.Back(index, stage.Index)).DefaultIfEmpty().Max())];
        _lookLaneOf = Lanes(_longestBack, out lanes);
        _looks = new TimeQueue<KeyTrack>(lanes);
        _lone = new LoneSightings(_alone.All);
        _unasked = new UnaskedEvents(options.MostUnasked);
        _loneLaneOf = [.. analytics.Select((analytic, index) => analytic.Stages.Select(stage => _lone.LaneOf(_alone.Of(index, stage.Index))).ToArray())];
        _lookahead = new Lookahead(_byDevice, _apps, _recent, _lone);
    }

    /// <summary>What was done and left so far.</summary>
    public EngineCounters Counters { get; } = new();

    internal IReadOnlyList<DeviceTrack> Devices => _devices;

    internal EngineOptions Options => _options;

    internal IReadOnlyList<Analytic> Analytics => _analytics;

    internal SymbolTable Symbols => _symbols;

    /// <summary>Takes a batch of events, in their total order within and between batches.</summary>
    public void Process(EventBatch batch)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            if (i % Lookahead.Events == 0) _lookahead.Touch(batch, i);
            Take(batch[i], in _lookahead[i % Lookahead.Events]);
        }
    }

    /// <summary>Judges all that happened before <paramref name="time"/>: no event before it will come.</summary>
    public void Advance(Instant time)
    {
        if (time <= _now) return;
        while (_deadlines.Next < time) Judge(_deadlines.Take(out _));
        while (_closings.Next < time) CloseIfDue(_closings.Take(out var due), due);
        if (_lone.Next < time) ForgetLone(time);
        ForgetUnasked(time);
        _now = time;
        while (_looks.Next < time) LookAfter(_looks.Take(out var planned), planned);
    }

    /// <summary>The input has ended: judges what is under way and closes every finding.</summary>
    public void Complete()
    {
        while (_deadlines.Count > 0) Judge(_deadlines.Take(out _));
        while (_closings.Count > 0)
        {
            var key = _closings.Take(out _);
            for (var i = (key.Drafts?.Count ?? 0) - 1; i >= 0; i--) Close(key, i);
        }
        foreach (var device in _devices) ReleaseWaiting(device, atEnd: true);
        Counters.PartialsGivenUp += _matcher.GivenUp;
    }

    private void Take(EventView view, ref readonly (DeviceTrack? Device, AppTrack? App) known)
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
        var device = known.Device ?? DeviceOf(header.Device);
        if (!_recent.Add(in header, _options.Lateness))
        {
            Counters.Duplicates++;
            return;
        }
        Counters.Events++;
        Look(device, Learn(device, known.App, in view), in view);
    }

    private DeviceTrack DeviceOf(Symbol symbol)
    {
        if (_byDevice.Find(symbol) is { } known) return known;
        var device = new DeviceTrack(symbol, _apps);
        _byDevice.Set(symbol, device);
        _devices.Add(device);
        return device;
    }

    /// <summary>Learns from an event of a device; gives back its app, null when it names none.</summary>
    private AppTrack? Learn(DeviceTrack device, AppTrack? known, in EventView view)
    {
        ref readonly var header = ref view.Header;
        device.Deliver(header.Components, header.Time);
        if (device.Platform == Platform.Unknown && header.Platform != Platform.Unknown) device.Platform = header.Platform;
        if (view.Symbol(FieldId.DeviceName) is { IsNone: false } name) device.Name = name;
        if (device.Groups.Length == 0) LearnGroups(device, in view);
        if (device.LoneAsNow > 0) RememberKnown(device, in view);
        if (_unasked.Waits(device.LastUnasked)) RememberKnownOfUnasked(device, in view);
        device.Learn(in view);
        if (header.App.IsNone) return null;
        var app = known ?? device.App(header.App);
        if (ApplicationContext.IsToldBy(in header)) app.Learn(in view, _drift);
        return app;
    }

    private void LearnGroups(DeviceTrack device, in EventView view)
    {
        var groups = view.List(FieldId.DeviceGroups);
        if (groups.Count == 0) return;
        var names = new string[groups.Count];
        for (var i = 0; i < names.Length; i++) names[i] = _symbols.Text(groups[i]);
        device.Groups = names;
    }

    private void Look(DeviceTrack device, AppTrack? app, in EventView view)
    {
        // Before the dispatch: a variant may look at events that the analytic itself does not.
        var ofDevice = _standings.Of(device, null);
        var ofApp = app is null ? ofDevice : _standings.Of(device, app);
        if (_dispatch.Of(in view.Header).Length == 0) return;
        _number = Turns.After(_number);
        _atHand.Take(device, app, ofApp, Turns.EventOf(_number));
        if (ReferenceEquals(ofApp, ofDevice)) LookByPlan(_standings.PlanOf(ofApp).Of(in view.Header, device.Platform), in view);
        else LookAtEach(ofApp, ofDevice, in view);
    }

    // Only the stages that the plan leaves are asked, and only what it leaves of their conditions.
    private void LookByPlan(PlanRow row, in EventView view)
    {
        if (row.IsEmpty) return;
        // Most wait: nothing that could join them is there.
        var now = _atHand.App is { } app && (row.OfApp | row.Others) != 0 ? AskNow(app, row, in view) : uint.MaxValue;
        if ((row.Waiting & now) == 0 && !row.AsksAtOnce) return;
        var scope = new MatchScope(view, _atHand);
        var left = row.Left(in scope, now);
        var first = _number;
        for (var word = 0; word < left.Bits.Length; word++)
        {
            for (var bits = left.Bits[word]; bits != 0; bits &= bits - 1)
            {
                var number = word * 64 + BitOperations.TrailingZeroCount(bits);
                var stage = row.Stages[number];
                if (stage.NeedsApp && _atHand.App is null || !left.Holds(stage, in scope)) continue;
                _number = first + number;
                Keep(stage.Index, stage.Stage, stage.Begins, stage.Variant, stage.IsOfApp, in scope);
            }
        }
        _number = first + row.Stages.Length;
    }

    // What counts for every app of the device is judged by the values of the device.
    private void LookAtEach(ValuesInForce ofApp, ValuesInForce ofDevice, in EventView view)
    {
        var scope = new MatchScope(view, _atHand);
        var device = _atHand.Device;
        foreach (var (index, stage, begins) in _dispatch.Of(in view.Header))
        {
            var analytic = _analytics[index];
            // A record that names no app may be of the app itself, so it is none of another.
            if (analytic.IsPerApp && _atHand.App is null && stage.App != AppRule.SameOrUnnamed && !analytic.CountsUnnamed) continue;
            if (device.Platform != Platform.Unknown && !analytic.Platforms.Contains(device.Platform)) continue;
            var isOfApp = analytic.IsPerApp && stage.App != AppRule.Other;
            var variant = (isOfApp ? ofApp : ofDevice).Analytics[index];
            if (variant.Stages[stage.Index].Own.Eval(in scope) == Tri.True) Keep(index, stage, begins, variant, isOfApp, in scope);
        }
    }

    private void Keep(int index, Stage stage, bool begins, Analytic variant, bool isOfApp, in MatchScope scope)
    {
        var track = isOfApp && _atHand.App is { } app ? app : _atHand.Device.App(Symbol.None);
        if (StaysAlone(track, index, stage, begins, variant, in scope)) return;
        var key = UnderWay(track, index);
        See(key, stage, new Sighting { Event = StoredAtHand(in scope), IsOpen = begins, Variant = variant });
    }

    // The copy of the event at hand, held once more.
    private StoredEvent StoredAtHand(in MatchScope scope)
    {
        if (_atHand.Stored is { } held) return EventPool.Hold(held);
        var stored = _pool.Keep(in scope.Event);
        stored.Moment = scope.Moment;
        return _atHand.Stored = stored;
    }
}
