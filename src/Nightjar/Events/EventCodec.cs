using System.Buffers.Binary;
using System.Numerics;

namespace Nightjar.Events;

/// <summary>Events as compact records of bytes, for buffers and temporary files.</summary>
/// <remarks>A record holds the symbols of interned texts, not the texts: it has meaning only beside the
/// <see cref="SymbolTable"/> that the event was read with, so it is never kept beyond a run. What orders events stands first, at
/// fixed places, so that records are put in order without being decoded.</remarks>
public static class EventCodec
{
    /// <summary>Bytes of a record before its content: length, time, sequence, id, file, position.</summary>
    public const int PrefixSize = 48;

    private const int LengthAt = 0;
    private const int TimeAt = 4;
    private const int SequenceAt = 12;
    private const int IdAt = 20;
    private const int FileAt = 36;
    private const int PositionAt = 40;
    private const int LargestHead = PrefixSize + 64;

    /// <summary>An upper bound of the bytes that <see cref="Write"/> needs for an event.</summary>
    public static int SizeLimit(in EventView view)
    {
        var size = LargestHead + view.Values.Length * RecordWriter.LargestNumber;
        ref readonly var header = ref view.Header;
        var slot = 0;
        for (var mask = header.MaskLow; mask != 0; mask &= mask - 1)
            size += ExtraOf((FieldId)BitOperations.TrailingZeroCount(mask), view.Values[slot++]);
        for (var mask = header.MaskHigh; mask != 0; mask &= mask - 1)
            size += ExtraOf((FieldId)(64 + BitOperations.TrailingZeroCount(mask)), view.Values[slot++]);
        return size;
    }

    /// <summary>Writes an event and returns the length of its record.</summary>
    public static int Write(in EventView view, Span<byte> to)
    {
        ref readonly var header = ref view.Header;
        BinaryPrimitives.WriteInt64LittleEndian(to[TimeAt..], header.Time.Micros);
        BinaryPrimitives.WriteInt64LittleEndian(to[SequenceAt..], header.Sequence);
        BinaryPrimitives.WriteUInt128LittleEndian(to[IdAt..], header.Id);
        BinaryPrimitives.WriteInt32LittleEndian(to[FileAt..], header.File);
        BinaryPrimitives.WriteInt64LittleEndian(to[PositionAt..], header.Position);
        var writer = new RecordWriter(to[PrefixSize..]);
        WriteHeader(in header, ref writer);
        EventCopy.Write(in view, ref writer);
        var length = PrefixSize + writer.Length;
        BinaryPrimitives.WriteInt32LittleEndian(to[LengthAt..], length);
        return length;
    }

    /// <summary>Adds the event of a record to a batch over the same symbols.</summary>
    public static void Read(ReadOnlySpan<byte> record, EventBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var header = default(EventHeader);
        header.Time = new Instant(TimeOf(record));
        header.Sequence = BinaryPrimitives.ReadInt64LittleEndian(record[SequenceAt..]);
        header.Id = BinaryPrimitives.ReadUInt128LittleEndian(record[IdAt..]);
        header.File = FileOf(record);
        header.Position = PositionOf(record);
        var reader = new RecordReader(record[PrefixSize..]);
        ReadHeader(ref header, ref reader);
        batch.BeginCopy(in header);
        EventCopy.Read(in header, ref reader, batch);
        batch.Append();
    }

    /// <summary>The length of the record that begins here. Needs the first four bytes only.</summary>
    public static int LengthOf(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadInt32LittleEndian(record);

    /// <summary>The event's time in microseconds.</summary>
    public static long TimeOf(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadInt64LittleEndian(record[TimeAt..]);

    /// <summary>The number of the event's file.</summary>
    public static int FileOf(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadInt32LittleEndian(record[FileAt..]);

    /// <summary>The event's position in its file.</summary>
    public static long PositionOf(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadInt64LittleEndian(record[PositionAt..]);

    /// <summary>What <see cref="EventHeader.Compare"/> gives for the events of two records.</summary>
    public static int Compare(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        var order = TimeOf(a).CompareTo(TimeOf(b));
        if (order != 0) return order;
        order = BinaryPrimitives.ReadInt64LittleEndian(a[SequenceAt..]).CompareTo(BinaryPrimitives.ReadInt64LittleEndian(b[SequenceAt..]));
        return order != 0
            ? order
            : BinaryPrimitives.ReadUInt128LittleEndian(a[IdAt..]).CompareTo(BinaryPrimitives.ReadUInt128LittleEndian(b[IdAt..]));
    }

    /// <summary>True when the two records are byte for byte the same but for file and position.</summary>
    public static bool HaveSameContent(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) =>
        a[PrefixSize..].SequenceEqual(b[PrefixSize..]) && a[..FileAt].SequenceEqual(b[..FileAt]);

    private static int ExtraOf(FieldId field, long value) => FieldCatalog.KindOf(field) switch
    {
        FieldKind.Text => (int)(value & 0x7FFF_FFFF),
        FieldKind.SymbolList => (int)(value & 0x7FFF_FFFF) * 5,
        _ => 0,
    };

    private static void WriteHeader(ref readonly EventHeader header, ref RecordWriter writer)
    {
        writer.Number((ulong)(header.End.Micros - header.Time.Micros));
        writer.Kind(in header);
        writer.Number(header.State.Packed);
        writer.Number((uint)header.Device.Id);
        writer.Number((uint)header.App.Id);
    }

    private static void ReadHeader(ref EventHeader header, ref RecordReader reader)
    {
        header.End = new Instant(header.Time.Micros + (long)reader.Number());
        reader.Kind(ref header);
        header.State.Packed = (uint)reader.Number();
        header.Device = new Symbol((int)reader.Number());
        header.App = new Symbol((int)reader.Number());
    }
}
