using System.Runtime.InteropServices;
using Nightjar.Events;

namespace Nightjar.Coverage;

/// <summary>
/// Keeps account of the telemetry that each device delivers: which data components and log sources, when and when not, and how complete
/// the fields were that decide. It sees the same events as the engine, in the same order, and judges nothing. One thread.
/// </summary>
/// <remarks>The same work for each event, whatever came before; nothing is allocated for an event. What it keeps is bounded, see
/// <see cref="CoverageLimits"/>.</remarks>
public sealed class TelemetryLedger
{
    private readonly SymbolTable _symbols;
    private readonly TimeSpan _window;
    private readonly TimeSpan _lateness;
    private readonly RecentEvents _recent = new();
    private readonly SymbolPages<DeviceLedger> _byDevice = new();
    private readonly List<DeviceLedger> _devices = [];
    private readonly Dictionary<(Symbol Device, Symbol App), bool> _isStateKnown = [];
    private DeviceLedger? _last;
    private int _deviceDays;

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
        for (var i = 0; i < batch.Count; i++) Take(batch[i]);
    }

    private void Take(EventView view)
    {
        ref readonly var header = ref view.Header;
        if (header.Device.IsNone)
        {
            Unattributed++;
            return;
        }
        if (!_recent.Add(in header, _lateness))
        {
            Duplicates++;
            return;
        }
        Events++;
        if (DeviceOf(header.Device) is not { } device)
        {
            EventsOfDevicesLeftOut++;
            return;
        }
        if (device.IsNewDay(header.Time)) BeginDay(device, header.Time);
        device.Take(in view, IsStateKnown(device, in header), _symbols);
    }

    private DeviceLedger? DeviceOf(Symbol symbol)
    {
        if (_last is { } last && last.Device == symbol) return last;
        if (_byDevice.Find(symbol) is { } device) return _last = device;
        if (_devices.Count == CoverageLimits.Devices) return null;
        _last = new DeviceLedger(symbol, _window);
        _byDevice.Set(symbol, _last);
        _devices.Add(_last);
        return _last;
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
        var key = (device.Device, header.App);
        if (_isStateKnown.Count >= CoverageLimits.Apps && !_isStateKnown.ContainsKey(key))
        {
            EventsOfAppsLeftOut++;
            device.LeftOut++;
            return false;
        }
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_isStateKnown, key, out var isThere);
        if (!isThere) device.Apps++;
        var before = known;
        known |= StatesTold.KeepsAppState(in header);
        return before;
    }
}
