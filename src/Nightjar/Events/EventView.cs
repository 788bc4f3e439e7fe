using System.Runtime.CompilerServices;

namespace Nightjar.Events;

/// <summary>One event, wherever its bytes lie. Valid only while its batch or store entry is.</summary>
public readonly ref struct EventView
{
    private readonly ref readonly EventHeader _header;
    private readonly ReadOnlySpan<long> _values;
    private readonly ReadOnlySpan<byte> _text;
    private readonly ReadOnlySpan<int> _lists;

    internal EventView(ref readonly EventHeader header, ReadOnlySpan<long> values, ReadOnlySpan<byte> text, ReadOnlySpan<int> lists)
    {
        _header = ref header;
        _values = values;
        _text = text;
        _lists = lists;
    }

    /// <summary>The fixed part.</summary>
    public ref readonly EventHeader Header => ref _header;

    internal ReadOnlySpan<long> Values => _values;

    internal ReadOnlySpan<byte> TextArena => _text;

    internal ReadOnlySpan<int> ListArena => _lists;

    /// <summary>True when the event has the field. Header fields count as present when they say something.</summary>
    public bool Has(FieldId field) =>
        field < FieldCatalog.FirstHeaderField ? _header.SlotOf(field) >= 0 : HeaderFields.Has(in _header, field);

    /// <summary>The value of a slot field as held (see <see cref="FieldKind"/>); false when the event lacks it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryGetRaw(FieldId field, out long value)
    {
        var slot = _header.SlotOf(field);
        value = slot < 0 ? 0 : _values[slot];
        return slot >= 0;
    }

    /// <summary>The interned text of a field; <see cref="Symbol.None"/> when absent or not interned.</summary>
    public Symbol Symbol(FieldId field)
    {
        if (field >= FieldCatalog.FirstHeaderField) return HeaderFields.Symbol(in _header, field);
        var slot = _header.SlotOf(field);
        return slot < 0 || !FieldCatalog.KindOf(field).IsSymbol() ? default : new Symbol((int)_values[slot]);
    }

    /// <summary>A whole number; false when absent. Flags read as 0 and 1.</summary>
    public bool TryGetInteger(FieldId field, out long value) =>
        field >= FieldCatalog.FirstHeaderField ? HeaderFields.TryGetInteger(in _header, field, out value) : TryGetRaw(field, out value);

    /// <summary>A number, whole or not; false when absent.</summary>
    public bool TryGetNumber(FieldId field, out double value)
    {
        if (FieldCatalog.KindOf(field) == FieldKind.Number)
        {
            var present = TryGetRaw(field, out var bits);
            value = BitConverter.Int64BitsToDouble(bits);
            return present;
        }
        var whole = TryGetInteger(field, out var integer);
        value = integer;
        return whole;
    }

    /// <summary>A boolean; unknown when absent.</summary>
    public Tri Flag(FieldId field)
    {
        if (field >= FieldCatalog.FirstHeaderField) return HeaderFields.Flag(in _header, field);
        return TryGetRaw(field, out var value) ? TriLogic.Of(value != 0) : Tri.Unknown;
    }

    /// <summary>Text that is kept with the event as UTF-8; empty when absent.</summary>
    public ReadOnlySpan<byte> Text(FieldId field) =>
        TryGetRaw(field, out var packed) ? _text.Slice((int)(packed >> 32), (int)(packed & 0x7FFF_FFFF)) : default;

    /// <summary>The symbols of a list; empty when absent.</summary>
    public SymbolSpan List(FieldId field) =>
        TryGetRaw(field, out var packed) ? new SymbolSpan(_lists.Slice((int)(packed >> 32), (int)(packed & 0x7FFF_FFFF))) : default;
}

/// <summary>A few symbols in a row.</summary>
public readonly ref struct SymbolSpan
{
    private readonly ReadOnlySpan<int> _ids;

    internal SymbolSpan(ReadOnlySpan<int> ids) => _ids = ids;

    public int Count => _ids.Length;

    public Symbol this[int index] => new(_ids[index]);
}
