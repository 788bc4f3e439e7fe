using Nightjar.Events;

namespace Nightjar.Coverage;

/// <summary>
/// Keeps account of the telemetry that each device delivers: which data components and log sources, when and when not, and how complete
/// the fields were that decide. It sees the same events as the engine, in the same order, and judges nothing. One thread.
/// </summary>
/// <remarks>The same work for each event, whatever came before; nothing is allocated for an event. What it keeps is bounded, see
/// <see cref="CoverageLimits"/>. Events are taken some at a time, in rounds that each ask one table: looks that do not depend on one another wait for memory
/// together, where event by event each waited for the one before.</remarks>
public sealed class TelemetryLedger
{
    // As many as the nearest cache holds of what they need.
    private const int EventsAtOnce = 128;

    private readonly SymbolTable _symbols;
    private readonly TimeSpan _window;
    private readonly TimeSpan _lateness;
    private readonly RecentEvents _recent = new();
    private readonly SymbolPages<DeviceLedger> _byDevice = new();
    private readonly List<DeviceLedger> _devices = [];
    private readonly Counted[] _counted = new Counted[EventsAtOnce];
    private int _deviceDays;
    private int _apps;

    /// <param name="symbols">The table of the events.</param>
    /// <param name="observationWindow">How long before a moment telemetry counts as observable, as the engine has it.</param>
    /// <param name="lateness">Within this time a second event with the same id is the same event, as the engine has it.</param>
    public TelemetryLedger(SymbolTable symbols, TimeSpan observationWindow, TimeSpan lateness) => (_symbols, _window, _lateness) = (symbols, observationWindow, lateness);

    /// <summary>Events of devices.</summary>
    public long Events { get; private set; }

    /// <summary>Repeats of an event, left out.</summary>
    public long Duplicates { get; private set; }

    /// <summary>Events without a device.</summary>
    public long Unattributed { get; private set; }

    /// <summary>Events of devices beyond the most that are kept.</summary>
    public long EventsOfDevicesLeftOut { get; private set; }

    /// <summary>Days of devices beyond the most that are kept.</summary>
    public long DaysLeftOut { get; private set; }

    /// <summary>Events of apps beyond the most that are told apart; the state of those counts as unknown.</summary>
    public long EventsOfAppsLeftOut { get; private set; }

    internal IEnumerable<DeviceLedger> Devices => _devices;

    internal SymbolTable Symbols => _symbols;

    internal TimeSpan ObservationWindow => _window;

    /// <summary>Takes a batch of events, in their total order within and between batches.</summary>
    public void Add(EventBatch batch)
    {
        for (var from = 0; from < batch.Count; from += EventsAtOnce) Add(batch, from, Math.Min(from + EventsAtOnce, batch.Count));
    }

    private void Add(EventBatch batch, int from, int to)
    {
        var count = 0;
        for (var i = from; i < to; i++)
        {
            if (Counts(in batch.HeaderAt(i)) is { } device) _counted[count++] = new Counted(device, i);
        }
        var counted = _counted.AsSpan(0, count);
        foreach (ref var item in counted) item.IsStateKnown = IsStateKnown(item.Device, in batch.HeaderAt(item.Index));
        foreach (ref readonly var item in counted) Take(in item, batch[item.Index]);
    }

    // The device of an event that counts for one; null when it does not.
    private DeviceLedger? Counts(in EventHeader header)
    {
        if (header.Device.IsNone)
        {
            Unattributed++;
            return null;
        }
        if (!_recent.Add(in header, _lateness))
        {
            Duplicates++;
            return null;
        }
        Events++;
        var device = DeviceOf(header.Device);
        if (device is null) EventsOfDevicesLeftOut++;
        return device;
    }

    private void Take(in Counted item, EventView view)
    {
        if (item.Device.IsNewDay(view.Header.Time)) BeginDay(item.Device, view.Header.Time);
        item.Device.Take(in view, item.IsStateKnown, _symbols);
    }

    private DeviceLedger? DeviceOf(Symbol symbol)
    {
        if (_byDevice.Find(symbol) is { } known) return known;
        if (_devices.Count == CoverageLimits.Devices) return null;
        var device = new DeviceLedger(symbol, _window);
        _byDevice.Set(symbol, device);
        _devices.Add(device);
        return device;
    }

    private void BeginDay(DeviceLedger device, Instant time)
    {
        var hasRoom = _deviceDays < CoverageLimits.DeviceDays;
        if (hasRoom) _deviceDays++;
        else DaysLeftOut++;
        device.BeginDay(time, hasRoom);
    }

    // Whether the app's state is known from before, and from now on.
    private bool IsStateKnown(DeviceLedger device, in EventHeader header)
    {
        if (header.App.IsNone) return false;
        var isTold = StatesTold.KeepsAppState(in header);
        if (device.Apps.TryTake(header.App, isTold, out var wasKnown)) return wasKnown;
        if (_apps == CoverageLimits.Apps)
        {
            EventsOfAppsLeftOut++;
            device.LeftOut++;
            return false;
        }
        _apps++;
        device.Apps.Add(header.App, isTold);
        return false;
    }

    /// <summary>An event that counts: of which device, where in the batch, and whether the state of its app was known before.</summary>
    private struct Counted(DeviceLedger device, int index)
    {
        public readonly DeviceLedger Device = device;
        public readonly int Index = index;
        public bool IsStateKnown;
    }
}
