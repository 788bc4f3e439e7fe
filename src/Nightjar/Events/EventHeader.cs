using System.Numerics;

namespace Nightjar.Events;

/// <summary>The fixed part of an event: when, who, what, from where.</summary>
public struct EventHeader
{
    /// <summary>When it happened or began.</summary>
    public Instant Time;

    /// <summary>When it ended; equal to <see cref="Time"/> for what has no length. Never earlier.</summary>
    public Instant End;

    /// <summary>The source's own order among events of equal time; 0 when it states none.</summary>
    public long Sequence;

    // Two numbers in place of one: nothing that holds a UInt128 in itself, such as a batch, can be compiled before it runs, nor what takes a batch.
    internal ulong IdHigh;
    internal ulong IdLow;

    /// <summary>The device; none when the record could not be attributed.</summary>
    public Symbol Device;

    /// <summary>Package name or bundle id; none when unknown.</summary>
    public Symbol App;

    /// <summary>ATT&amp;CK log source name, for example <c>NSM:Flow</c>.</summary>
    public Symbol LogName;

    /// <summary>Which file the record came from (see <see cref="SourceFile"/>).</summary>
    public int File;

    /// <summary>Where in the file: a line number from 1, or a byte offset or record number, as the reader says.</summary>
    public long Position;

    /// <summary>The OCSF class number as read, also of classes that Nightjar does not know.</summary>
    public int ClassUid;

    /// <summary>OCSF activity number, 0 to 99.</summary>
    public ushort Activity;

    /// <summary>The class, densely numbered.</summary>
    public EventClass Class;

    /// <summary>The device's platform as the record or its attribution states it.</summary>
    public Platform Platform;

    /// <summary>States and attributions.</summary>
    public StateBits State;

    /// <summary>Bytes of memory that a header takes.</summary>
    internal static readonly int Size = System.Runtime.CompilerServices.Unsafe.SizeOf<EventHeader>();

    internal ulong MaskLow;
    internal ulong MaskHigh;
    internal int ValueStart;

    /// <summary>What makes two records one event. See <see cref="EventIds"/>.</summary>
    public UInt128 Id
    {
        readonly get => new(IdHigh, IdLow);
        set => (IdHigh, IdLow) = ((ulong)(value >> 64), (ulong)value);
    }

    /// <summary>Number of slots in use.</summary>
    internal readonly int ValueCount => BitOperations.PopCount(MaskLow) + BitOperations.PopCount(MaskHigh);

    /// <summary>The data components that this event fills.</summary>
    public readonly DataComponents Components => EventClasses.Components(Class, Activity);

    /// <summary>The position of a field among the slots, or −1 when the event lacks it.</summary>
    internal readonly int SlotOf(FieldId field)
    {
        var bit = (int)field;
        if (bit < 64)
        {
            var below = 1UL << bit;
            return (MaskLow & below) == 0 ? -1 : BitOperations.PopCount(MaskLow & below - 1);
        }
        var high = 1UL << bit - 64;
        return (MaskHigh & high) == 0 ? -1 : BitOperations.PopCount(MaskLow) + BitOperations.PopCount(MaskHigh & high - 1);
    }

    /// <summary>The total order of events: time, then the source's sequence, then id. Arrival never decides.</summary>
    public static int Compare(in EventHeader a, in EventHeader b)
    {
        var order = a.Time.Micros.CompareTo(b.Time.Micros);
        if (order != 0) return order;
        order = a.Sequence.CompareTo(b.Sequence);
        if (order != 0) return order;
        order = a.IdHigh.CompareTo(b.IdHigh);
        return order != 0 ? order : a.IdLow.CompareTo(b.IdLow);
    }
}
