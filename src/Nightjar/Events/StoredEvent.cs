namespace Nightjar.Events;

/// <summary>One event kept beyond its batch. Reused through <see cref="EventPool"/>; its arrays only grow.</summary>
public sealed class StoredEvent : ISlots
{
    private const int MostKept = 8192;

    private EventHeader _header;
    private long[] _values = [];
    private byte[] _text = [];
    private int[] _lists = [];
    private int _valueCount;
    private int _textCount;
    private int _listCount;

    /// <summary>What was known at the event, where somebody said so when it was kept. Once for all who look at the event: it was a hundred bytes a sighting.</summary>
    internal Moment Moment;

    /// <summary>How many hold it; at 0 it goes back to the pool.</summary>
    internal int Holders { get; set; }

    /// <summary>The event.</summary>
    public EventView View => new(in _header, _values.AsSpan(0, _header.ValueCount), _text.AsSpan(0, _textCount), _lists.AsSpan(0, _listCount));

    /// <summary>The fixed part.</summary>
    public ref readonly EventHeader Header => ref _header;

    /// <summary>Bytes held, roughly.</summary>
    public int Bytes => 160 + _values.Length * 8 + _text.Length + _lists.Length * 4;

    /// <summary>True when it once held so much that its room is not kept. Told here, because what is given back lies in no cache any more.</summary>
    internal bool IsLarge { get; private set; }

    /// <summary>Takes over an event's content.</summary>
    internal void Store(in EventView view)
    {
        Begin(in view.Header);
        if (OwnedFields.Has(in _header))
        {
            EventCopy.ForEachSlot(in _header, this, view.Values, view.TextArena, view.ListArena);
            End();
            return;
        }
        view.Values.CopyTo(_values);
        _valueCount = view.Values.Length;
    }

    /// <summary>Begins with a header; its slots follow, then <see cref="End"/>.</summary>
    internal void Begin(in EventHeader header)
    {
        _header = header;
        _header.ValueStart = 0;
        _valueCount = _textCount = _listCount = 0;
        var count = header.ValueCount;
        if (_values.Length < count) _values = new long[Math.Max(8, count)];
    }

    /// <summary>Begins with the header of an event of which nothing lies beside its values; gives back where those go.</summary>
    internal Span<long> BeginPlain(in EventHeader header)
    {
        Begin(in header);
        _valueCount = header.ValueCount;
        End();
        return _values.AsSpan(0, _valueCount);
    }

    internal void End() => IsLarge = Bytes >= MostKept;

    void ISlots.CopySlot(FieldId field, long value, ReadOnlySpan<byte> text, ReadOnlySpan<int> lists)
    {
        var (from, count) = ((int)(value >> 32), (int)(value & 0x7FFF_FFFF));
        _values[_valueCount++] = FieldCatalog.KindOf(field) switch
        {
            FieldKind.Text => Own(text.Slice(from, count), ref _text, ref _textCount),
            FieldKind.SymbolList => Own(lists.Slice(from, count), ref _lists, ref _listCount),
            _ => value,
        };
    }

    private static long Own<T>(ReadOnlySpan<T> content, ref T[] held, ref int count)
    {
        if (count + content.Length > held.Length) Array.Resize(ref held, (count + content.Length) * 2);
        content.CopyTo(held.AsSpan(count));
        var packed = (long)count << 32 | (uint)content.Length;
        count += content.Length;
        return packed;
    }
}

/// <summary>Lends <see cref="StoredEvent"/>s, so that keeping an event allocates nothing in the long run. One thread.</summary>
public sealed class EventPool
{
    private readonly Stack<StoredEvent> _free = new();

    /// <summary>Events lent out now.</summary>
    public int Lent { get; private set; }

    /// <summary>Keeps a copy of an event, held once.</summary>
    public StoredEvent Keep(in EventView view)
    {
        var stored = Empty();
        stored.Store(in view);
        return stored;
    }

    /// <summary>One to be filled, held once.</summary>
    internal StoredEvent Empty()
    {
        var stored = _free.Count > 0 ? _free.Pop() : new StoredEvent();
        stored.Holders = 1;
        Lent++;
        return stored;
    }

    /// <summary>Adds a holder.</summary>
    public static StoredEvent Hold(StoredEvent stored)
    {
        stored.Holders++;
        return stored;
    }

    /// <summary>Takes a holder away; the last gives the event back.</summary>
    /// <exception cref="InvalidOperationException">Nobody holds it: it was released once too often.</exception>
    public void Release(StoredEvent stored)
    {
        if (stored.Holders <= 0) throw new InvalidOperationException("The event has no holder left; it was released once too often.");
        if (--stored.Holders > 0) return;
        Lent--;
        if (_free.Count < 65_536 && !stored.IsLarge) _free.Push(stored);
    }
}
