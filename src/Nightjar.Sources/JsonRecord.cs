using System.Buffers.Text;
using System.Numerics;
using System.Text;
using System.Text.Json;

namespace Nightjar.Sources;

/// <summary>Reads chosen attributes of one JSON object after the other, without keeping anything of the last.</summary>
/// <remarks>Attributes are named by their path, <c>accessor.identifier</c>; a name that holds the dot itself is found too. A path may begin with
/// <c>*.</c> for an outer attribute of any name, and end in <c>[]</c> for an attribute of every object in an array, which are then its items:
/// <c>answers.rdata[]</c>. Items of two such paths must not come by turns. Of repeated attributes the last counts. Texts are valid until the next object is read.</remarks>
internal sealed class JsonRecord
{
    /// <summary>Deepest nesting that is read.</summary>
    public const int MaxDepth = 32;

    private const int MaxItems = 256;

    private readonly Wanted[] _wanted;
    // By the hash of the path, one more than the index; 0 is free. Null where a path begins with a star, for then one name may be several.
    private readonly int[]? _byPath;
    private readonly Slot[] _slots;
    private readonly List<Range> _items = [];
    private readonly int[] _lengths = new int[MaxDepth + 1];
    private byte[] _path = new byte[256];
    private byte[] _text = new byte[1024];
    private int _used;
    private int _firstName;
    private Range _innerName;
    private Range _lastName;

    /// <param name="paths">The attributes; they are asked for by their index.</param>
    public JsonRecord(params string[] paths)
    {
        _wanted = [.. paths.Select(Wanted.Of)];
        _slots = new Slot[paths.Length];
        if (Array.TrueForAll(_wanted, wanted => wanted.Outer == 0)) _byPath = Table(_wanted);
    }

    /// <summary>Name of the object's first attribute; empty when it has none.</summary>
    public ReadOnlySpan<byte> FirstName => _text.AsSpan(0, _firstName);

    /// <summary>Name of the first attribute of an attribute that is an object itself; empty when there is none.</summary>
    public ReadOnlySpan<byte> InnerName => _text.AsSpan()[_innerName];

    /// <summary>Reads an object; false when the bytes are not one JSON object and nothing else.</summary>
    public bool TryRead(ReadOnlySpan<byte> json)
    {
        Array.Clear(_slots);
        _items.Clear();
        _used = _firstName = 0;
        _innerName = _lastName = default;
        if (_text.Length < json.Length) _text = new byte[Math.Max(json.Length, _text.Length * 2)];
        try
        {
            return Read(json);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The parser has no other way to say so; the second is for escapes that are no character.
            return false;
        }
    }

    /// <summary>The text, or the digits of a number; empty when absent, null, or of another kind.</summary>
    public ReadOnlySpan<byte> Text(int index) => _text.AsSpan(_slots[index].Start, _slots[index].Length);

    /// <summary>A whole number, also one that is written as text; false when it is none.</summary>
    public bool TryInteger(int index, out long value)
    {
        var text = Text(index);
        if (Utf8Parser.TryParse(text, out value, out var used) && used == text.Length) return true;
        value = 0;
        return false;
    }

    /// <summary>A boolean, also one that is written 0 or 1; null when absent.</summary>
    public bool? Flag(int index) => _slots[index].Kind switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        JsonTokenType.Number => TryInteger(index, out var value) ? value != 0 : null,
        _ => null,
    };

    /// <summary>True when the object has the attribute, whatever its value.</summary>
    public bool Has(int index) => _slots[index].Kind != JsonTokenType.None;

    /// <summary>How many texts the array of this attribute holds, at most 256.</summary>
    public int Count(int index) => _slots[index].Items;

    /// <summary>A text of the array.</summary>
    public ReadOnlySpan<byte> Item(int index, int item) => _text.AsSpan()[_items[_slots[index].FirstItem + item]];

    private bool Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return false;
        var slot = -1;
        _lengths[0] = 0;
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    slot = Enter(ref reader);
                    break;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    Open(ref reader, slot);
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    slot = -1;
                    break;
                default:
                    Keep(ref reader, slot);
                    break;
            }
        }
        return true;
    }

    // The depth of a name is that of its object, from 1; its path is the path of the object above and itself.
    private int Enter(ref Utf8JsonReader reader)
    {
        var above = _lengths[reader.CurrentDepth - 1];
        var needed = above + 1 + reader.ValueSpan.Length;
        if (_path.Length < needed) Array.Resize(ref _path, needed * 2);
        var length = above;
        if (length > 0) _path[length++] = (byte)'.';
        length += reader.CopyString(_path.AsSpan(length));
        _lengths[reader.CurrentDepth] = length;
        KeepName(reader.CurrentDepth, above, length);
        if (_byPath is not null) return Find(_byPath, _path.AsSpan(0, length));
        for (var i = 0; i < _wanted.Length; i++)
            if (_wanted[i].Outer < reader.CurrentDepth && Inner(_wanted[i].Outer, length).SequenceEqual(_wanted[i].Path)) return i;
        return -1;
    }

    private int Find(int[] table, ReadOnlySpan<byte> path)
    {
        for (var i = NameHash.Of(path) & (uint)(table.Length - 1); table[i] != 0; i = (i + 1) & (uint)(table.Length - 1))
            if (path.SequenceEqual(_wanted[table[i] - 1].Path)) return table[i] - 1;
        return -1;
    }

    private static int[] Table(Wanted[] wanted)
    {
        var table = new int[BitOperations.RoundUpToPowerOf2((uint)wanted.Length * 4)];
        for (var number = 1; number <= wanted.Length; number++)
        {
            var i = NameHash.Of(wanted[number - 1].Path) & (uint)(table.Length - 1);
            while (table[i] != 0) i = (i + 1) & (uint)(table.Length - 1);
            table[i] = number;
        }
        return table;
    }

    // The path without its outer attributes.
    private ReadOnlySpan<byte> Inner(int outer, int length) =>
        _path.AsSpan(0, length)[(_lengths[outer] == 0 ? 0 : Math.Min(_lengths[outer] + 1, length))..];

    private void KeepName(int depth, int above, int length)
    {
        if (depth == 1 && _used == 0)
        {
            _path.AsSpan(0, length).CopyTo(_text);
            _firstName = _used = length;
        }
        else if (depth == 2)
        {
            _lastName = Math.Min(above == 0 ? 0 : above + 1, length)..length;
        }
    }

    private void Open(ref Utf8JsonReader reader, int slot)
    {
        if (reader.TokenType == JsonTokenType.StartObject && reader.CurrentDepth == 2 && _innerName.End.Value == 0) KeepInnerName();
        // Objects in an array have no name of their own; their attributes are those of the array.
        if (reader.TokenType == JsonTokenType.StartArray) _lengths[reader.CurrentDepth + 1] = _lengths[reader.CurrentDepth];
        if (slot >= 0 && !_wanted[slot].IsCollected) _slots[slot] = new Slot { Kind = reader.TokenType, FirstItem = _items.Count };
    }

    private void KeepInnerName()
    {
        var name = _path.AsSpan()[_lastName];
        name.CopyTo(_text.AsSpan(_used));
        _innerName = _used..(_used + name.Length);
        _used += name.Length;
    }

    private void Keep(ref Utf8JsonReader reader, int slot)
    {
        if (slot < 0) return;
        var start = _used;
        if (reader.TokenType == JsonTokenType.String) _used += reader.CopyString(_text.AsSpan(_used));
        else if (reader.TokenType == JsonTokenType.Number) _used += CopyNumber(reader.ValueSpan);
        if (_wanted[slot].IsCollected && _slots[slot].Kind == JsonTokenType.None)
            _slots[slot] = new Slot { Kind = JsonTokenType.StartArray, FirstItem = _items.Count };
        if (_slots[slot].Kind == JsonTokenType.StartArray)
        {
            if (_slots[slot].Items >= MaxItems || _slots[slot].FirstItem + _slots[slot].Items != _items.Count) return;
            _items.Add(start.._used);
            _slots[slot].Items++;
            return;
        }
        _slots[slot] = new Slot { Kind = reader.TokenType, Start = start, Length = _used - start };
    }

    private int CopyNumber(ReadOnlySpan<byte> digits)
    {
        digits.CopyTo(_text.AsSpan(_used));
        return digits.Length;
    }

    private readonly record struct Wanted(int Outer, bool IsCollected, byte[] Path)
    {
        public static Wanted Of(string path)
        {
            var outer = 0;
            for (; path.StartsWith("*.", StringComparison.Ordinal); path = path[2..]) outer++;
            var isCollected = path.EndsWith("[]", StringComparison.Ordinal);
            return new Wanted(outer, isCollected, Encoding.UTF8.GetBytes(isCollected ? path[..^2] : path));
        }
    }

    private struct Slot
    {
        public JsonTokenType Kind;
        public int Start;
        public int Length;
        public int FirstItem;
        public int Items;
    }
}
