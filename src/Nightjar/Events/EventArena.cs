using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nightjar.Events;

/// <summary>Holds copies of events one behind the other, for a time that is about the same for all of them.</summary>
/// <remarks>
/// Beside <see cref="StoredEvent"/>, whose parts lie in several places that no cache holds any more when they are used again: writing one behind the other is what memory does best,
/// and to let one go touches nothing of it. A piece of memory is used again when nobody holds an event of it, so what is held long must not lie beside what is held briefly. One thread.
/// </remarks>
internal sealed class EventArena
{
    /// <summary>Most bytes of an event that is taken.</summary>
    public const int MostBytes = ChunkBytes / 8;

    private const int ChunkBytes = 1 << 16;
    private static readonly int HeadBytes = EventHeader.Size + 2 * sizeof(int);

    private readonly List<Chunk> _chunks = [];
    private readonly Stack<int> _free = new();
    private int _current = -1;
    private int _used = ChunkBytes;

    /// <summary>Events that are held.</summary>
    public int Held { get; private set; }

    /// <summary>Bytes of memory in use.</summary>
    public long Bytes => (long)_chunks.Count * ChunkBytes;

    /// <summary>Copies an event and holds it once. Its place; −1 when it is too large.</summary>
    public long Add(in EventView view)
    {
        var (text, lists) = OwnedFields.Has(in view.Header) ? SizesOf(in view) : default;
        var bytes = HeadBytes + view.Values.Length * sizeof(long) + lists * sizeof(int) + text;
        if (bytes > MostBytes) return -1;
        if (_used + bytes > ChunkBytes) Turn();
        var place = (long)_current << 32 | (uint)_used;
        Write(in view, _chunks[_current].Bytes.AsSpan(_used, bytes), text, lists);
        _used += bytes + 15 & ~15;
        Hold(place);
        return place;
    }

    /// <summary>The event at a place. Valid as long as it is held.</summary>
    public EventView this[long place]
    {
        get
        {
            var from = _chunks[(int)(place >> 32)].Bytes.AsSpan((int)place);
            ref readonly var header = ref Unsafe.As<byte, EventHeader>(ref MemoryMarshal.GetReference(from));
            var counts = MemoryMarshal.Cast<byte, int>(from.Slice(EventHeader.Size, 2 * sizeof(int)));
            var values = MemoryMarshal.Cast<byte, long>(from.Slice(HeadBytes, header.ValueCount * sizeof(long)));
            var rest = from[(HeadBytes + values.Length * sizeof(long))..];
            return new EventView(in header, values, rest.Slice(counts[1] * sizeof(int), counts[0]), MemoryMarshal.Cast<byte, int>(rest[..(counts[1] * sizeof(int))]));
        }
    }

    public void Hold(long place)
    {
        _chunks[(int)(place >> 32)].Held++;
        Held++;
    }

    public void Release(long place)
    {
        var number = (int)(place >> 32);
        Held--;
        if (--_chunks[number].Held == 0 && number != _current) _free.Push(number);
    }

    private void Turn()
    {
        if (_current >= 0 && _chunks[_current].Held == 0)
        {
            _used = 0;
            return;
        }
        if (!_free.TryPop(out _current))
        {
            _current = _chunks.Count;
            _chunks.Add(new Chunk(GC.AllocateUninitializedArray<byte>(ChunkBytes)));
        }
        _used = 0;
    }

    private static (int Text, int Lists) SizesOf(in EventView view)
    {
        var (text, lists) = (0, 0);
        for (var walk = OwnedFields.Of(in view.Header); walk.MoveNext();)
        {
            var count = (int)(view.Values[view.Header.SlotOf(walk.Current)] & 0x7FFF_FFFF);
            if (FieldCatalog.KindOf(walk.Current) == FieldKind.Text) text += count;
            else lists += count;
        }
        return (text, lists);
    }

    private static void Write(in EventView view, Span<byte> to, int text, int lists)
    {
        ref var header = ref Unsafe.As<byte, EventHeader>(ref MemoryMarshal.GetReference(to));
        header = view.Header;
        header.ValueStart = 0;
        MemoryMarshal.Write(to[EventHeader.Size..], text);
        MemoryMarshal.Write(to[(EventHeader.Size + sizeof(int))..], lists);
        var values = MemoryMarshal.Cast<byte, long>(to.Slice(HeadBytes, view.Values.Length * sizeof(long)));
        view.Values.CopyTo(values);
        if (text + lists > 0) Own(in view, values, to[(HeadBytes + values.Length * sizeof(long))..], lists);
    }

    private static void Own(in EventView view, Span<long> values, Span<byte> rest, int lists)
    {
        var texts = rest[(lists * sizeof(int))..];
        var items = MemoryMarshal.Cast<byte, int>(rest[..(lists * sizeof(int))]);
        var (text, list) = (0, 0);
        for (var walk = OwnedFields.Of(in view.Header); walk.MoveNext();)
        {
            ref var value = ref values[view.Header.SlotOf(walk.Current)];
            var (from, count) = ((int)(value >> 32), (int)(value & 0x7FFF_FFFF));
            if (FieldCatalog.KindOf(walk.Current) == FieldKind.Text)
            {
                view.TextArena.Slice(from, count).CopyTo(texts[text..]);
                value = (long)text << 32 | (uint)count;
                text += count;
            }
            else
            {
                view.ListArena.Slice(from, count).CopyTo(items[list..]);
                value = (long)list << 32 | (uint)count;
                list += count;
            }
        }
    }

    private sealed class Chunk(byte[] bytes)
    {
        public byte[] Bytes => bytes;

        public int Held { get; set; }
    }
}
