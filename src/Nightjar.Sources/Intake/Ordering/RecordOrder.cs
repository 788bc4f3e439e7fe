using Nightjar.Events;

namespace Nightjar.Sources.Intake.Ordering;

/// <summary>Puts records in the total order of their events. One thread.</summary>
/// <remarks>Records of equal content are ordered by path and position, so that the one which is kept of a repeated record, and
/// with it the provenance that a finding states, does not depend on the order of files or threads.</remarks>
internal sealed class RecordOrder(SymbolTable symbols, Func<int, string> pathOf)
{
    private EventBatch? _left;
    private EventBatch? _right;

    /// <summary>Orders two events.</summary>
    public int Compare(in EventView a, in EventView b)
    {
        var order = EventOrder.Compare(in a, in b, symbols);
        return order != 0 ? order : CompareOrigin((a.Header.File, a.Header.Position), (b.Header.File, b.Header.Position));
    }

    /// <summary>Orders two records without decoding them, as long as their times, sequences and ids differ.</summary>
    public int Compare(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        var order = EventCodec.Compare(a, b);
        if (order != 0) return order;
        order = EventCodec.HaveSameContent(a, b) ? 0 : CompareContent(a, b);
        return order != 0 ? order : CompareOrigin((EventCodec.FileOf(a), EventCodec.PositionOf(a)), (EventCodec.FileOf(b), EventCodec.PositionOf(b)));
    }

    private int CompareContent(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        var left = Decode(a, ref _left);
        var right = Decode(b, ref _right);
        return EventOrder.Compare(left[0], right[0], symbols);
    }

    private EventBatch Decode(ReadOnlySpan<byte> record, ref EventBatch? scratch)
    {
        scratch ??= new EventBatch(symbols);
        scratch.Clear();
        EventCodec.Read(record, scratch);
        return scratch;
    }

    private int CompareOrigin((int File, long Position) a, (int File, long Position) b)
    {
        var order = a.File == b.File ? 0 : string.CompareOrdinal(pathOf(a.File), pathOf(b.File));
        return order != 0 ? order : a.Position.CompareTo(b.Position);
    }
}
