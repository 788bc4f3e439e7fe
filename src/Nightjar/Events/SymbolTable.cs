using System.Runtime.CompilerServices;
using System.Text;

namespace Nightjar.Events;

/// <summary>Holds each distinct text once, as UTF-8, under a small integer.</summary>
/// <remarks>Safe for many readers and writers at once: looking up takes no lock, adding does. A text is kept
/// for the life of the table, so only fields that repeat are interned (see <see cref="FieldKind"/>).</remarks>
public sealed class SymbolTable
{
    private const int ChunkBits = 20;
    private const int ChunkSize = 1 << ChunkBits;
    private const int PageBits = 12;
    private const int PageSize = 1 << PageBits;

    private static readonly TextHash Hash = TextHash.Draw();

    private readonly Lock _adding = new();
    private readonly Dictionary<int, byte[]> _outsized = [];
    private byte[][] _chunks = [];
    private Place[][] _pages = [new Place[PageSize]];
    private Slot[] _slots = new Slot[1 << 12];
    private int _count = 1;
    private int _chunkUsed = ChunkSize;
    private long _bytes;

    /// <summary>How many distinct texts are held, the empty one included.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Bytes of text held.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>The symbol of a text, adding it when it is new.</summary>
    public Symbol Intern(ReadOnlySpan<char> text)
    {
        var needed = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (needed <= 512)
        {
            Span<byte> small = stackalloc byte[512];
            return Intern(small[..Encoding.UTF8.GetBytes(text, small)]);
        }
        var rented = System.Buffers.ArrayPool<byte>.Shared.Rent(needed);
        var symbol = Intern(rented.AsSpan(0, Encoding.UTF8.GetBytes(text, rented)));
        System.Buffers.ArrayPool<byte>.Shared.Return(rented);
        return symbol;
    }

    /// <summary>The symbol of a UTF-8 text, adding it when it is new.</summary>
    public Symbol Intern(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty) return Symbol.None;
        return InternHashed(utf8, Hash.Of(utf8));
    }

    private Symbol InternHashed(ReadOnlySpan<byte> utf8, uint hash)
    {
        var found = Find(Volatile.Read(ref _slots), utf8, hash);
        if (found != 0) return new Symbol(found);
        lock (_adding)
        {
            found = Find(_slots, utf8, hash);
            return new Symbol(found != 0 ? found : Add(utf8, hash));
        }
    }

    /// <summary>Reckons where a text stands, so that it need not be done again.</summary>
    public static TextKey KeyOf(ReadOnlySpan<byte> utf8) => new(Hash.Of(utf8));

    /// <summary>Begins to fetch the place of a text from memory. To ask for several before the first is looked up lets the waits fall together, if what is
    /// returned is kept.</summary>
    public int Fetch(TextKey key)
    {
        var slots = Volatile.Read(ref _slots);
        return (int)slots[key.Hash & (uint)slots.Length - 1].Key;
    }

    /// <summary>The symbol of a text whose key is known, adding it when it is new.</summary>
    /// <param name="utf8">The text, not empty.</param>
    /// <param name="key">From <see cref="KeyOf"/> of this text.</param>
    internal Symbol Intern(ReadOnlySpan<byte> utf8, TextKey key) => InternHashed(utf8, key.Hash);

    /// <summary>The symbol of a text that most likely is that of a known symbol: compared before it is looked up.</summary>
    internal Symbol Intern(ReadOnlySpan<byte> utf8, Symbol likely) => !likely.IsNone && Is(likely, utf8) ? likely : Intern(utf8);

    /// <summary>The symbol of a text that is already held, or <see cref="Symbol.None"/>.</summary>
    public Symbol Find(ReadOnlySpan<byte> utf8) =>
        utf8.IsEmpty ? Symbol.None : new Symbol(Find(Volatile.Read(ref _slots), utf8, Hash.Of(utf8)));

    /// <summary>The text of a symbol as UTF-8; empty for <see cref="Symbol.None"/>.</summary>
    public ReadOnlySpan<byte> Utf8(Symbol symbol)
    {
        if (symbol.Id == 0) return default;
        return BytesOf(symbol.Id, PlaceOf(symbol.Id));
    }

    /// <summary>The text of a symbol; empty for <see cref="Symbol.None"/>.</summary>
    public string Text(Symbol symbol) => symbol.Id == 0 ? "" : Encoding.UTF8.GetString(Utf8(symbol));

    private ReadOnlySpan<byte> BytesOf(int id, Place place)
    {
        if (!place.IsOutsized) return _chunks[place.Chunk].AsSpan(place.Offset, place.Length);
        lock (_adding) return _outsized[id];
    }

    /// <summary>True when a symbol stands for this text.</summary>
    internal bool Is(Symbol symbol, ReadOnlySpan<byte> utf8)
    {
        var place = PlaceOf(symbol.Id);
        return place.IsOutsized ? BytesOf(symbol.Id, place).SequenceEqual(utf8) : Is(place, utf8);
    }

    private int Find(Slot[] slots, ReadOnlySpan<byte> utf8, uint hash)
    {
        var mask = (uint)slots.Length - 1;
        for (var i = hash & mask; ; i = (i + 1) & mask)
        {
            ref readonly var slot = ref slots[i];
            var key = Volatile.Read(in slot.Key);
            if (key == 0) return 0;
            if ((uint)(key >> 32) == hash && (slot.Place.IsOutsized ? Is(new Symbol((int)key), utf8) : Is(slot.Place, utf8))) return (int)key;
        }
    }

    private bool Is(Place place, ReadOnlySpan<byte> utf8) =>
        place.Length == utf8.Length && _chunks[place.Chunk].AsSpan(place.Offset, place.Length).SequenceEqual(utf8);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Place PlaceOf(int id) => Volatile.Read(ref _pages)[id >> PageBits][id & (PageSize - 1)];

    private int Add(ReadOnlySpan<byte> utf8, uint hash)
    {
        var id = _count;
        if (id >> PageBits >= _pages.Length) Volatile.Write(ref _pages, [.. _pages, new Place[PageSize]]);
        var place = Store(id, utf8);
        _pages[id >> PageBits][id & (PageSize - 1)] = place;
        if ((id + 1) * 2 > _slots.Length) Grow();
        Put(_slots, (ulong)hash << 32 | (uint)id, place);
        Volatile.Write(ref _count, id + 1);
        Volatile.Write(ref _bytes, _bytes + utf8.Length);
        return id;
    }

    private Place Store(int id, ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > ChunkSize / 4)
        {
            _outsized[id] = utf8.ToArray();
            return Place.Outsized;
        }
        if (_chunkUsed + utf8.Length > ChunkSize)
        {
            Volatile.Write(ref _chunks, [.. _chunks, new byte[ChunkSize]]);
            _chunkUsed = 0;
        }
        utf8.CopyTo(_chunks[^1].AsSpan(_chunkUsed));
        var place = new Place(_chunks.Length - 1, _chunkUsed, utf8.Length);
        _chunkUsed += utf8.Length;
        return place;
    }

    private void Grow()
    {
        var larger = new Slot[_slots.Length * 2];
        foreach (var slot in _slots)
        {
            if (slot.Key != 0) Put(larger, slot.Key, slot.Place);
        }
        Volatile.Write(ref _slots, larger);
    }

    private static void Put(Slot[] slots, ulong key, Place place)
    {
        var mask = (uint)slots.Length - 1;
        var i = (uint)(key >> 32) & mask;
        while (slots[i].Key != 0) i = (i + 1) & mask;
        slots[i].Place = place;
        // Last: whoever sees the key sees the place.
        Volatile.Write(ref slots[i].Key, key);
    }

    /// <summary>A place of the table. With hash and place beside the number, a look at a text that is not held touches nothing but the slot, one at a text
    /// that is held nothing but slot and text, and growing nothing else: looking up waits for memory, and each of these is a wait.</summary>
    private struct Slot
    {
        /// <summary>The hash in the upper half, the number in the lower; 0 is free.</summary>
        public ulong Key;
        public Place Place;
    }

    /// <summary>Where a text lies: 24 bits of chunk, 20 of offset, 19 of length.</summary>
    private readonly record struct Place
    {
        private const int LengthBits = 19;

        private readonly long _packed;

        private Place(long packed) => _packed = packed;

        public Place(int chunk, int offset, int length) => _packed = (long)chunk << ChunkBits + LengthBits | (long)offset << LengthBits | (uint)length;

        /// <summary>Kept by itself, for its length.</summary>
        public static Place Outsized { get; } = new(-1);

        public bool IsOutsized => _packed < 0;

        public int Chunk => (int)(_packed >> ChunkBits + LengthBits);

        public int Offset => (int)(_packed >> LengthBits) & (ChunkSize - 1);

        public int Length => (int)_packed & ((1 << LengthBits) - 1);
    }
}
