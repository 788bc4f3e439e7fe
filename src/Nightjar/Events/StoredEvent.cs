using System.Numerics;

namespace Nightjar.Events;

/// <summary>One event kept beyond its batch. Reused through <see cref="EventPool"/>; its arrays only grow.</summary>
public sealed class StoredEvent
{
    private const int MostKept = 8192;

    private EventHeader _header;
    private long[] _values = [];
    private byte[] _text = [];
    private int[] _lists = [];
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
        _header = view.Header;
        _header.ValueStart = 0;
        _textCount = _listCount = 0;
        if (_values.Length < view.Values.Length) _values = new long[Math.Max(8, view.Values.Length)];
        view.Values.CopyTo(_values);
        if (!OwnedFields.Has(in _header)) return;
        var slot = 0;
        for (var mask = _header.MaskLow; mask != 0; mask &= mask - 1, slot++) Own((FieldId)BitOperations.TrailingZeroCount(mask), slot, in view);
        for (var mask = _header.MaskHigh; mask != 0; mask &= mask - 1, slot++) Own((FieldId)(64 + BitOperations.TrailingZeroCount(mask)), slot, in view);
        IsLarge = Bytes >= MostKept;
    }

    private void Own(FieldId field, int slot, in EventView view)
    {
        var kind = FieldCatalog.KindOf(field);
        if (kind == FieldKind.Text) OwnText(slot, view.TextArena);
        else if (kind == FieldKind.SymbolList) OwnList(slot, view.ListArena);
    }

    private void OwnText(int slot, ReadOnlySpan<byte> arena)
    {
        var text = arena.Slice((int)(_values[slot] >> 32), (int)(_values[slot] & 0x7FFF_FFFF));
        if (_textCount + text.Length > _text.Length) Array.Resize(ref _text, (_textCount + text.Length) * 2);
        text.CopyTo(_text.AsSpan(_textCount));
        _values[slot] = (long)_textCount << 32 | (uint)text.Length;
        _textCount += text.Length;
    }

    private void OwnList(int slot, ReadOnlySpan<int> arena)
    {
        var ids = arena.Slice((int)(_values[slot] >> 32), (int)(_values[slot] & 0x7FFF_FFFF));
        if (_listCount + ids.Length > _lists.Length) Array.Resize(ref _lists, (_listCount + ids.Length) * 2);
        ids.CopyTo(_lists.AsSpan(_listCount));
        _values[slot] = (long)_listCount << 32 | (uint)ids.Length;
        _listCount += ids.Length;
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
        var stored = _free.Count > 0 ? _free.Pop() : new StoredEvent();
        stored.Store(in view);
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
