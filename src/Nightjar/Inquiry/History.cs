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

/// <summary>All events of one device, in their total order. Repeats are left out.</summary>
internal sealed class History(TimeSpan lateness)
{
    private readonly List<SeenEvent> _events = [];
    private readonly DeviceContext _device = new();
    private readonly Dictionary<Symbol, ApplicationContext> _apps = [];
    private readonly Dictionary<UInt128, Instant> _ids = [];

    public IReadOnlyList<SeenEvent> Events => _events;

    /// <summary>The first platform that an event states.</summary>
    public Platform Platform { get; private set; }

    /// <summary>The last name that an event states.</summary>
    public Symbol Name { get; private set; }

    /// <summary>The apps that events name.</summary>
    public IEnumerable<Symbol> Apps => _apps.Keys;

    public int Duplicates { get; private set; }

    /// <summary>Takes the next event in the total order.</summary>
    public void Add(in EventView view)
    {
        ref readonly var header = ref view.Header;
        if (_ids.TryGetValue(header.Id, out var before) && header.Time - before <= lateness)
        {
            Duplicates++;
            return;
        }
        _ids[header.Id] = header.Time;
        if (Platform == Platform.Unknown) Platform = header.Platform;
        if (view.Symbol(FieldId.DeviceName) is { IsNone: false } name) Name = name;
        _device.Learn(in view);
        ApplicationContext? app = null;
        if (!header.App.IsNone)
        {
            if (!_apps.TryGetValue(header.App, out app)) _apps[header.App] = app = new ApplicationContext();
            app.Learn(in view);
        }
        var stored = new StoredEvent();
        stored.Store(in view);
        _events.Add(new SeenEvent(_events.Count, stored, Moments.Of(in view, _device, app)));
    }

    /// <summary>Whether one of the components was delivered within the window before the moment, among the first events up to a number.</summary>
    public bool Observed(DataComponents components, Instant moment, TimeSpan window, int until)
    {
        if (components == DataComponents.None) return true;
        var latest = _events.FindLast(seen => seen.Number < until && seen.Time <= moment && (seen.Event.Header.Components & components) != 0);
        return latest is not null && moment - latest.Time <= window;
    }
}
