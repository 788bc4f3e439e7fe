using System.Buffers.Binary;

namespace Nightjar.Events;

/// <summary>Holds copies of events one behind the other, in few bytes, for a time that is about the same for all of them.</summary>
/// <remarks>
/// Beside <see cref="StoredEvent"/>, which takes five times the memory and whose parts lie in several places that no cache holds any more when they are used again: writing one behind the
/// other is what memory does best, and to let one go touches nothing of it. A piece of memory is used again when nobody holds an event of it, so what is held long must not lie beside what is held
/// briefly. Symbols are those of the run. One thread.
/// </remarks>
internal sealed class EventArena
{
    /// <summary>Most bytes of an event that is taken.</summary>
    public const int MostBytes = ChunkBytes / 8;

    private const int ChunkBytes = 1 << 16;

    // A place is the number of a piece and where it begins in it.
    private const int PlaceBits = 16;
    private const int MostChunks = 1 << 31 - PlaceBits;

    // Beside the number of the shape: what most events lack.
    private const int ShapeBits = 2;
    private const int HasLength = 1;
    private const int HasSequence = 2;
    private const int MostHeadBytes = 160;
    private const int HeadNumbers = 8;

    private readonly List<Chunk> _chunks = [];
    private readonly Stack<int> _free = new();
    private readonly EventShapes _shapes = new();
    private readonly StoredEvent _read = new();
    private int _current = -1;
    private int _used = ChunkBytes;

    /// <summary>Events that are held.</summary>
    public int Held { get; private set; }

    /// <summary>Bytes of memory in use.</summary>
    public long Bytes => (long)_chunks.Count * ChunkBytes;

    /// <summary>Copies an event and holds it once. Its place; −1 when it is too large.</summary>
    public int Add(in EventView view)
    {
        var isPlain = !OwnedFields.Has(in view.Header);
        var most = isPlain ? PackedNumbers.MostBytes(view.Values.Length) : EventCodec.SizeLimit(in view);
        if (most > MostBytes - MostHeadBytes) return -1;
        if (_used + most + MostHeadBytes > ChunkBytes && !Turn(view.Header.Time)) return -1;
        var chunk = _chunks[_current];
        var place = _current << PlaceBits | _used;
        _used += WriteHeader(in view.Header, chunk.Since, chunk.Bytes.AsSpan(_used));
        _used += isPlain ? PackedNumbers.Write(view.Values, chunk.Bytes.AsSpan(_used)) : WriteSlots(in view, chunk.Bytes.AsSpan(_used));
        chunk.Held++;
        Held++;
        return place;
    }

    /// <summary>The event at a place, as long as it is held. Valid until the next is read.</summary>
    public EventView this[int place]
    {
        get
        {
            Read(place, _read);
            return _read.View;
        }
    }

    /// <summary>Reads the event at a place, as long as it is held.</summary>
    public void Read(int place, StoredEvent into)
    {
        var chunk = _chunks[place >> PlaceBits];
        var from = chunk.Bytes.AsSpan(place & (1 << PlaceBits) - 1);
        from = from[ReadHeader(chunk.Since, from, out var header)..];
        if (!OwnedFields.Has(in header))
        {
            PackedNumbers.Read(from, into.BeginPlain(in header));
            return;
        }
        into.Begin(in header);
        var reader = new RecordReader(from);
        EventCopy.Read(in header, ref reader, into);
        into.End();
    }

    public void Hold(int place)
    {
        _chunks[place >> PlaceBits].Held++;
        Held++;
    }

    public void Release(int place)
    {
        var number = place >> PlaceBits;
        Held--;
        if (--_chunks[number].Held == 0 && number != _current) _free.Push(number);
    }

    // False when there is no room.
    private bool Turn(Instant since)
    {
        if (_current < 0 || _chunks[_current].Held > 0)
        {
            if (_chunks.Count == MostChunks && _free.Count == 0) return false;
            if (!_free.TryPop(out _current))
            {
                _current = _chunks.Count;
                _chunks.Add(new Chunk(GC.AllocateUninitializedArray<byte>(ChunkBytes + PackedNumbers.Slack)));
            }
        }
        _chunks[_current].Since = since;
        _used = 0;
        return true;
    }

    private static int WriteSlots(in EventView view, Span<byte> to)
    {
        var writer = new RecordWriter(to);
        EventCopy.Write(in view, ref writer);
        return writer.Length;
    }

    private int WriteHeader(ref readonly EventHeader header, Instant since, Span<byte> to)
    {
        var shape = _shapes.Of(in header);
        var length = header.End.Micros - header.Time.Micros;
        Span<long> numbers =
        [
            shape << ShapeBits | (length != 0 ? HasLength : 0) | (header.Sequence != 0 ? HasSequence : 0), PackedNumbers.Fold(header.Time.Micros - since.Micros), header.Device.Id, header.App.Id,
            header.State.Packed, header.Position, 0, 0,
        ];
        var count = HeadNumbers - 2;
        if (length != 0) numbers[count++] = length;
        if (header.Sequence != 0) numbers[count++] = header.Sequence;
        BinaryPrimitives.WriteUInt64LittleEndian(to, header.IdHigh);
        BinaryPrimitives.WriteUInt64LittleEndian(to[sizeof(ulong)..], header.IdLow);
        var written = 2 * sizeof(ulong);
        written += PackedNumbers.Write(numbers[..count], to[written..]);
        return shape == 0 ? written + WriteShape(in header, to[written..]) : written;
    }

    private static int WriteShape(ref readonly EventHeader header, Span<byte> to)
    {
        var writer = new RecordWriter(to);
        writer.Kind(in header);
        writer.Signed(header.File);
        return writer.Length;
    }

    // Gives back how many bytes it took.
    private int ReadHeader(Instant since, ReadOnlySpan<byte> from, out EventHeader header)
    {
        Span<long> numbers = stackalloc long[HeadNumbers];
        var read = 2 * sizeof(ulong);
        read += PackedNumbers.Read(from[read..], numbers[..4]);
        var told = (int)numbers[0];
        var count = HeadNumbers - 2 + ((told & HasLength) != 0 ? 1 : 0) + ((told & HasSequence) != 0 ? 1 : 0);
        read += PackedNumbers.Read(from[read..], numbers[4..count]);
        var shape = told >> ShapeBits;
        header = shape == 0 ? default : _shapes[shape];
        if (shape == 0) read += ReadShape(from[read..], ref header);
        header.IdHigh = BinaryPrimitives.ReadUInt64LittleEndian(from);
        header.IdLow = BinaryPrimitives.ReadUInt64LittleEndian(from[sizeof(ulong)..]);
        header.Time = new Instant(since.Micros + PackedNumbers.Unfold(numbers[1]));
        header.End = (told & HasLength) != 0 ? new Instant(header.Time.Micros + numbers[6]) : header.Time;
        if ((told & HasSequence) != 0) header.Sequence = numbers[count - 1];
        header.Device = new Symbol((int)numbers[2]);
        header.App = new Symbol((int)numbers[3]);
        header.State.Packed = (uint)numbers[4];
        header.Position = numbers[5];
        return read;
    }

    private static int ReadShape(ReadOnlySpan<byte> from, ref EventHeader header)
    {
        var reader = new RecordReader(from);
        reader.Kind(ref header);
        header.File = (int)reader.Signed();
        return from.Length - reader.Left;
    }

    private sealed class Chunk(byte[] bytes)
    {
        public byte[] Bytes => bytes;

        /// <summary>The time from which those of its events are reckoned.</summary>
        public Instant Since { get; set; }

        public int Held { get; set; }
    }
}
