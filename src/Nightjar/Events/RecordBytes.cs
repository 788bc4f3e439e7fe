namespace Nightjar.Events;

/// <summary>Writes the parts of a record one behind the other: numbers in as few bytes as they need, seven bits each.</summary>
internal ref struct RecordWriter(Span<byte> to)
{
    /// <summary>Most bytes of one number.</summary>
    public const int LargestNumber = 10;

    private readonly Span<byte> _to = to;

    public int Length { get; private set; }

    public void Number(ulong value)
    {
        for (; value >= 0x80; value >>= 7) _to[Length++] = (byte)(value | 0x80);
        _to[Length++] = (byte)value;
    }

    /// <summary>A number that may be below 0: its sign goes last, so that small ones stay small.</summary>
    public void Signed(long value) => Number((ulong)PackedNumbers.Fold(value));

    public void Text(ReadOnlySpan<byte> text)
    {
        Number((uint)text.Length);
        text.CopyTo(_to[Length..]);
        Length += text.Length;
    }

    /// <summary>Of what kind an event is, and which fields it has.</summary>
    public void Kind(in EventHeader header)
    {
        Number((ulong)header.Class | (ulong)header.Platform << 8 | (ulong)header.Activity << 16);
        Number((uint)header.ClassUid);
        Number((uint)header.LogName.Id);
        Number(header.MaskLow);
        Number(header.MaskHigh);
    }

    /// <summary>The value of a slot, with the text or list that it points to.</summary>
    public void Slot(FieldId field, long value, in EventView view)
    {
        switch (FieldCatalog.KindOf(field))
        {
            case FieldKind.Text:
                Text(view.TextArena.Slice((int)(value >> 32), (int)(value & 0x7FFF_FFFF)));
                break;
            case FieldKind.SymbolList:
                var ids = view.ListArena.Slice((int)(value >> 32), (int)(value & 0x7FFF_FFFF));
                Number((uint)ids.Length);
                foreach (var id in ids) Number((uint)id);
                break;
            case FieldKind.Integer or FieldKind.Number:
                Signed(value);
                break;
            default:
                Number((ulong)value);
                break;
        }
    }
}

/// <summary>Reads what a <see cref="RecordWriter"/> wrote.</summary>
internal ref struct RecordReader(ReadOnlySpan<byte> from)
{
    private ReadOnlySpan<byte> _from = from;

    /// <summary>How many bytes were not read.</summary>
    public readonly int Left => _from.Length;

    public ulong Number()
    {
        ulong value = 0;
        var i = 0;
        for (; _from[i] >= 0x80; i++) value |= (ulong)(_from[i] & 0x7F) << 7 * i;
        value |= (ulong)_from[i] << 7 * i;
        _from = _from[(i + 1)..];
        return value;
    }

    public long Signed() => PackedNumbers.Unfold((long)Number());

    public ReadOnlySpan<byte> Text()
    {
        var length = (int)Number();
        var text = _from[..length];
        _from = _from[length..];
        return text;
    }

    /// <summary>Of what kind an event is, and which fields it has.</summary>
    public void Kind(ref EventHeader header)
    {
        var kinds = Number();
        header.Class = (EventClass)(byte)kinds;
        header.Platform = (Platform)(byte)(kinds >> 8);
        header.Activity = (ushort)(kinds >> 16);
        header.ClassUid = (int)(uint)Number();
        header.LogName = new Symbol((int)Number());
        header.MaskLow = Number();
        header.MaskHigh = Number();
    }

    /// <summary>Gives the value of a slot on.</summary>
    public void Slot(FieldId field, ISlots to)
    {
        switch (FieldCatalog.KindOf(field))
        {
            case FieldKind.Text:
                var text = Text();
                to.CopySlot(field, text.Length, text, default);
                break;
            case FieldKind.SymbolList:
                List(field, to);
                break;
            case FieldKind.Integer or FieldKind.Number:
                to.CopySlot(field, Signed(), default, default);
                break;
            default:
                to.CopySlot(field, (long)Number(), default, default);
                break;
        }
    }

    // By itself: the room for a list is cleared each time.
    private void List(FieldId field, ISlots to)
    {
        Span<int> ids = stackalloc int[EventBatch.MaxListItems];
        var count = (int)Number();
        for (var i = 0; i < count; i++) ids[i] = (int)Number();
        to.CopySlot(field, count, default, ids);
    }
}
