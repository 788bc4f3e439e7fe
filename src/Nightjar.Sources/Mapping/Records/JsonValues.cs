using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Nightjar.Sources.Mapping.Records;

/// <summary>The values of JSON objects. A path leads through objects and lists alike; a name that holds the dot itself is found too.</summary>
internal sealed class JsonValues(PathTable paths) : RecordValues(paths)
{
    /// <summary>Deepest nesting that is read.</summary>
    public const int MaxDepth = 32;

    private const int MaxPath = 2048;

    private readonly Dictionary<int, List<Range>> _items = [];
    private readonly byte[] _path = new byte[MaxPath];
    private byte[] _json = [];
    private int _jsonLength;
    private bool _isPart;

    /// <summary>How many items a list has that is taken item by item.</summary>
    public int ItemCount(int slot) => _items.TryGetValue(slot, out var items) ? items.Count : 0;

    /// <summary>One of these items as JSON.</summary>
    public ReadOnlySpan<byte> Item(int slot, int index) => _json.AsSpan(0, _jsonLength)[_items[slot][index]];

    public override void Clear()
    {
        base.Clear();
        foreach (var items in _items.Values) items.Clear();
    }

    /// <summary>Reads an object, or the value of an item; false when the bytes are no JSON.</summary>
    public bool TryRead(ReadOnlySpan<byte> json)
    {
        Clear();
        return Add("", json);
    }

    /// <summary>Reads what there is of an object that is cut off.</summary>
    public void AddBeginning(ReadOnlySpan<byte> json)
    {
        Clear();
        _isPart = true;
        TryRead(json, 0, isInside: true);
        _isPart = false;
    }

    /// <summary>Adds what stands below a path, without forgetting what is known; false when the bytes are no JSON.</summary>
    public bool Add(string path, ReadOnlySpan<byte> json)
    {
        var length = Encoding.UTF8.TryGetBytes(path, _path, out var written) ? written : 0;
        if (_json.Length < json.Length && HasLists) _json = new byte[Math.Max(json.Length, _json.Length * 2)];
        if (HasLists) json.CopyTo(_json);
        _jsonLength = HasLists ? json.Length : 0;
        return TryRead(json, length, isInside: false);
    }

    private bool TryRead(ReadOnlySpan<byte> json, int pathLength, bool isInside)
    {
        try
        {
            var reader = new Utf8JsonReader(json, !_isPart, new JsonReaderState(new JsonReaderOptions { MaxDepth = MaxDepth }));
            if (!reader.Read()) return false;
            Value(ref reader, pathLength, inList: false, isInside);
            // Reads on, so that text behind the value is found.
            return !reader.Read();
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The parser has no other way to say so; the second is for escapes that are no character.
            return false;
        }
    }

    private void Value(ref Utf8JsonReader reader, int length, bool inList, bool isInside)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                MarkAt(length, ValueKind.Object);
                Members(ref reader, length, inList, isInside);
                break;
            case JsonTokenType.StartArray:
                List(ref reader, length, isInside);
                break;
            default:
                Plain(ref reader, length, inList, isInside);
                break;
        }
    }

    private void Members(ref Utf8JsonReader reader, int length, bool inList, bool isInside)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var below = Below(ref reader, length);
            if (!reader.Read()) return;
            if (below < 0) reader.TrySkip();
            else Value(ref reader, below, inList, isInside);
        }
    }

    private void List(ref Utf8JsonReader reader, int length, bool isInside)
    {
        var slot = Find(_path.AsSpan(0, length));
        if (slot >= 0) Mark(slot, ValueKind.List);
        if (slot >= 0 && IsList(slot) && !isInside)
        {
            Items(ref reader, slot);
            return;
        }
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) Value(ref reader, length, inList: true, isInside);
    }

    private void Items(ref Utf8JsonReader reader, int slot)
    {
        if (!_items.TryGetValue(slot, out var items)) _items.Add(slot, items = []);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            items.Add(start..(int)reader.BytesConsumed);
        }
    }

    // The path of a name below; −1 for one that is too long to be asked for.
    private int Below(ref Utf8JsonReader reader, int length)
    {
        if (length + 1 + reader.ValueSpan.Length > MaxPath) return -1;
        if (length > 0) _path[length++] = (byte)'.';
        return length + reader.CopyString(_path.AsSpan(length));
    }

    private void MarkAt(int length, ValueKind kind)
    {
        if (Find(_path.AsSpan(0, length)) is var slot and >= 0) Mark(slot, kind);
    }

    private void Plain(ref Utf8JsonReader reader, int length, bool inList, bool isInside)
    {
        var path = _path.AsSpan(0, length);
        var slot = Find(path);
        if (slot < 0)
        {
            if (reader.TokenType != JsonTokenType.Null) CountUnmapped(path);
            return;
        }
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                Text(ref reader, slot, length, inList, isInside);
                break;
            case JsonTokenType.Number:
                Keep(slot, ValueKind.Number, reader.ValueSpan, !inList);
                break;
            case JsonTokenType.True:
                Keep(slot, ValueKind.True, "true"u8, !inList);
                break;
            case JsonTokenType.False:
                Keep(slot, ValueKind.False, "false"u8, !inList);
                break;
            default:
                Mark(slot, ValueKind.Null);
                break;
        }
    }

    private void Text(ref Utf8JsonReader reader, int slot, int length, bool inList, bool isInside)
    {
        var room = Room(reader.ValueSpan.Length);
        var written = reader.CopyString(room);
        var text = room[..written];
        // Once: what it holds is not searched for more of the kind.
        if (HoldsJson(slot) && !isInside && text.TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..] && Utf8.IsValid(text))
        {
            if (TryRead(text.ToArray(), length, isInside: true)) return;
            room = Room(reader.ValueSpan.Length);
            written = reader.CopyString(room);
        }
        Keep(slot, ValueKind.Text, written, !inList);
    }
}
