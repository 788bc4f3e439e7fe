using System.Numerics;

namespace Nightjar.Events;

/// <summary>The fields whose values lie beside the event, as texts and lists do. Most events have none.</summary>
internal static class OwnedFields
{
    private static readonly (ulong Low, ulong High) Masks = Mask();

    /// <summary>Whether an event has any.</summary>
    public static bool Has(ref readonly EventHeader header) => (header.MaskLow & Masks.Low | header.MaskHigh & Masks.High) != 0;

    /// <summary>Those of an event, first to last.</summary>
    public static Walk Of(ref readonly EventHeader header) => new(header.MaskLow & Masks.Low, header.MaskHigh & Masks.High);

    /// <summary>How much they hold together: bytes of texts, symbols of lists.</summary>
    public static int Length(in EventView view)
    {
        var sum = 0;
        for (var fields = Of(in view.Header); fields.MoveNext();)
        {
            if (view.TryGetRaw(fields.Current, out var packed)) sum += (int)(packed & 0x7FFF_FFFF);
        }
        return sum;
    }

    private static (ulong Low, ulong High) Mask()
    {
        var (low, high) = (0UL, 0UL);
        for (var field = 0; field < FieldCatalog.SlotCount; field++)
        {
            if (FieldCatalog.KindOf((FieldId)field) is not (FieldKind.Text or FieldKind.SymbolList)) continue;
            if (field < 64) low |= 1UL << field;
            else high |= 1UL << field - 64;
        }
        return (low, high);
    }

    /// <summary>Goes from one to the next.</summary>
    public struct Walk(ulong low, ulong high)
    {
        public FieldId Current { get; private set; }

        public bool MoveNext()
        {
            if (low != 0)
            {
                Current = (FieldId)BitOperations.TrailingZeroCount(low);
                low &= low - 1;
                return true;
            }
            if (high == 0) return false;
            Current = (FieldId)(64 + BitOperations.TrailingZeroCount(high));
            high &= high - 1;
            return true;
        }
    }
}
