using System.Buffers;
using System.Numerics;

namespace Nightjar.Events;

/// <summary>A run of events with their anomalies, as a reader fills it and the engine reads it. Reused; holds no object per event.</summary>
/// <remarks>Not safe for several threads. Between <see cref="Begin"/> and <see cref="Commit"/> the event under way is
/// <see cref="Current"/>; nothing of it is visible until it is committed.</remarks>
public sealed partial class EventBatch : ISlots
{
    /// <summary>Events that a batch takes before it calls itself full.</summary>
    public const int Capacity = 2048;

    /// <summary>Longest text kept for one field, in bytes; longer text is cut at a character and ends in <c>…</c>.</summary>
    public const int MaxTextBytes = 16 * 1024;

    /// <summary>Most texts kept in one list.</summary>
    public const int MaxListItems = 256;

    private static ReadOnlySpan<byte> CutMark => "…"u8;

    private const int TextBudget = 2 * 1024 * 1024;

    private EventHeader[] _headers = new EventHeader[Capacity];
    private readonly long[] _scratch = new long[FieldCatalog.SlotCount];
    private readonly Symbol[] _latest = new Symbol[EventClasses.Count * FieldCatalog.SlotCount];
    private readonly List<SourceAnomaly> _anomalies = [];
    private long[] _values = new long[Capacity * 8];
    private byte[] _text = new byte[64 * 1024];
    private int[] _lists = new int[256];
    private byte[] _path = new byte[512];
    private byte[]? _cut;
    private int _count;
    private int _valueCount;
    private int _textCount;
    private int _listCount;
    private EventHeader _current;
    private int _textMark;
    private int _listMark;
    private FieldId? _openList;

    public EventBatch(SymbolTable symbols) => Symbols = symbols;

    /// <summary>Where the texts of these events are interned.</summary>
    public SymbolTable Symbols { get; }

    /// <summary>Number of committed events.</summary>
    public int Count => _count;

    /// <summary>True when a reader should hand the batch on before it adds another event.</summary>
    public bool IsFull => _count >= Capacity || _textCount >= TextBudget || _anomalies.Count >= Capacity;

    /// <summary>Bytes of memory that the batch holds, roughly.</summary>
    public long Bytes => _headers.LongLength * EventHeader.Size + (long)_values.Length * sizeof(long) + _text.Length + (long)_lists.Length * sizeof(int);

    /// <summary>Asked to complete each event before it is committed; null when nothing else knows more.</summary>
    public IEventCompletion? Completion { get; set; }

    /// <summary>Records that could not be taken as they stood.</summary>
    public IReadOnlyList<SourceAnomaly> Anomalies => _anomalies;

    /// <summary>The fixed part of the event under way.</summary>
    public ref EventHeader Current => ref _current;

    /// <summary>The event at an index from 0.</summary>
    public EventView this[int index] => ViewOf(ref _headers[index]);

    /// <summary>The fixed part of a committed event.</summary>
    public ref EventHeader HeaderAt(int index) => ref _headers[index];

    /// <summary>Empties the batch for another round.</summary>
    public void Clear()
    {
        _count = _valueCount = _textCount = _listCount = 0;
        _anomalies.Clear();
    }

    /// <summary>Begins an event.</summary>
    public void Begin(EventClass eventClass, int activity, Instant time, int file, long position)
    {
        _current = default;
        _current.Class = eventClass;
        _current.ClassUid = eventClass.Uid();
        _current.Activity = (ushort)Math.Clamp(activity, 0, ushort.MaxValue);
        _current.Time = _current.End = time;
        _current.File = file;
        _current.Position = position;
        _textMark = _textCount;
        _listMark = _listCount;
        _openList = null;
    }

    /// <summary>Sets a text field from UTF-8, in the form its <see cref="FieldKind"/> asks for. Empty text is not set.</summary>
    public void Set(FieldId field, ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty) return;
        if (utf8.Length > MaxTextBytes) utf8 = CutAtCharacter(utf8);
        var kind = FieldCatalog.KindOf(field);
        if (kind == FieldKind.Text) Put(field, Keep(utf8));
        else if (kind == FieldKind.SymbolList) Add(field, utf8);
        else if (kind == FieldKind.Symbol) Put(field, InternAgain(field, utf8).Id);
        else PutSymbol(field, InternAs(kind, utf8));
    }

    /// <summary>Sets an interned text field from UTF-8 whose key is known; the same as without it.</summary>
    /// <param name="field">A field that is held as a symbol.</param>
    /// <param name="utf8">Not empty, and at most <see cref="MaxTextBytes"/> long.</param>
    /// <param name="key">From <see cref="SymbolTable.KeyOf"/> of this text.</param>
    public void Set(FieldId field, ReadOnlySpan<byte> utf8, TextKey key)
    {
        var isPlain = FieldCatalog.KindOf(field) switch
        {
            FieldKind.Symbol => true,
            FieldKind.Path => CanonicalPath.IsCanonical(utf8),
            FieldKind.Host => HostText.IsPlain(utf8),
            FieldKind.Address => AddressText.IsIpv4(utf8),
            _ => false,
        };
        if (isPlain) Put(field, Symbols.Intern(utf8, key).Id);
        else Set(field, utf8);
    }

    /// <summary>Sets a text field.</summary>
    public void Set(FieldId field, ReadOnlySpan<char> text)
    {
        if (text.IsEmpty) return;
        var rented = ArrayPool<byte>.Shared.Rent(System.Text.Encoding.UTF8.GetMaxByteCount(text.Length));
        Set(field, rented.AsSpan(0, System.Text.Encoding.UTF8.GetBytes(text, rented)));
        ArrayPool<byte>.Shared.Return(rented);
    }

    /// <summary>Sets a text field.</summary>
    public void Set(FieldId field, string? text) => Set(field, text.AsSpan());

    /// <summary>Sets an interned text field to a symbol of this batch's table.</summary>
    public void Set(FieldId field, Symbol symbol) => PutSymbol(field, symbol);

    /// <summary>Sets a whole number.</summary>
    public void SetInteger(FieldId field, long value) => Put(field, value);

    /// <summary>Sets a number; what is not finite is not set.</summary>
    public void SetNumber(FieldId field, double value)
    {
        if (double.IsFinite(value)) Put(field, BitConverter.DoubleToInt64Bits(value));
    }

    /// <summary>Sets a boolean.</summary>
    public void SetFlag(FieldId field, bool value) => Put(field, value ? 1 : 0);

    /// <summary>Adds one text to a list. The texts of one list are added in a row, up to <see cref="MaxListItems"/>.</summary>
    public void Add(FieldId field, ReadOnlySpan<byte> utf8)
    {
        if (!utf8.IsEmpty && TakesItem(field)) AddItem(field, Intern(utf8));
    }

    /// <summary>Adds one text whose key is known to a list; the same as without it.</summary>
    /// <param name="field">A list.</param>
    /// <param name="utf8">Not empty, and at most <see cref="MaxTextBytes"/> long.</param>
    /// <param name="key">From <see cref="SymbolTable.KeyOf"/> of this text.</param>
    public void Add(FieldId field, ReadOnlySpan<byte> utf8, TextKey key)
    {
        if (TakesItem(field)) AddItem(field, Symbols.Intern(utf8, key));
    }

    /// <summary>Takes a slot field of the event under way back; a list begins anew.</summary>
    public void Unset(FieldId field)
    {
        if (_openList == field) _openList = null;
        if ((int)field < 64) _current.MaskLow &= ~(1UL << (int)field);
        else _current.MaskHigh &= ~(1UL << (int)field - 64);
    }

    /// <summary>True when the event under way has the slot field already.</summary>
    public bool IsSet(FieldId field) => _current.SlotOf(field) >= 0;

    /// <summary>The symbol that the event under way has in an interned slot field.</summary>
    public Symbol CurrentSymbol(FieldId field) => IsSet(field) ? new Symbol((int)_scratch[(int)field]) : default;

    /// <summary>The number that the event under way has in a slot field; 0 when it has none.</summary>
    public long CurrentInteger(FieldId field) => IsSet(field) ? _scratch[(int)field] : 0;

    /// <summary>The text that the event under way has in a field of kind <see cref="FieldKind.Text"/>; valid until the next text is set.</summary>
    public ReadOnlySpan<byte> CurrentText(FieldId field) =>
        IsSet(field) ? _text.AsSpan((int)(_scratch[(int)field] >> 32), (int)(_scratch[(int)field] & 0x7FFF_FFFF)) : default;

    /// <summary>Interns a device, app or log source name.</summary>
    public Symbol Intern(ReadOnlySpan<byte> utf8) => Symbols.Intern(utf8.Length > MaxTextBytes ? CutAtCharacter(utf8) : utf8);

    /// <summary>Interns such a name when it is most likely one that is known: quick if it is, else as always.</summary>
    public Symbol Intern(ReadOnlySpan<byte> utf8, Symbol likely) => utf8.Length > MaxTextBytes ? Intern(utf8) : Symbols.Intern(utf8, likely);

    /// <summary>Makes the event under way part of the batch. Its id must be set.</summary>
    public void Commit()
    {
        Completion?.Complete(this);
        Append();
    }

    /// <summary>Makes the event under way part of the batch as it is.</summary>
    internal void Append()
    {
        if (_current.End < _current.Time) _current.End = _current.Time;
        if (_valueCount + FieldCatalog.SlotCount > _values.Length) Array.Resize(ref _values, _values.Length * 2);
        _current.ValueStart = _valueCount;
        Gather(_current.MaskLow, 0);
        Gather(_current.MaskHigh, 64);
        if (_count == _headers.Length) Array.Resize(ref _headers, _headers.Length * 2);
        _headers[_count++] = _current;
        _openList = null;
    }

    /// <summary>Drops the event under way.</summary>
    public void Abandon()
    {
        _textCount = _textMark;
        _listCount = _listMark;
        _openList = null;
    }

    /// <summary>Reports a record that could not be taken as it stood. The batch may be handed on after.</summary>
    public void Report(AnomalyKind kind, int file, long position, string reason) =>
        _anomalies.Add(new SourceAnomaly(kind, file, position, reason.Length <= 300 ? reason : reason[..300]));

    /// <summary>Keeps the events that a test lets pass, in their order.</summary>
    public void Retain(EventTest test)
    {
        ArgumentNullException.ThrowIfNull(test);
        var kept = 0;
        for (var i = 0; i < _count; i++)
        {
            if (!test(in _headers[i])) continue;
            if (kept < i) _headers[kept] = _headers[i];
            kept++;
        }
        _count = kept;
    }

    private EventView ViewOf(ref readonly EventHeader header) =>
        new(in header, _values.AsSpan(header.ValueStart, header.ValueCount), _text, _lists);

    private void Gather(ulong mask, int offset)
    {
        for (; mask != 0; mask &= mask - 1)
            _values[_valueCount++] = _scratch[offset + BitOperations.TrailingZeroCount(mask)];
    }

    private void Put(FieldId field, long value)
    {
        _scratch[(int)field] = value;
        if ((int)field < 64) _current.MaskLow |= 1UL << (int)field;
        else _current.MaskHigh |= 1UL << (int)field - 64;
    }

    private bool TakesItem(FieldId field)
    {
        if (_openList == field) return (int)_scratch[(int)field] < MaxListItems;
        _openList = field;
        Put(field, (long)_listCount << 32);
        return true;
    }

    private void AddItem(FieldId field, Symbol item)
    {
        if (_listCount == _lists.Length) Array.Resize(ref _lists, _lists.Length * 2);
        _lists[_listCount++] = item.Id;
        _scratch[(int)field]++;
    }

    private void PutSymbol(FieldId field, Symbol symbol)
    {
        if (!symbol.IsNone) Put(field, symbol.Id);
    }

    private Symbol InternAs(FieldKind kind, ReadOnlySpan<byte> utf8)
    {
        switch (kind)
        {
            case FieldKind.Path:
                return InternPath(utf8);
            case FieldKind.Host:
                return InternHost(utf8);
            case FieldKind.Address:
                return InternAddress(utf8);
            default:
                return Symbols.Intern(utf8);
        }
    }

    // Products, protocols and agents are mostly the same as in the last event of the class: to compare is a fraction of what looking up costs.
    private Symbol InternAgain(FieldId field, ReadOnlySpan<byte> utf8)
    {
        ref var latest = ref _latest[(int)_current.Class * FieldCatalog.SlotCount + (int)field];
        return latest = Symbols.Intern(utf8, latest);
    }

    private Symbol InternPath(ReadOnlySpan<byte> utf8)
    {
        if (CanonicalPath.IsCanonical(utf8)) return Symbols.Intern(utf8);
        if (_path.Length < utf8.Length + 16) _path = new byte[MaxTextBytes + 16];
        return Symbols.Intern(_path.AsSpan(0, CanonicalPath.Write(utf8, _path)));
    }

    private Symbol InternHost(ReadOnlySpan<byte> utf8)
    {
        if (HostText.IsPlain(utf8)) return Symbols.Intern(utf8);
        Span<byte> host = stackalloc byte[HostText.MaxLength];
        return Symbols.Intern(host[..HostText.WriteHost(utf8, host)]);
    }

    private Symbol InternAddress(ReadOnlySpan<byte> utf8)
    {
        if (AddressText.IsIpv4(utf8)) return Symbols.Intern(utf8);
        Span<byte> address = stackalloc byte[AddressText.MaxLength];
        return Symbols.Intern(address[..HostText.WriteAddress(utf8, address)]);
    }

    private long Keep(ReadOnlySpan<byte> utf8)
    {
        while (_textCount + utf8.Length > _text.Length) Array.Resize(ref _text, _text.Length * 2);
        utf8.CopyTo(_text.AsSpan(_textCount));
        var packed = (long)_textCount << 32 | (uint)utf8.Length;
        _textCount += utf8.Length;
        return packed;
    }

    private ReadOnlySpan<byte> CutAtCharacter(ReadOnlySpan<byte> utf8)
    {
        _cut ??= new byte[MaxTextBytes];
        var end = MaxTextBytes - CutMark.Length;
        while (end > 0 && (utf8[end] & 0xC0) == 0x80) end--;
        utf8[..end].CopyTo(_cut);
        CutMark.CopyTo(_cut.AsSpan(end));
        return _cut.AsSpan(0, end + CutMark.Length);
    }
}
