using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Nightjar.Events;

namespace Nightjar.Sources.OcsfNdjson;

/// <summary>Short texts that came lately, with the symbols that were made of them: devices, apps, hosts and addresses come again and again.</summary>
/// <remarks>They lie close together, each beside its symbol, where the table of all texts spreads them over megabytes: to find one takes a single look at memory
/// that is at hand, and no canonical form is made anew. What is missed or crowded out costs a look in the table, no more, so whoever writes telemetry gains
/// nothing by it.</remarks>
internal sealed class RecentTexts
{
    /// <summary>The longest text that is kept.</summary>
    public const int MaxLength = 32;

    private const int PlaceBits = 13;

    // How many texts of a field may be new before it is left alone, and for how long: names and paths of files hardly ever come again.
    private const sbyte Patience = 64;

    // Lent, because there may be thousands of sessions one after the other.
    private Entry[] _entries = ArrayPool<Entry>.Shared.Rent(1 << PlaceBits);
    private readonly sbyte[] _worth = new sbyte[256];

    public RecentTexts()
    {
        Array.Fill(_worth, Patience);
        Clear();
    }

    /// <summary>Forgets all.</summary>
    public void Clear() => Array.Clear(_entries);

    /// <summary>Gives back what was lent; nothing is found any more.</summary>
    public void GiveBack()
    {
        if (_entries.Length > 0) ArrayPool<Entry>.Shared.Return(_entries);
        _entries = [];
    }

    /// <summary>True when a text of the field may be among those that are kept.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Expects(FieldId field)
    {
        ref var worth = ref _worth[(byte)field];
        return worth >= 0 || ++worth == 0;
    }

    /// <summary>Where a text would stand.</summary>
    /// <param name="text">The text, from <see cref="Load"/>.</param>
    /// <param name="length">Its length.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int PlaceOf(Vector256<byte> text, int length)
    {
        // Chance is enough: no more than a look is lost where two fall together.
        var halves = text.GetLower().AsUInt64() ^ Vector128.Shuffle(text.GetUpper().AsUInt64(), Vector128.Create(1UL, 0UL));
        var mixed = (halves.ToScalar() + (uint)length) * 0x9E37_79B9_7F4A_7C15 ^ halves.GetElement(1) * 0xC2B2_AE3D_27D4_EB4F;
        return (int)(mixed >> 64 - PlaceBits);
    }

    /// <summary>Begins to fetch what stands at a place; of use if what is returned is kept.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Fetch(int place) => _entries[place].Key;

    /// <summary>The symbol that was made of a text in a field of this kind; none when it is not known.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Symbol Find(FieldKind kind, Vector256<byte> text, int length, int place)
    {
        ref var entry = ref _entries[place];
        if (entry.IsOf(text, KeyOf(kind, length))) return entry.Symbol;
        entry = ref _entries[place ^ 1];
        return entry.IsOf(text, KeyOf(kind, length)) ? entry.Symbol : default;
    }

    /// <summary>Keeps the symbol of a text that was not found.</summary>
    /// <param name="node">The attribute.</param>
    /// <param name="text">The text, from <see cref="Load"/>.</param>
    /// <param name="length">Its length.</param>
    /// <param name="place">From <see cref="PlaceOf"/>.</param>
    /// <param name="symbol">What was made of it.</param>
    /// <param name="isNew">True when the text had never come before.</param>
    public void Keep(AttributeNode node, Vector256<byte> text, int length, int place, Symbol symbol, bool isNew)
    {
        ref var worth = ref _worth[(byte)node.Field];
        worth = (sbyte)(isNew ? worth > 0 ? worth - 1 : -Patience : Math.Min(worth + 4, Patience));
        ref var entry = ref _entries[place];
        if (entry.Key != 0) _entries[place ^ 1] = entry;
        entry = new Entry(text, KeyOf(node.FieldKind, length), symbol);
    }

    /// <summary>A text of at most <see cref="MaxLength"/> bytes, filled up with zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Load(ReadOnlySpan<byte> line, int start, int length) =>
        line.Length - start >= MaxLength
            ? Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(line), (nuint)start) & MouldScan.MaskOf(length)
            : Copied(line.Slice(start, length));

    private static Vector256<byte> Copied(ReadOnlySpan<byte> text)
    {
        Span<byte> copy = stackalloc byte[MaxLength];
        copy.Clear();
        text.CopyTo(copy);
        return Vector256.Create<byte>(copy);
    }

    private static int KeyOf(FieldKind kind, int length) => (int)kind << 8 | length;

    // Forty bytes; as a vector the text would take a row of its own.
    private readonly struct Entry(Vector256<byte> text, int key, Symbol symbol)
    {
        private readonly ulong _first = text.AsUInt64().GetElement(0);
        private readonly ulong _second = text.AsUInt64().GetElement(1);
        private readonly ulong _third = text.AsUInt64().GetElement(2);
        private readonly ulong _fourth = text.AsUInt64().GetElement(3);

        /// <summary>The kind of field and the length of the text; 0 is free.</summary>
        public readonly int Key = key;
        public readonly Symbol Symbol = symbol;

        public bool IsOf(Vector256<byte> text, int key) => Key == key && Vector256.LoadUnsafe(in _first).AsByte() == text;
    }
}
