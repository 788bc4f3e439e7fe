using System.Text;

namespace Nightjar.Sources.Mapping.Records;

/// <summary>What stands at a path of a record.</summary>
internal enum ValueKind : byte
{
    /// <summary>Nothing stands there.</summary>
    Absent,
    Null,
    Text,
    Number,
    True,
    False,
    /// <summary>An object, whose parts have paths of their own.</summary>
    Object,
    /// <summary>A list, whose items stand at the same path.</summary>
    List,
}

/// <summary>The values at chosen paths of one record after the other. Texts are valid until the next record is read.</summary>
internal abstract class RecordValues
{
    /// <summary>The most values that are kept for one path.</summary>
    public const int MaxItems = 256;

    private readonly PathTable _paths;
    private readonly Slot[] _slots;
    private Entry[] _entries = new Entry[64];
    private byte[] _text = new byte[1024];
    private int _count;
    private int _used;

    protected RecordValues(PathTable paths)
    {
        _paths = paths;
        _slots = new Slot[paths.Count];
    }

    /// <summary>Hears of every value that no path leads to; null when nobody asks.</summary>
    public UnmappedNames? Unmapped { get; set; }

    /// <summary>The number of the record, for <see cref="Unmapped"/>.</summary>
    public long Number { get; set; }

    /// <summary>Forgets the last record.</summary>
    public virtual void Clear()
    {
        Array.Clear(_slots);
        _count = _used = 0;
    }

    /// <summary>True when somebody asks for what stands at a path, or below it.</summary>
    public bool Asks(string path) => _paths.Asks(path);

    /// <summary>True when something stands at the path, whatever it is.</summary>
    public bool Has(int slot) => _slots[slot].Kind != ValueKind.Absent;

    /// <summary>What stands at the path; of several values the first.</summary>
    public ValueKind KindOf(int slot) => _slots[slot].Count > 0 ? _entries[_slots[slot].First].Kind : _slots[slot].Kind;

    /// <summary>How many plain values stand at the path.</summary>
    public int Count(int slot) => _slots[slot].Count;

    /// <summary>The first plain value; empty when there is none.</summary>
    public ReadOnlySpan<byte> Text(int slot) => _slots[slot].Count > 0 ? TextOf(_slots[slot].First) : default;

    /// <summary>The first plain value's place, to go on with <see cref="NextOf"/>; −1 when there is none.</summary>
    public int FirstOf(int slot) => _slots[slot].Count > 0 ? _slots[slot].First : -1;

    /// <summary>The place of the next plain value at the same path; −1 when there is none.</summary>
    public int NextOf(int place) => _entries[place].Next - 1;

    /// <summary>The value at a place.</summary>
    public ReadOnlySpan<byte> TextOf(int place) => _text.AsSpan(_entries[place].Start, _entries[place].Length);

    /// <summary>The slot of a path; −1 when nobody asks for it.</summary>
    protected int Find(ReadOnlySpan<byte> path) => _paths.Find(path);

    /// <summary>True when the slot asks for the items of a list as they stand.</summary>
    protected bool IsList(int slot) => _paths.IsList(slot);

    /// <summary>True when there are lists whose items are asked for as they stand.</summary>
    protected bool HasLists => _paths.HasLists;

    /// <summary>True when the slot asks for the JSON that a text holds.</summary>
    protected bool HoldsJson(int slot) => _paths.HoldsJson(slot);

    /// <summary>Counts a value to which no path leads.</summary>
    protected void CountUnmapped(ReadOnlySpan<byte> path)
    {
        if (Unmapped is not null && !_paths.IsUnread(path)) Unmapped.Count(path, Number);
    }

    /// <summary>Says that something stands at the path.</summary>
    protected void Mark(int slot, ValueKind kind)
    {
        if (_slots[slot].Kind == ValueKind.Absent) _slots[slot].Kind = kind;
    }

    /// <summary>Room for a text of at most so many bytes.</summary>
    protected Span<byte> Room(int length)
    {
        if (_used + length > _text.Length) Array.Resize(ref _text, Math.Max(_text.Length * 2, _used + length));
        return _text.AsSpan(_used, length);
    }

    /// <summary>Keeps as a value what was written into <see cref="Room"/>.</summary>
    /// <param name="slot">The path.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="length">How much was written.</param>
    /// <param name="replaces">True when it stands in place of one before, as a repeated name does.</param>
    protected void Keep(int slot, ValueKind kind, int length, bool replaces)
    {
        ref var at = ref _slots[slot];
        if (replaces) at.Count = 0;
        if (at.Kind == ValueKind.Absent) at.Kind = kind;
        if (at.Count == MaxItems) return;
        if (_count == _entries.Length) Array.Resize(ref _entries, _entries.Length * 2);
        _entries[_count] = new Entry(kind, _used, length, 0);
        if (at.Count++ == 0) at.First = _count;
        else _entries[at.Last].Next = _count + 1;
        at.Last = _count++;
        _used += length;
    }

    /// <summary>Keeps a plain value.</summary>
    protected void Keep(int slot, ValueKind kind, ReadOnlySpan<byte> text, bool replaces)
    {
        text.CopyTo(Room(text.Length));
        Keep(slot, kind, text.Length, replaces);
    }

    private record struct Entry(ValueKind Kind, int Start, int Length, int Next);

    private struct Slot
    {
        public ValueKind Kind;
        public int Count;
        public int First;
        public int Last;
    }
}

/// <summary>The paths that a mapping asks for, each with a number.</summary>
internal sealed class PathTable
{
    private readonly List<(byte[] Path, bool IsList, bool HoldsJson)> _paths = [];
    private readonly List<byte[]> _unread = [];
    private int[] _table = new int[16];

    /// <summary>True when the items of some list are asked for one by one.</summary>
    public bool HasLists { get; private set; }

    /// <summary>Number of paths.</summary>
    public int Count => _paths.Count;

    /// <summary>The number of a path, which is added when it is new.</summary>
    /// <param name="path">Names with dots between; <c>[]</c> after a name is of no account.</param>
    /// <param name="holdsJson">True when a text that stands there is JSON and is read as such.</param>
    public int Add(string path, bool holdsJson = false)
    {
        var bytes = Encoding.UTF8.GetBytes(path.Replace("[]", "", StringComparison.Ordinal));
        var slot = Find(bytes);
        if (slot < 0)
        {
            slot = _paths.Count;
            _paths.Add((bytes, false, false));
            if (_paths.Count * 4 > _table.Length) Grow();
            else Insert(slot);
        }
        var known = _paths[slot];
        _paths[slot] = (bytes, known.IsList, known.HoldsJson || holdsJson);
        return slot;
    }

    /// <summary>Asks for the items of the list that stands at a path, one by one.</summary>
    public void MarkList(int slot)
    {
        HasLists = true;
        _paths[slot] = _paths[slot] with { IsList = true };
    }

    /// <summary>Names what is known and not read: a path, everything below a path (<c>a.*</c>), or everything (<c>*</c>).</summary>
    public void AddUnread(string path) => _unread.Add(Encoding.UTF8.GetBytes(path.Replace("[]", "", StringComparison.Ordinal)));

    /// <summary>The number of a path; −1 when it is none of these.</summary>
    public int Find(ReadOnlySpan<byte> path)
    {
        var mask = (uint)_table.Length - 1;
        for (var i = Hash(path) & mask; _table[i] != 0; i = (i + 1) & mask)
            if (path.SequenceEqual(_paths[_table[i] - 1].Path)) return _table[i] - 1;
        return -1;
    }

    /// <summary>True when one of the paths is this one or begins with it.</summary>
    public bool Asks(string path)
    {
        var bytes = Encoding.UTF8.GetBytes(path);
        return _paths.Exists(item => item.Path.AsSpan().StartsWith(bytes) && (item.Path.Length == bytes.Length || item.Path[bytes.Length] == (byte)'.'));
    }

    public bool IsList(int slot) => _paths[slot].IsList;

    public bool HoldsJson(int slot) => _paths[slot].HoldsJson;

    public bool IsUnread(ReadOnlySpan<byte> path)
    {
        foreach (var unread in _unread)
        {
            if (unread is [(byte)'*']) return true;
            if (unread is [.., (byte)'.', (byte)'*'] ? path.StartsWith(unread.AsSpan()[..^1]) : path.SequenceEqual(unread)) return true;
        }
        return false;
    }

    private void Grow()
    {
        _table = new int[_table.Length * 2];
        for (var i = 0; i < _paths.Count; i++) Insert(i);
    }

    private void Insert(int slot)
    {
        var mask = (uint)_table.Length - 1;
        var i = Hash(_paths[slot].Path) & mask;
        while (_table[i] != 0) i = (i + 1) & mask;
        _table[i] = slot + 1;
    }

    private static uint Hash(ReadOnlySpan<byte> path) => NameHash.Of(path);
}
