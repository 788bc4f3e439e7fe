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
/// <param name="drift">What counts as a drift of an app.</param>
/// <param name="isOfInterest">Whether an event of this class and activity must be kept.</param>
/// <param name="most">Most events that are kept; the oldest make room.</param>
internal sealed class History(InquiryOptions options, DriftRules drift, Func<EventClass, int, bool> isOfInterest, int most = int.MaxValue)
{
    private readonly List<SeenEvent> _events = [];
    private readonly DeviceContext _device = new();
    private readonly Dictionary<Symbol, ApplicationContext> _apps = [];
    private readonly Dictionary<Symbol, long> _appEvents = [];
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
        var app = header.App.IsNone ? null : Learn(in view);
        if (isOfInterest(header.Class, header.Activity)) Keep(in view, Moments.Of(in view, _device, app));
        _number++;
    }

    private ApplicationContext Learn(in EventView view)
    {
        var symbol = view.Header.App;
        if (!_apps.TryGetValue(symbol, out var app)) _apps[symbol] = app = new ApplicationContext();
        _appEvents[symbol] = _appEvents.GetValueOrDefault(symbol) + 1;
        app.Learn(in view, drift);
        return app;
    }

    private void Keep(in EventView view, Moment moment)
    {
        var stored = new StoredEvent();
        stored.Store(in view);
        _events.Add(new SeenEvent(_number, stored, moment));
        // Many at once, so that each move is paid for by many.
        if (_events.Count < most + (long)most / 4) return;
        Dropped += _events.Count - most;
        _events.RemoveRange(0, _events.Count - most);
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
