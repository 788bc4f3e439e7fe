using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using Nightjar.Events;

namespace Nightjar.Engine.Snapshots;

/// <summary>Reads values of a snapshot back, in the order in which they were written.</summary>
internal sealed class SnapshotReader
{
    private const int MaxText = 1 << 24;

    private readonly Symbol[] _texts;
    private readonly Stream _from;
    private readonly EventBatch _batch;
    private readonly EventPool _pool;
    private readonly List<string> _places;
    private readonly List<StoredEvent> _events = [];
    private readonly byte[] _scratch = new byte[16];

    /// <param name="from">The snapshot.</param>
    /// <param name="symbols">The table of the events that will follow.</param>
    /// <param name="pool">Where events are kept.</param>
    /// <param name="places">Takes the places of restored events: their file numbers count down from −1.</param>
    /// <exception cref="InvalidDataException">The stream is no snapshot of this version.</exception>
    public SnapshotReader(Stream from, SymbolTable symbols, EventPool pool, List<string> places)
    {
        _from = from;
        _pool = pool;
        _places = places;
        _batch = new EventBatch(symbols);
        if (Int() != SnapshotFormat.Mark) throw new InvalidDataException("This is no snapshot of this version.");
        _texts = new Symbol[Bounded(Int(), 1 << 28)];
        for (var i = 0; i < _texts.Length; i++) _texts[i] = symbols.Intern(Bytes(Bounded(Int(), MaxText)));
        Number();
    }

    public long Number()
    {
        _from.ReadExactly(_scratch, 0, 8);
        return BinaryPrimitives.ReadInt64LittleEndian(_scratch);
    }

    public UInt128 Wide()
    {
        _from.ReadExactly(_scratch, 0, 16);
        return BinaryPrimitives.ReadUInt128LittleEndian(_scratch);
    }

    /// <summary>A count of things that follow.</summary>
    public int Count() => Bounded(Number(), 1 << 28);

    public Instant Time() => new(Number());

    public bool Flag() => Number() != 0;

    public string Text() => Encoding.UTF8.GetString(Bytes(Bounded(Number(), MaxText)));

    public Symbol Symbol()
    {
        var number = Number();
        return number < 0 ? default : _texts[Bounded(number, _texts.Length - 1)];
    }

    /// <summary>An event, held once more.</summary>
    public StoredEvent Event()
    {
        var number = Number();
        if (number >= 0) return EventPool.Hold(_events[Bounded(number, _events.Count - 1)]);
        _batch.Clear();
        ReadEvent();
        var stored = _pool.Keep(_batch[0]);
        stored.Moment = Moment();
        _events.Add(stored);
        return stored;
    }

    private Moment Moment() => new()
    {
        Time = Time(),
        State = new StateBits { Packed = (uint)Number() },
        LastInteraction = Time(),
        AppStateTold = Time(),
        LockTold = Time(),
        Installed = Time(),
        Updated = Time(),
        Drifts = Drifts(),
        Version = Symbol(),
        Signer = Symbol(),
        Category = Symbol(),
        IsManagedByPolicy = Flag(),
        Permissions = Permissions(),
    };

    public IReadOnlySet<Symbol>? Permissions()
    {
        var count = Number();
        if (count < 0) return null;
        var permissions = new HashSet<Symbol>();
        for (var rest = Bounded(count, 1 << 20); rest > 0; rest--) permissions.Add(Symbol());
        return permissions;
    }

    public Drifts? Drifts()
    {
        var count = Number();
        if (count < 0) return null;
        var drifts = Events.Drifts.None;
        for (var rest = Bounded(count, DriftKinds.Count); rest > 0; rest--)
            drifts = drifts.With(new Drift((DriftKind)Bounded(Number(), DriftKinds.Count - 1), Time(), Wide(), Symbol(), Symbol()));
        return drifts;
    }

    /// <summary>A sighting; its variant is found by its key.</summary>
    public Sighting Sighting(Func<string, Analytics.Analytic> variant) => new() { Event = Event(), IsOpen = Flag(), Variant = variant(Text()) };

    private void ReadEvent()
    {
        var time = Time();
        var end = Time();
        var sequence = Number();
        var id = Wide();
        Symbol device = Symbol(), app = Symbol(), logName = Symbol();
        _places.Add(Text());
        var classUid = (int)Number();
        var activity = (int)Number();
        _batch.Begin((EventClass)Number(), activity, time, -_places.Count, 0);
        ref var header = ref _batch.Current;
        (header.End, header.Sequence, header.Id, header.Device, header.App, header.LogName) = (end, sequence, id, device, app, logName);
        header.ClassUid = classUid;
        header.Platform = (Platform)Number();
        header.State = new StateBits { Packed = (uint)Number() };
        ulong low = (ulong)Number(), high = (ulong)Number();
        for (; low != 0; low &= low - 1) Slot((FieldId)BitOperations.TrailingZeroCount(low));
        for (; high != 0; high &= high - 1) Slot((FieldId)(64 + BitOperations.TrailingZeroCount(high)));
        _batch.Commit();
    }

    private void Slot(FieldId field)
    {
        switch (FieldCatalog.Of(field).Kind)
        {
            case FieldKind.Text:
                _batch.Set(field, Bytes(Bounded(Number(), MaxText)));
                break;
            case FieldKind.SymbolList:
                for (var rest = Count(); rest > 0; rest--) _batch.Add(field, _batch.Symbols.Utf8(Symbol()));
                break;
            case var kind when kind.IsSymbol():
                _batch.Set(field, Symbol());
                break;
            case FieldKind.Number:
                _batch.SetNumber(field, BitConverter.Int64BitsToDouble(Number()));
                break;
            default:
                _batch.SetInteger(field, Number());
                break;
        }
    }

    private int Int()
    {
        _from.ReadExactly(_scratch, 0, 4);
        return BinaryPrimitives.ReadInt32LittleEndian(_scratch);
    }

    private byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        _from.ReadExactly(bytes);
        return bytes;
    }

    private static int Bounded(long value, int highest) =>
        value >= 0 && value <= highest ? (int)value : throw new InvalidDataException("The snapshot is damaged.");
}
