namespace Nightjar.Events;

/// <summary>The total order of events, down to their content: two that compare equal say the same, whatever file they came from.</summary>
/// <remarks><see cref="EventHeader.Compare"/> decides nearly always. What it leaves open are records that share time, sequence
/// and id; their order must not depend on arrival either, because the first of them is the one that is kept.</remarks>
public static class EventOrder
{
    /// <summary>Orders two events whose symbols are of one table. File and position do not count.</summary>
    public static int Compare(in EventView a, in EventView b, SymbolTable symbols)
    {
        var order = EventHeader.Compare(in a.Header, in b.Header);
        return order != 0 ? order : CompareContent(in a, in b, symbols);
    }

    private static int CompareContent(in EventView a, in EventView b, SymbolTable symbols)
    {
        ref readonly var left = ref a.Header;
        ref readonly var right = ref b.Header;
        var order = left.End.CompareTo(right.End);
        if (order == 0) order = CompareText(left.Device, right.Device, symbols);
        if (order == 0) order = left.ClassUid.CompareTo(right.ClassUid);
        if (order == 0) order = left.Activity.CompareTo(right.Activity);
        if (order == 0) order = left.Class.CompareTo(right.Class);
        if (order == 0) order = CompareText(left.App, right.App, symbols);
        if (order == 0) order = CompareText(left.LogName, right.LogName, symbols);
        if (order == 0) order = left.Platform.CompareTo(right.Platform);
        if (order == 0) order = left.State.Packed.CompareTo(right.State.Packed);
        for (var field = (FieldId)0; order == 0 && field < (FieldId)FieldCatalog.SlotCount; field++)
            order = CompareField(in a, in b, field, symbols);
        return order;
    }

    private static int CompareField(in EventView a, in EventView b, FieldId field, SymbolTable symbols)
    {
        var hasLeft = a.TryGetRaw(field, out var left);
        var hasRight = b.TryGetRaw(field, out var right);
        if (!hasLeft || !hasRight) return hasLeft.CompareTo(hasRight);
        switch (FieldCatalog.Of(field).Kind)
        {
            case FieldKind.Text:
                return a.Text(field).SequenceCompareTo(b.Text(field));
            case FieldKind.SymbolList:
                return CompareLists(a.List(field), b.List(field), symbols);
            case FieldKind.Integer or FieldKind.Flag or FieldKind.Word:
                return left.CompareTo(right);
            case FieldKind.Number:
                return BitConverter.Int64BitsToDouble(left).CompareTo(BitConverter.Int64BitsToDouble(right));
            default:
                return CompareText(new Symbol((int)left), new Symbol((int)right), symbols);
        }
    }

    private static int CompareLists(SymbolSpan a, SymbolSpan b, SymbolTable symbols)
    {
        for (var i = 0; i < a.Count && i < b.Count; i++)
        {
            var order = CompareText(a[i], b[i], symbols);
            if (order != 0) return order;
        }
        return a.Count.CompareTo(b.Count);
    }

    private static int CompareText(Symbol a, Symbol b, SymbolTable symbols) =>
        a == b ? 0 : symbols.Utf8(a).SequenceCompareTo(symbols.Utf8(b));
}
