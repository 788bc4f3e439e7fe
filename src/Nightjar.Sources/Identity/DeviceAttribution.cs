using Nightjar.Events;
using Nightjar.Sources.Identity.Joining;

namespace Nightjar.Sources.Identity;

/// <summary>Gives the events of one session their devices. Asks the directory once for each address.</summary>
internal sealed class DeviceAttribution(DeviceDirectory directory, SourceFormat format, FileDevice? file, ClockAlignment? clocks) : IEventCompletion
{
    private readonly Dictionary<Symbol, AddressHistory> _histories = [];
    private readonly Dictionary<DeviceIdentity, KnownDevice> _known = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Symbol, KnownDevice?> _stated = [];

    // The devices that came lately, by the lower bits of their symbols: a fleet's devices take turns, and every event asks.
    private readonly (Symbol Device, KnownDevice? Known)[] _lately = new (Symbol, KnownDevice?)[1024];
    private readonly Dictionary<(Symbol Device, Symbol Log), TimeSpan> _offsets = [];
    private SymbolTable? _symbols;

    /// <summary>Events so far whose device could not be found.</summary>
    public long Unattributed { get; private set; }

    public void Complete(EventBatch batch)
    {
        if (!ReferenceEquals(batch.Symbols, _symbols)) Forget(batch.Symbols);
        ref var current = ref batch.Current;
        if (!current.Device.IsNone) Recognise(batch, directory.DescribesAny ? StatedLately(batch.Symbols, current.Device) : null);
        else if (Find(batch, current.Time) is { } identity) Attribute(batch, identity);
        else Miss(ref current);
        if (current.Platform == Platform.Unknown) current.Platform = format.Platform;
        if (clocks is not null && !current.Device.IsNone) Align(clocks, batch.Symbols, ref current);
    }

    // After the device is found: its leases are told by the clock of the network.
    private void Align(ClockAlignment alignment, SymbolTable symbols, ref EventHeader current)
    {
        var key = (current.Device, current.LogName);
        if (!_offsets.TryGetValue(key, out var offset))
            _offsets[key] = offset = alignment.Of(symbols.Text(current.Device), symbols.Text(current.LogName));
        if (offset == TimeSpan.Zero) return;
        current.Time -= offset;
        current.End -= offset;
        current.State.TimeBasis = TimeBasis.Aligned;
    }

    private DeviceIdentity? Find(EventBatch batch, Instant time) =>
        file is not null
            ? file.At(time)
            : AtAddress(batch, FieldId.DeviceIp, time) ?? AtAddress(batch, FieldId.SrcIp, time);

    private DeviceIdentity? AtAddress(EventBatch batch, FieldId field, Instant time)
    {
        var address = batch.CurrentSymbol(field);
        if (address.IsNone) return null;
        if (!_histories.TryGetValue(address, out var history))
            _histories[address] = history = directory.HistoryOf(batch.Symbols.Text(address));
        return history.At(time);
    }

    private void Attribute(EventBatch batch, DeviceIdentity identity)
    {
        if (!_known.TryGetValue(identity, out var known)) _known[identity] = known = new KnownDevice(identity, batch.Symbols);
        batch.Current.Device = known.Device;
        batch.Current.State.DeviceBasis = identity.Basis;
        Describe(batch, known);
    }

    private void Miss(ref EventHeader current)
    {
        current.State.DeviceBasis = DeviceBasis.None;
        Unattributed++;
    }

    // What sources call by different names is one device where the map says so.
    private static void Recognise(EventBatch batch, KnownDevice? known)
    {
        if (known is null) return;
        batch.Current.Device = known.Device;
        Describe(batch, known);
    }

    private KnownDevice? StatedLately(SymbolTable symbols, Symbol device)
    {
        ref var lately = ref _lately[device.Id % _lately.Length];
        if (lately.Device != device) lately = (device, Stated(symbols, device));
        return lately.Known;
    }

    private KnownDevice? Stated(SymbolTable symbols, Symbol device)
    {
        if (_stated.TryGetValue(device, out var known)) return known;
        var uid = symbols.Text(device);
        if (directory.Describe(directory.ResolveAlias(uid) ?? uid) is { } facts)
            known = new KnownDevice(new DeviceIdentity(facts.Uid, DeviceBasis.Stated, facts.Platform, facts.Name, facts.Groups), symbols);
        _stated[device] = known;
        return known;
    }

    // What the record itself says stands.
    private static void Describe(EventBatch batch, KnownDevice known)
    {
        if (batch.Current.Platform == Platform.Unknown) batch.Current.Platform = known.Platform;
        if (!known.Name.IsNone && !batch.IsSet(FieldId.DeviceName)) batch.Set(FieldId.DeviceName, known.Name);
        if (known.Groups.Length == 0 || batch.IsSet(FieldId.DeviceGroups)) return;
        foreach (var group in known.Groups) batch.Add(FieldId.DeviceGroups, group);
    }

    // Symbols are numbers of one table.
    private void Forget(SymbolTable symbols)
    {
        _symbols = symbols;
        _histories.Clear();
        _known.Clear();
        _stated.Clear();
        Array.Clear(_lately);
        _offsets.Clear();
    }

    /// <summary>A device whose texts are interned.</summary>
    private sealed class KnownDevice(DeviceIdentity identity, SymbolTable symbols)
    {
        public Symbol Device { get; } = symbols.Intern(identity.Uid);

        public Platform Platform { get; } = identity.Platform;

        public Symbol Name { get; } = symbols.Intern(identity.Name);

        public byte[][] Groups { get; } = [.. identity.Groups.Select(System.Text.Encoding.UTF8.GetBytes)];
    }
}
