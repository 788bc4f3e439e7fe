using System.Numerics;

namespace Nightjar.Events;

/// <summary>Takes over the slots of an event, in field order.</summary>
internal interface ISlots
{
    /// <summary>Takes one; a text or list is where its value points to in one of the two.</summary>
    void CopySlot(FieldId field, long value, ReadOnlySpan<byte> text, ReadOnlySpan<int> lists);
}

/// <summary>Walks the slots of an event in field order.</summary>
internal static class EventCopy
{
    public static void ForEachSlot(
        ref readonly EventHeader header, ISlots into, ReadOnlySpan<long> values, ReadOnlySpan<byte> text, ReadOnlySpan<int> lists)
    {
        var slot = 0;
        for (var mask = header.MaskLow; mask != 0; mask &= mask - 1)
            into.CopySlot((FieldId)BitOperations.TrailingZeroCount(mask), values[slot++], text, lists);
        for (var mask = header.MaskHigh; mask != 0; mask &= mask - 1)
            into.CopySlot((FieldId)(64 + BitOperations.TrailingZeroCount(mask)), values[slot++], text, lists);
    }

    /// <summary>Writes the slots of an event into a record.</summary>
    public static void Write(in EventView view, ref RecordWriter writer)
    {
        var slot = 0;
        for (var mask = view.Header.MaskLow; mask != 0; mask &= mask - 1)
            writer.Slot((FieldId)BitOperations.TrailingZeroCount(mask), view.Values[slot++], in view);
        for (var mask = view.Header.MaskHigh; mask != 0; mask &= mask - 1)
            writer.Slot((FieldId)(64 + BitOperations.TrailingZeroCount(mask)), view.Values[slot++], in view);
    }

    /// <summary>Reads the slots of an event from a record.</summary>
    public static void Read(ref readonly EventHeader header, ref RecordReader reader, ISlots to)
    {
        for (var mask = header.MaskLow; mask != 0; mask &= mask - 1)
            reader.Slot((FieldId)BitOperations.TrailingZeroCount(mask), to);
        for (var mask = header.MaskHigh; mask != 0; mask &= mask - 1)
            reader.Slot((FieldId)(64 + BitOperations.TrailingZeroCount(mask)), to);
    }
}
