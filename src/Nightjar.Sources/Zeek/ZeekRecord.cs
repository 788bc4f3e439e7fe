using System.Buffers.Binary;

namespace Nightjar.Sources.Zeek;

/// <summary>Where the values of one record lie: in its line, or in a scratch where they were decoded. Reused from record to record.</summary>
internal sealed class ZeekValues
{
    private readonly (int Start, int Length)[] _places = new (int, int)[(int)ZeekField.Count];
    private byte[] _scratch = new byte[4096];
    private int _used;
    private int _listStart;

    /// <summary>One bit for each field that the record has.</summary>
    public ulong Present { get; private set; }

    public void Clear()
    {
        Present = 0;
        _used = 0;
    }

    /// <summary>The value is this part of the line.</summary>
    public void PutInLine(ZeekField field, int start, int length)
    {
        _places[(int)field] = (start, length);
        Present |= 1UL << (int)field;
    }

    /// <summary>Room for a decoded value; <see cref="PutDecoded"/> says how much of it was used.</summary>
    public Span<byte> Room(int length)
    {
        if (_used + length > _scratch.Length) Array.Resize(ref _scratch, Math.Max(_scratch.Length * 2, _used + length));
        return _scratch.AsSpan(_used, length);
    }

    /// <summary>The value is what was written to <see cref="Room"/>.</summary>
    public void PutDecoded(ZeekField field, int length)
    {
        PutInLine(field, ~_used, length);
        _used += length;
    }

    /// <summary>Begins a list; items follow by <see cref="ItemRoom"/> and <see cref="PutItem"/>, then <see cref="EndList"/>.</summary>
    public void BeginList() => _listStart = _used;

    /// <summary>Room for one item of a list.</summary>
    public Span<byte> ItemRoom(int length) => Room(length + sizeof(int))[sizeof(int)..];

    /// <summary>The item is what was written to <see cref="ItemRoom"/>.</summary>
    public void PutItem(int length)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_scratch.AsSpan(_used), length);
        _used += sizeof(int) + length;
    }

    /// <summary>The items are the value of a field.</summary>
    public void EndList(ZeekField field) => PutInLine(field, ~_listStart, _used - _listStart);

    public ReadOnlySpan<byte> Of(ZeekField field, ReadOnlySpan<byte> line)
    {
        if ((Present >> (int)field & 1) == 0) return default;
        var (start, length) = _places[(int)field];
        return start >= 0 ? line.Slice(start, length) : _scratch.AsSpan(~start, length);
    }
}

/// <summary>One record of a Zeek log, the same whether it was written in columns or in JSON. Valid while its line is.</summary>
internal readonly ref struct ZeekRecord(ReadOnlySpan<byte> line, ZeekValues values)
{
    /// <summary>The whole record.</summary>
    public ReadOnlySpan<byte> Line { get; } = line;

    /// <summary>A value without escapes; empty when the record lacks it or it is unset.</summary>
    public ReadOnlySpan<byte> this[ZeekField field] => values.Of(field, Line);

    public bool Has(ZeekField field) => (values.Present >> (int)field & 1) != 0;

    /// <summary>The items of a list field.</summary>
    public ZeekItems Items(ZeekField field) => new(values.Of(field, Line));

    /// <summary>The first item of a list field; empty when there is none.</summary>
    public ReadOnlySpan<byte> First(ZeekField field)
    {
        foreach (var item in Items(field)) return item;
        return default;
    }

    /// <summary>A truth value as Zeek writes it in columns (T, F) or JSON; null when absent.</summary>
    public bool? Flag(ZeekField field) => this[field] switch
    {
        [(byte)'T' or (byte)'t', ..] => true,
        [(byte)'F' or (byte)'f', ..] => false,
        _ => null,
    };
}

/// <summary>Walks the items of a list, each behind its length.</summary>
internal ref struct ZeekItems(ReadOnlySpan<byte> packed)
{
    private ReadOnlySpan<byte> _rest = packed;

    public ReadOnlySpan<byte> Current { get; private set; } = default;

    public readonly ZeekItems GetEnumerator() => this;

    public bool MoveNext()
    {
        if (_rest.IsEmpty) return false;
        var length = BinaryPrimitives.ReadInt32LittleEndian(_rest);
        Current = _rest.Slice(sizeof(int), length);
        _rest = _rest[(sizeof(int) + length)..];
        return true;
    }
}
