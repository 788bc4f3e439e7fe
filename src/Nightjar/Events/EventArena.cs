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
    private const int MostHeadBytes = 100;

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
        var most = OwnedFields.Has(in view.Header) ? EventCodec.SizeLimit(in view) : view.Values.Length * RecordWriter.LargestNumber;
        if (most > MostBytes - MostHeadBytes) return -1;
        if (_used + most + MostHeadBytes > ChunkBytes && !Turn(view.Header.Time)) return -1;
        var chunk = _chunks[_current];
        var writer = new RecordWriter(chunk.Bytes.AsSpan(_used));
        WriteHeader(in view.Header, chunk.Since, ref writer);
        EventCopy.Write(in view, ref writer);
        var place = _current << PlaceBits | _used;
        _used += writer.Length;
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
        var reader = new RecordReader(chunk.Bytes.AsSpan(place & (1 << PlaceBits) - 1));
        var header = ReadHeader(chunk.Since, ref reader);
        into.Begin(in header);
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
                _chunks.Add(new Chunk(GC.AllocateUninitializedArray<byte>(ChunkBytes)));
            }
        }
        _chunks[_current].Since = since;
        _used = 0;
        return true;
    }

    private void WriteHeader(ref readonly EventHeader header, Instant since, ref RecordWriter writer)
    {
        var shape = _shapes.Of(in header);
        var length = header.End.Micros - header.Time.Micros;
        writer.Number((uint)(shape << ShapeBits | (length != 0 ? HasLength : 0) | (header.Sequence != 0 ? HasSequence : 0)));
        if (shape == 0)
        {
            writer.Kind(in header);
            writer.Signed(header.File);
        }
        writer.Wide(header.IdHigh);
        writer.Wide(header.IdLow);
        writer.Signed(header.Time.Micros - since.Micros);
        if (length != 0) writer.Number((ulong)length);
        if (header.Sequence != 0) writer.Signed(header.Sequence);
        writer.Number((uint)header.Device.Id);
        writer.Number((uint)header.App.Id);
        writer.Number(header.State.Packed);
        writer.Number((ulong)header.Position);
    }

    private EventHeader ReadHeader(Instant since, ref RecordReader reader)
    {
        var told = (int)reader.Number();
        var shape = told >> ShapeBits;
        var header = shape == 0 ? default : _shapes[shape];
        if (shape == 0)
        {
            reader.Kind(ref header);
            header.File = (int)reader.Signed();
        }
        header.IdHigh = reader.Wide();
        header.IdLow = reader.Wide();
        header.Time = new Instant(since.Micros + reader.Signed());
        header.End = (told & HasLength) != 0 ? new Instant(header.Time.Micros + (long)reader.Number()) : header.Time;
        if ((told & HasSequence) != 0) header.Sequence = reader.Signed();
        header.Device = new Symbol((int)reader.Number());
        header.App = new Symbol((int)reader.Number());
        header.State.Packed = (uint)reader.Number();
        header.Position = (long)reader.Number();
        return header;
    }

    private sealed class Chunk(byte[] bytes)
    {
        public byte[] Bytes => bytes;

        /// <summary>The time from which those of its events are reckoned.</summary>
        public Instant Since { get; set; }

        public int Held { get; set; }
    }
}
