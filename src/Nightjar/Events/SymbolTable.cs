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
    private const int EntryPageBits = 12;
    private const int EntryPageSize = 1 << EntryPageBits;

    private static readonly TextHash Hash = TextHash.Draw();

    private readonly Lock _adding = new();
    private readonly Dictionary<int, byte[]> _outsized = [];
    private byte[][] _chunks = [];
    private Entry[][] _pages = [new Entry[EntryPageSize]];
    private int[] _slots = new int[1 << 12];
    private int _count = 1;
    private int _chunkUsed = ChunkSize;
    private long _bytes;

    /// <summary>How many distinct texts are held, the empty one included.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Bytes of text held.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

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
        var hash = Hash.Of(utf8);
        var found = Find(Volatile.Read(ref _slots), utf8, hash);
        if (found != 0) return new Symbol(found);
        lock (_adding)
        {
            found = Find(_slots, utf8, hash);
            return new Symbol(found != 0 ? found : Add(utf8, hash));
        }
    }

    /// <summary>The symbol of a text that is already held, or <see cref="Symbol.None"/>.</summary>
    public Symbol Find(ReadOnlySpan<byte> utf8) =>
        utf8.IsEmpty ? Symbol.None : new Symbol(Find(Volatile.Read(ref _slots), utf8, Hash.Of(utf8)));

    /// <summary>The text of a symbol as UTF-8; empty for <see cref="Symbol.None"/>.</summary>
    public ReadOnlySpan<byte> Utf8(Symbol symbol)
    {
        if (symbol.Id == 0) return default;
        ref readonly var entry = ref EntryOf(symbol.Id);
        return BytesOf(symbol.Id, in entry);
    }

    /// <summary>The text of a symbol; empty for <see cref="Symbol.None"/>.</summary>
    public string Text(Symbol symbol) => symbol.Id == 0 ? "" : Encoding.UTF8.GetString(Utf8(symbol));

    private ReadOnlySpan<byte> BytesOf(int id, ref readonly Entry entry)
    {
        if (entry.Chunk >= 0) return _chunks[entry.Chunk].AsSpan(entry.Offset, entry.Length);
        lock (_adding) return _outsized[id];
    }

    private int Find(int[] slots, ReadOnlySpan<byte> utf8, uint hash)
    {
        var mask = (uint)slots.Length - 1;
        for (var i = hash & mask; ; i = (i + 1) & mask)
        {
            var id = Volatile.Read(ref slots[i]);
            if (id == 0) return 0;
            ref readonly var entry = ref EntryOf(id);
            if (entry.Hash == hash && entry.Length == utf8.Length && BytesOf(id, in entry).SequenceEqual(utf8)) return id;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref readonly Entry EntryOf(int id) => ref Volatile.Read(ref _pages)[id >> EntryPageBits][id & (EntryPageSize - 1)];

    private int Add(ReadOnlySpan<byte> utf8, uint hash)
    {
        var id = _count;
        if (id >> EntryPageBits >= _pages.Length) Volatile.Write(ref _pages, [.. _pages, new Entry[EntryPageSize]]);
        _pages[id >> EntryPageBits][id & (EntryPageSize - 1)] = Store(id, utf8, hash);
        if ((id + 1) * 2 > _slots.Length) Grow();
        Place(_slots, hash, id);
        Volatile.Write(ref _count, id + 1);
        Interlocked.Add(ref _bytes, utf8.Length);
        return id;
    }

    private Entry Store(int id, ReadOnlySpan<byte> utf8, uint hash)
    {
        if (utf8.Length > ChunkSize / 4)
        {
            _outsized[id] = utf8.ToArray();
            return new Entry(hash, -1, 0, utf8.Length);
        }
        if (_chunkUsed + utf8.Length > ChunkSize)
        {
            Volatile.Write(ref _chunks, [.. _chunks, new byte[ChunkSize]]);
            _chunkUsed = 0;
        }
        utf8.CopyTo(_chunks[^1].AsSpan(_chunkUsed));
        var entry = new Entry(hash, _chunks.Length - 1, _chunkUsed, utf8.Length);
        _chunkUsed += utf8.Length;
        return entry;
    }

    private void Grow()
    {
        var larger = new int[_slots.Length * 2];
        for (var id = 1; id < _count; id++) Place(larger, EntryOf(id).Hash, id);
        Volatile.Write(ref _slots, larger);
    }

    private static void Place(int[] slots, uint hash, int id)
    {
        var mask = (uint)slots.Length - 1;
        var i = hash & mask;
        while (slots[i] != 0) i = (i + 1) & mask;
        Volatile.Write(ref slots[i], id);
    }

    private readonly record struct Entry(uint Hash, int Chunk, int Offset, int Length);
}
