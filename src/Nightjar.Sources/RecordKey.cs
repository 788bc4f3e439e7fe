using System.Buffers.Binary;
using Nightjar.Events;

namespace Nightjar.Sources;

/// <summary>Gathers, part by part, what makes two records one event, and gives its id. For records that are told more than once in different words.</summary>
/// <remarks>Each part carries its length, so parts cannot run into each other.</remarks>
internal sealed class RecordKey
{
    private byte[] _bytes = new byte[256];
    private int _count;

    /// <summary>Begins anew, for records of one kind.</summary>
    public RecordKey Begin(ReadOnlySpan<byte> kind)
    {
        _count = 0;
        return Add(kind);
    }

    /// <summary>Adds a text.</summary>
    public RecordKey Add(ReadOnlySpan<byte> part)
    {
        Add(part.Length);
        part.CopyTo(Room(part.Length));
        return this;
    }

    /// <summary>Adds a number.</summary>
    public RecordKey Add(long part)
    {
        BinaryPrimitives.WriteInt64BigEndian(Room(sizeof(long)), part);
        return this;
    }

    /// <summary>Adds another event's id, for an event that follows from the same record.</summary>
    public RecordKey Add(UInt128 part)
    {
        BinaryPrimitives.WriteUInt128BigEndian(Room(16), part);
        return this;
    }

    /// <summary>What was added; valid until the next change.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _count);

    /// <summary>The id of what was added.</summary>
    public UInt128 ToId() => EventIds.FromRecord(Bytes);

    private Span<byte> Room(int length)
    {
        if (_count + length > _bytes.Length) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _count + length));
        _count += length;
        return _bytes.AsSpan(_count - length, length);
    }
}
