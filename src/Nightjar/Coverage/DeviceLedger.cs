using System.Numerics;
using System.Runtime.CompilerServices;
using Nightjar.Events;
using Nightjar.Findings;

namespace Nightjar.Coverage;

/// <summary>What one device delivered. Takes its events in their order; allocates for a new day or log source only.</summary>
internal sealed class DeviceLedger(Symbol device, TimeSpan window)
{
    private readonly ComponentCell[] _components = new ComponentCell[DataComponentNames.Count];
    private readonly List<DayCell> _days = [];
    private TimeBasisCounts _timeBases;
    private LogSourceCell[] _logs = new LogSourceCell[2];
    private int _logCount;

    // Which log source came lately, by the lowest bits of the name's symbol: a few take turns.
    private RecentLogs _recentLogs;
    private int _day = -1;
    private Instant _last;
    private bool _hasDay;

    // The day under way lies here, not in the list: it is written with every event.
    private DayCell _today;
    private bool _isLockKnown;
    private ToldFacts _told;
    private AppStates _apps;

    public Symbol Device => device;

    public Platform Platform { get; private set; }

    public Symbol Name { get; private set; }

    /// <summary>The groups that were told first; empty until then.</summary>
    public string[] Groups { get; private set; } = [];

    public long Events { get; private set; }

    /// <summary>The apps that were told apart.</summary>
    public ref AppStates Apps => ref _apps;

    /// <summary>Every data component that ever arrived.</summary>
    public DataComponents Delivered { get; private set; }

    /// <summary>Days and gaps, and events of log sources and apps, that were not kept for want of room.</summary>
    public long LeftOut { get; set; }

    public ReadOnlySpan<ComponentCell> Components => _components;

    public ReadOnlySpan<LogSourceCell> LogSources => _logs.AsSpan(0, _logCount);

    public ReadOnlySpan<long> TimeBases => _timeBases;

    public IReadOnlyList<DayCell> Days => _days;

    /// <summary>True when the event lies on a day that has no cell yet.</summary>
    public bool IsNewDay(Instant time) => DayCell.DayOf(time) != _day;

    /// <summary>Ends the day under way and begins another; without room for a cell its events count for the device only.</summary>
    public void BeginDay(Instant time, bool hasRoom)
    {
        EndDay();
        _day = DayCell.DayOf(time);
        _hasDay = hasRoom;
        _today = new DayCell { Day = _day, First = time };
        if (hasRoom) _days.Add(_today);
        else LeftOut++;
    }

    /// <summary>Judges the day under way at its last event, and puts it among the days as it is now.</summary>
    public void EndDay()
    {
        if (!_hasDay) return;
        _today.Sight = SightAt(_last);
        _days[^1] = _today;
    }

    /// <summary>Counts an event.</summary>
    /// <param name="view">The event.</param>
    /// <param name="isAppStateKnown">Whether the state of its app is known from before.</param>
    /// <param name="symbols">The table of the events.</param>
    public void Take(in EventView view, bool isAppStateKnown, SymbolTable symbols)
    {
        ref readonly var header = ref view.Header;
        Events++;
        _last = header.Time;
        Describe(in view, symbols);
        _timeBases[(int)header.State.TimeBasis]++;
        _told |= StatesTold.By(in view);
        _isLockKnown |= StatesTold.KeepsLock(in header);
        var components = header.Components;
        Delivered |= components;
        var log = TakeLog(in header, components);
        TakeComponents(components, in header);
        if (_hasDay) TakeDay(in view, components, log, isAppStateKnown);
    }

    private void Describe(in EventView view, SymbolTable symbols)
    {
        if (Platform == Platform.Unknown) Platform = view.Header.Platform;
        if (view.Symbol(FieldId.DeviceName) is { IsNone: false } name) Name = name;
        if (Groups.Length > 0) return;
        var groups = view.List(FieldId.DeviceGroups);
        if (groups.Count == 0) return;
        var names = new string[groups.Count];
        for (var i = 0; i < names.Length; i++) names[i] = symbols.Text(groups[i]);
        Groups = names;
    }

    private void TakeComponents(DataComponents components, in EventHeader header)
    {
        for (var rest = (uint)components; rest != 0; rest &= rest - 1)
        {
            if (!_components[BitOperations.TrailingZeroCount(rest)].Take(header.Time, !header.App.IsNone, window)) LeftOut++;
        }
    }

    private uint TakeLog(in EventHeader header, DataComponents components)
    {
        ref var recent = ref _recentLogs[header.LogName.Id % RecentLogs.Length];
        var log = recent < _logCount && _logs[recent].Name == header.LogName ? recent : LogOf(header.LogName);
        if (log < 0)
        {
            LeftOut++;
            return 0;
        }
        recent = (byte)log;
        _logs[log].Take(header.Time, components);
        return 1u << log;
    }

    private int LogOf(Symbol name)
    {
        for (var i = 0; i < _logCount; i++)
        {
            if (_logs[i].Name == name) return i;
        }
        if (_logCount == CoverageLimits.LogSources) return -1;
        if (_logCount == _logs.Length) Array.Resize(ref _logs, _logs.Length * 2);
        _logs[_logCount].Name = name;
        return _logCount++;
    }

    private void TakeDay(in EventView view, DataComponents components, uint log, bool isAppStateKnown)
    {
        _today.Events++;
        _today.Last = view.Header.Time;
        _today.LogSources |= log;
        for (var rest = (uint)components; rest != 0; rest &= rest - 1) _today.Arrived[BitOperations.TrailingZeroCount(rest)]++;
        DecisiveFields.Count(ref _today, in view, isAppStateKnown, _isLockKnown);
    }

    private Sight SightAt(Instant moment)
    {
        var (observable, named) = (DataComponents.None, DataComponents.None);
        for (var bit = 0; bit < _components.Length; bit++)
        {
            ref var cell = ref _components[bit];
            if (cell.IsObservable(moment, window)) observable |= (DataComponents)(1 << bit);
            if (cell.IsNamedAt(moment, window)) named |= (DataComponents)(1 << bit);
        }
        return new Sight(observable, named, _told);
    }

    /// <summary>Events by number of the basis of their times.</summary>
    [InlineArray(8)]
    private struct TimeBasisCounts
    {
        private long _first;
    }

    /// <summary>Numbers of log sources.</summary>
    [InlineArray(Length)]
    private struct RecentLogs
    {
        public const int Length = 8;

        private byte _first;
    }
}
