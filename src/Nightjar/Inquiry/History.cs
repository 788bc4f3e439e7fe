using Nightjar.Analytics.InForce;
using Nightjar.Analytics.Plan;
using Nightjar.Context;
using Nightjar.Events;

namespace Nightjar.Inquiry;

/// <summary>One event of a device, with what was known at its moment.</summary>
/// <param name="number">Its place in the total order of the device's events, from 0.</param>
/// <param name="stored">The event.</param>
/// <param name="moment">What was known.</param>
internal sealed class SeenEvent(int number, StoredEvent stored, Moment moment)
{
    private readonly Moment _moment = moment;

    public int Number => number;

    public StoredEvent Event => stored;

    public ref readonly Moment Moment => ref _moment;

    public Instant Time => stored.Header.Time;

    public Instant End => stored.Header.End;

    public Symbol App => stored.Header.App;

    /// <summary>Asks a condition at this event, beside the events of stages.</summary>
    public Tri Ask(TruthNode node, ReadOnlySpan<StoredEvent?> stages) => node.Eval(Scope(stages));

    /// <summary>What an expression may look at from here.</summary>
    public MatchScope Scope(ReadOnlySpan<StoredEvent?> stages) => new(stored.View, in _moment, stages);
}

/// <summary>The events of one device, in their total order. Repeats are left out, and of what no one will ask about only that it was delivered is kept.</summary>
/// <param name="options">How time is treated.</param>
/// <param name="symbols">The table of the events.</param>
/// <param name="drift">What counts as a drift of an app.</param>
/// <param name="policy">What holds for whom.</param>
/// <param name="isOfInterest">Whether an event of this class and activity must be kept, where these values hold.</param>
/// <param name="most">Most events that are kept; the oldest make room.</param>
/// <param name="keeps">Asked of each event that could be kept, in order, whether it is; null keeps all.</param>
internal sealed class History(
    InquiryOptions options, SymbolTable symbols, DriftRules drift, IPolicyInForce policy, Func<EventClass, int, ValuesInForce, bool> isOfInterest, int most = int.MaxValue,
    Func<SeenEvent, bool>? keeps = null)
{
    private readonly List<SeenEvent> _events = [];
    private readonly DeviceContext _device = new();
    private readonly Dictionary<Symbol, ApplicationContext> _apps = [];
    private readonly Dictionary<Symbol, long> _appEvents = [];
    private readonly Told<DeviceStanding> _standings = new(new DeviceStanding(default, Platform.Unknown, [], Tri.Unknown));
    private readonly Dictionary<Symbol, Told<(Symbol Signer, Symbol Category)>> _told = [];
    private readonly RepeatedIds _ids = new(options.Lateness);
    private int _number;

    /// <summary>Those that are kept.</summary>
    public IReadOnlyList<SeenEvent> Events => _events;

    public Deliveries Deliveries { get; } = new(options.ObservationWindow);

    /// <summary>The first platform that an event states.</summary>
    public Platform Platform { get; private set; }

    /// <summary>The last name that an event states.</summary>
    public Symbol Name { get; private set; }

    /// <summary>The apps that events name.</summary>
    public IEnumerable<Symbol> Apps => _apps.Keys;

    public int Duplicates { get; private set; }

    /// <summary>All events that were taken, repeats not among them.</summary>
    public int Count => _number;

    /// <summary>Events that had to make room for later ones.</summary>
    public long Dropped { get; private set; }

    /// <summary>Begin of the first and end of the last event; null when there was none.</summary>
    public (Instant From, Instant To)? Span { get; private set; }

    public long EventsOf(Symbol app) => _appEvents.GetValueOrDefault(app);

    /// <summary>Drops the kept events that nobody will ask about any more.</summary>
    public void Forget(Predicate<SeenEvent> isDone) => _events.RemoveAll(isDone);

    /// <summary>Takes the next event in the total order.</summary>
    public void Add(in EventView view)
    {
        ref readonly var header = ref view.Header;
        if (_ids.IsRepeat(header.Id, header.Time))
        {
            Duplicates++;
            return;
        }
        Span = Span is { } span ? (span.From, header.End > span.To ? header.End : span.To) : (header.Time, header.End);
        if (Platform == Platform.Unknown) Platform = header.Platform;
        if (view.Symbol(FieldId.DeviceName) is { IsNone: false } name) Name = name;
        Deliveries.Add(header.Components, header.Time, _number);
        _device.Learn(in view);
        LearnStanding(in view);
        var app = header.App.IsNone ? null : Learn(in view);
        var values = policy.For(SubjectAt(header.App, header.Time, _number + 1));
        var moment = Moments.Of(in view, _device, app);
        values.Fill(ref moment);
        if (isOfInterest(header.Class, header.Activity, values)) Keep(in view, moment);
        _number++;
    }

    /// <summary>Who an app was to the policy at a moment: what the events told that had happened by then.</summary>
    /// <param name="app">The app; none for what names no app.</param>
    /// <param name="time">The moment.</param>
    /// <param name="until">Number of the first event that had not happened yet.</param>
    public PolicySubject SubjectAt(Symbol app, Instant time, int until)
    {
        var (signer, category) = _told.TryGetValue(app, out var told) ? told.At(time, until) : default;
        return new PolicySubject(_standings.At(time, until), app, signer, category);
    }

    private void LearnStanding(in EventView view)
    {
        var last = _standings.Last;
        var named = view.List(FieldId.DeviceGroups);
        IReadOnlyList<string> groups = last.Groups;
        // The first list that names any group stays.
        if (groups.Count == 0 && named.Count > 0) groups = Texts(named);
        var now = new DeviceStanding(view.Header.Device, Platform, groups, _device.IsManaged);
        if (now != last) _standings.Add(view.Header.Time, _number, now);
    }

    private List<string> Texts(SymbolSpan list)
    {
        var texts = new List<string>();
        for (var i = 0; i < list.Count; i++) texts.Add(symbols.Text(list[i]));
        return texts;
    }

    private ApplicationContext Learn(in EventView view)
    {
        var symbol = view.Header.App;
        if (!_apps.TryGetValue(symbol, out var app)) _apps[symbol] = app = new ApplicationContext();
        _appEvents[symbol] = _appEvents.GetValueOrDefault(symbol) + 1;
        app.Learn(in view, drift);
        var (signer, category) = (app.Signer, app.Category);
        if (!_told.TryGetValue(symbol, out var told)) _told[symbol] = told = new Told<(Symbol, Symbol)>(default);
        if (told.Last != (signer, category)) told.Add(view.Header.Time, _number, (signer, category));
        return app;
    }

    private void Keep(in EventView view, Moment moment)
    {
        var stored = new StoredEvent();
        stored.Store(in view);
        var seen = new SeenEvent(_number, stored, moment);
        if (keeps is not null && !keeps(seen)) return;
        _events.Add(seen);
        // Many at once, so that each move is paid for by many.
        if (_events.Count < most + (long)most / 4) return;
        Dropped += _events.Count - most;
        _events.RemoveRange(0, _events.Count - most);
    }
}

/// <summary>What was told of something and when, from the first word to the last.</summary>
internal sealed class Told<T>(T before)
{
    private readonly List<(Instant Time, int Number, T What)> _all = [];

    /// <summary>The latest word.</summary>
    public T Last => _all.Count > 0 ? _all[^1].What : before;

    public void Add(Instant time, int number, T what) => _all.Add((time, number, what));

    /// <summary>The latest word at a moment, among the events below a number.</summary>
    public T At(Instant time, int until)
    {
        var index = _all.FindLastIndex(item => item.Number < until && item.Time <= time);
        return index >= 0 ? _all[index].What : before;
    }
}

/// <summary>The ids that were taken within the lateness.</summary>
internal sealed class RepeatedIds(TimeSpan lateness)
{
    private readonly Dictionary<UInt128, Instant> _taken = [];
    private readonly Queue<(UInt128 Id, Instant Time)> _inOrder = new();

    /// <summary>True when the id was taken within the lateness before; otherwise it is taken now.</summary>
    public bool IsRepeat(UInt128 id, Instant time)
    {
        while (_inOrder.TryPeek(out var oldest) && time - oldest.Time > lateness) _taken.Remove(_inOrder.Dequeue().Id);
        if (!_taken.TryAdd(id, time)) return true;
        _inOrder.Enqueue((id, time));
        return false;
    }
}
