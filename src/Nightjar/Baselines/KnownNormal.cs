using System.Collections.Concurrent;
using Nightjar.Events;

namespace Nightjar.Baselines;

/// <summary>Answers from a baseline what is normal for an app, as of the moment of an event. Safe for several threads.</summary>
/// <remarks>
/// What is asked is always older than the event: a baseline that was made of the very telemetry that is scanned does not call an event
/// normal because of itself.
/// </remarks>
public sealed class KnownNormal : INormal
{
    private const int MostRemembered = 1 << 16;

    private readonly Baseline _baseline;
    private readonly Judgement _judgement;
    private readonly SymbolTable _symbols;
    private readonly Func<string, string> _domainOf;
    private readonly ConcurrentDictionary<(Symbol App, Symbol Value, BaselineKind Kind), int> _cells = new();
    private readonly ConcurrentDictionary<Symbol, int> _apps = new();
    private readonly ConcurrentDictionary<Symbol, ulong> _devices = new();

    /// <param name="baseline">What was seen.</param>
    /// <param name="rules">When it counts.</param>
    /// <param name="symbols">The table of the events.</param>
    /// <param name="domainOf">The registrable domain of a host; an address is its own.</param>
    /// <param name="reviews">What reviews of packages found.</param>
    public KnownNormal(Baseline baseline, BaselineRules rules, SymbolTable symbols, Func<string, string> domainOf, IReviews reviews)
    {
        _baseline = baseline;
        _judgement = new Judgement(baseline, rules);
        _symbols = symbols;
        _domainOf = domainOf;
        Reviews = reviews;
    }

    public bool HasBaselines => _baseline.AppCount > 0;

    public IReviews Reviews { get; }

    public Tri HasBeenTo(in EventHeader who, Symbol host) => Ask(in who, BaselineKind.Destination, host);

    public Tri HasUsed(in EventHeader who, Symbol serviceClass) => Ask(in who, BaselineKind.ServiceClass, serviceClass);

    private Tri Ask(in EventHeader who, BaselineKind kind, Symbol value)
    {
        var day = BaselineDay.Of(who.Time);
        var app = AppOf(who.App);
        if (!_judgement.IsMature(app, day) || _baseline.IsBoundless(app, kind)) return Tri.Unknown;
        var cell = CellOf(who.App, value, kind);
        return TriLogic.Of(cell >= 0 && (_judgement.IsSharedByFleet(cell, day) || _judgement.IsOwnHabit(cell, NumberOf(who.Device), day)));
    }

    // The same few questions come again and again; a memory that is full only makes them slower.
    private int CellOf(Symbol app, Symbol value, BaselineKind kind)
    {
        var key = (app, value, kind);
        if (_cells.TryGetValue(key, out var cell)) return cell;
        var index = AppOf(app);
        cell = index < 0 ? -1 : kind == BaselineKind.Destination
            ? _baseline.Find(index, kind, System.Text.Encoding.UTF8.GetBytes(_domainOf(_symbols.Text(value))))
            : _baseline.Find(index, kind, _symbols.Utf8(value));
        if (_cells.Count < MostRemembered) _cells[key] = cell;
        return cell;
    }

    private int AppOf(Symbol app)
    {
        if (_apps.TryGetValue(app, out var index)) return index;
        index = _baseline.Find(_symbols.Utf8(app));
        if (_apps.Count < MostRemembered) _apps[app] = index;
        return index;
    }

    private ulong NumberOf(Symbol device)
    {
        if (_devices.TryGetValue(device, out var number)) return number;
        number = DeviceNumber.Of(_symbols.Utf8(device));
        if (_devices.Count < MostRemembered) _devices[device] = number;
        return number;
    }
}

/// <summary>The days of a baseline.</summary>
internal static class BaselineDay
{
    private const long MicrosPerDay = 86_400L * Instant.PerSecond;

    /// <summary>Days since 1970, UTC; 0 for what is earlier.</summary>
    public static int Of(Instant time) => (int)Math.Max(0, time.Micros / MicrosPerDay);
}
