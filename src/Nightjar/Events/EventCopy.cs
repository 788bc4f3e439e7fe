using System.Numerics;

namespace Nightjar.Events;

/// <summary>Walks the slots of an event in field order.</summary>
internal static class EventCopy
{
    public static void ForEachSlot(
        ref readonly EventHeader header, EventBatch into, ReadOnlySpan<long> values, ReadOnlySpan<byte> text, ReadOnlySpan<int> lists)
    {
        var slot = 0;
        for (var mask = header.MaskLow; mask != 0; mask &= mask - 1)
            into.CopySlot((FieldId)BitOperations.TrailingZeroCount(mask), values[slot++], text, lists);
        for (var mask = header.MaskHigh; mask != 0; mask &= mask - 1)
            into.CopySlot((FieldId)(64 + BitOperations.TrailingZeroCount(mask)), values[slot++], text, lists);
    }
}
