using Nightjar.Context;
using Nightjar.Events;
using Nightjar.Knowledge;

namespace Nightjar.Inventory;

/// <summary>Keeps an inventory of apps from events of any source, as of a moment. One thread; memory is bounded by apps, not by events.</summary>
/// <remarks>It learns through the same <see cref="Installation"/> by which analytics know an app, so that both say the same.</remarks>
public sealed class InventoryBuilder
{
    /// <summary>Apps on devices that are held; what comes beyond is counted.</summary>
    public const int MostEntries = 500_000;

    /// <summary>Drifts of one app on one device that are held, the latest.</summary>
    public const int MostDrifts = 64;

    private readonly SymbolTable _symbols;
    private readonly AppRoles _roles;
    private readonly DriftRules _rules;
    private readonly Instant? _at;
    private readonly int _most;
    private readonly Dictionary<(Symbol Device, Symbol App), Track> _tracks = [];
    private readonly Dictionary<Symbol, Platform> _platforms = [];
    private readonly HashSet<(Symbol Device, Symbol App)> _leftOut = [];

    /// <param name="symbols">The table of the events.</param>
    /// <param name="roles">What apps are for.</param>
    /// <param name="at">The moment as of which to tell: later events are not looked at. Null: the end.</param>
    /// <param name="most">Apps on devices that are held.</param>
    public InventoryBuilder(SymbolTable symbols, AppRoles roles, Instant? at = null, int most = MostEntries) =>
        (_symbols, _roles, _rules, _at, _most) = (symbols, roles, new DriftRules(symbols, roles), at, most);

    /// <summary>Takes a batch of events, in their total order within and between batches.</summary>
    public void Learn(EventBatch batch)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            ref readonly var header = ref batch.HeaderAt(i);
            if (header.Device.IsNone || header.Time > _at) continue;
            if (header.Platform != Platform.Unknown) _platforms.TryAdd(header.Device, header.Platform);
            if (!header.App.IsNone && TrackOf(header.Device, header.App, header.Time) is { } track) track.Learn(batch[i], _rules);
        }
    }

    /// <summary>What is known now.</summary>
    public AppInventory Build() => new(
        _at,
        [.. _tracks.Select(pair => Entry(pair.Key.Device, pair.Key.App, pair.Value)).OrderBy(entry => entry.Device, StringComparer.Ordinal).ThenBy(entry => entry.App, StringComparer.Ordinal)],
        _leftOut.Count);

    private Track? TrackOf(Symbol device, Symbol app, Instant time)
    {
        if (_tracks.TryGetValue((device, app), out var track)) return track;
        if (_tracks.Count < _most) return _tracks[(device, app)] = new Track(time);
        // Counted up to a bound of its own: that there are many is what matters.
        if (_leftOut.Count < _most) _leftOut.Add((device, app));
        return null;
    }

    private InventoryEntry Entry(Symbol device, Symbol app, Track track)
    {
        var known = track.Installation;
        return new InventoryEntry
        {
            Device = _symbols.Text(device), Platform = _platforms.GetValueOrDefault(device), App = _symbols.Text(app),
            Label = Text(track.Label), Version = Text(known.Version), Signer = Text(known.Signer), Installer = Text(known.Installer), Category = Text(known.Category),
            Source = known.Source, IsManaged = known.IsManaged, Roles = _roles.RolesOf(_symbols.Text(app), Text(known.Category)),
            Permissions = known.Permissions is { } held ? [.. held.Select(_symbols.Text).Order(StringComparer.Ordinal)] : null,
            Installed = Known(known.Installed), Updated = Known(known.Updated), Removed = Known(known.Removed), FirstSeen = track.First, LastSeen = track.Last,
            Drifts = [.. track.Drifts.Select(drift => new InventoryDrift(drift.Kind, drift.Time, Text(drift.From) ?? "", Text(drift.To) ?? ""))],
        };
    }

    private string? Text(Symbol symbol) => symbol.IsNone ? null : _symbols.Text(symbol);

    private static Instant? Known(Instant time) => time == Instant.Min ? null : time;

    /// <summary>What is held of one app on one device.</summary>
    private sealed class Track(Instant first)
    {
        private readonly Queue<Drift> _drifts = new();

        public Installation Installation { get; } = new();

        public Symbol Label { get; private set; }

        public Instant First { get; } = first;

        public Instant Last { get; private set; }

        public IEnumerable<Drift> Drifts => _drifts;

        public void Learn(in EventView view, DriftRules rules)
        {
            Last = view.Header.Time;
            if (view.Symbol(FieldId.AppName) is { IsNone: false } label) Label = label;
            var before = Installation.Drifts;
            Installation.Learn(in view, rules);
            if (ReferenceEquals(before, Installation.Drifts)) return;
            foreach (var drift in Installation.Drifts.All.Where(drift => before.Latest(drift.Kind) != drift)) _drifts.Enqueue(drift);
            while (_drifts.Count > MostDrifts) _drifts.Dequeue();
        }
    }
}
