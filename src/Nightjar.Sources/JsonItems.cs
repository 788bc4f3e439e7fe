using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;

namespace Nightjar.Sources;

/// <summary>What <see cref="JsonItems"/> came to.</summary>
internal enum JsonFound : byte
{
    End,
    Item,
    /// <summary>An item that is broken and was left out.</summary>
    Malformed,
    /// <summary>An item beyond <see cref="JsonItems.MaxItemBytes"/> was left out.</summary>
    TooLong,
    /// <summary>The input ended within an item or within what holds it.</summary>
    Truncated,
}

/// <summary>Finds the records of a JSON document of any size, one at a time: objects in an array, one a line, or one after the other with commas
/// between; also the texts that stand in an array.</summary>
/// <remarks>Holds one record in memory, whatever the document. After damage it goes on at the next record.</remarks>
/// <param name="stream">The document.</param>
/// <param name="isRootRecord">True when an object that nothing holds is a record; false when it holds them.</param>
internal sealed class JsonItems(Stream stream, bool isRootRecord) : IDisposable
{
    /// <summary>The longest record that is read.</summary>
    public const int MaxItemBytes = 4 * 1024 * 1024;

    private const int MaxName = 64;

    private readonly bool[] _isArray = new bool[JsonRecord.MaxDepth];
    private readonly byte[][] _names = [.. Enumerable.Range(0, JsonRecord.MaxDepth).Select(_ => new byte[MaxName])];
    private readonly int[] _nameLengths = new int[JsonRecord.MaxDepth];
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
    private byte[] _item = new byte[4096];
    private int _at;
    private int _end;
    private int _depth;
    private int _length;
    private bool? _isOneALine;
    private bool _hasEnded;

    /// <summary>Bytes taken from the stream.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Where the record begins, in bytes from 0.</summary>
    public long Offset { get; private set; }

    /// <summary>The record: an object, or a text in quotes. Valid UTF-8, until the next is found.</summary>
    public ReadOnlySpan<byte> Item => _item.AsSpan(0, _length);

    /// <summary>True when the record was not UTF-8; broken bytes were replaced.</summary>
    public bool WasReplaced { get; private set; }

    /// <summary>The name under which an outer level stands, from 0; empty where it is an array, or where there is none.</summary>
    public ReadOnlySpan<byte> Name(int level) => level < Math.Min(_depth, JsonRecord.MaxDepth) ? _names[level].AsSpan(0, _nameLengths[level]) : default;

    /// <summary>Told each text that an outermost object holds under a name; asked only where that object is no record.</summary>
    public Action<ReadOnlySpan<byte>, ReadOnlySpan<byte>>? OnText { get; init; }

    /// <summary>True when of the first records of a file, at most <paramref name="count"/>, more are known than not. By them a format is recognised.</summary>
    public static bool MostAre(SourceHead head, int count, Func<ReadOnlySpan<byte>, bool> isKnown)
    {
        var text = head.Bytes.Span.TrimStart(" \t\r\n"u8);
        if (text.IsEmpty || text[0] is not ((byte)'{' or (byte)'[')) return false;
        if (!MemoryMarshal.TryGetArray(head.Bytes, out var bytes)) bytes = head.Bytes.ToArray();
        using var stream = new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false);
        using var items = new JsonItems(stream, true);
        int known = 0, others = 0;
        while (known + others < count && items.Next(CancellationToken.None) is var found and not JsonFound.End)
        {
            if (found == JsonFound.Item && isKnown(items.Item)) known++;
            else if (found != JsonFound.Truncated) others++;
        }
        return known > others;
    }

    /// <summary>Finds the next record.</summary>
    /// <exception cref="IOException">The stream failed.</exception>
    public JsonFound Next(CancellationToken cancellation)
    {
        while (TryTake(cancellation, out var c))
        {
            switch (c)
            {
                case (byte)'{' when IsRecordPlace():
                    return TakeObject(cancellation);
                case (byte)'"':
                    if (TakeText(cancellation) is { } found) return found;
                    break;
                case (byte)'{' or (byte)'[':
                    Enter(c == (byte)'[');
                    break;
                case (byte)'}' or (byte)']' when _depth > 0:
                    _depth--;
                    break;
            }
        }
        if (_hasEnded || _depth == 0) return JsonFound.End;
        _hasEnded = true;
        return JsonFound.Truncated;
    }

    public void Dispose()
    {
        if (_buffer.Length > 0) ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private bool IsRecordPlace() => _depth == 0 ? isRootRecord : _isArray[Math.Min(_depth, JsonRecord.MaxDepth) - 1];

    private void Enter(bool isArray)
    {
        if (_depth < JsonRecord.MaxDepth)
        {
            _isArray[_depth] = isArray;
            _nameLengths[_depth] = 0;
        }
        _depth++;
    }

    private JsonFound TakeObject(CancellationToken cancellation)
    {
        Begin((byte)'{');
        var (isText, isEscape, depth, isSpread) = (false, false, 1, false);
        while (TryTake(cancellation, out var c))
        {
            if (c == (byte)'\n')
            {
                isSpread = true;
                // A text ends within its line, and so does an object where the first did.
                if (isText || _depth == 0 && _isOneALine == true) return Broken();
            }
            Keep(c);
            if (isEscape) isEscape = false;
            else if (isText) (isText, isEscape) = (c != (byte)'"', c == (byte)'\\');
            else if (c == (byte)'"') isText = true;
            else if (c is (byte)'{' or (byte)'[') depth++;
            else if (c is (byte)'}' or (byte)']' && --depth == 0) return Finish(isSpread);
        }
        return Cut();
    }

    // In an object a text is a name, or a value that is not asked for; in an array it is a record.
    private JsonFound? TakeText(CancellationToken cancellation)
    {
        Begin((byte)'"');
        var isEscape = false;
        while (TryTake(cancellation, out var c))
        {
            if (c == (byte)'\n') return Broken();
            Keep(c);
            if (isEscape) isEscape = false;
            else if (c == (byte)'\\') isEscape = true;
            else if (c == (byte)'"')
            {
                if (_depth > 0 && IsRecordPlace()) return Finish(false);
                if (_depth is > 0 and <= JsonRecord.MaxDepth && IsName(cancellation)) SetName();
                else if (_depth == 1 && OnText is not null && _length <= MaxName * 8) OnText(Name(0), Item[1..^1]);
                return null;
            }
        }
        return Cut();
    }

    private bool IsName(CancellationToken cancellation)
    {
        while (TryPeek(cancellation, out var c))
        {
            if (c is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')) return c == (byte)':';
            _at++;
        }
        return false;
    }

    private void SetName()
    {
        var name = Item[1..^1];
        name = name[..Math.Min(name.Length, MaxName)];
        name.CopyTo(_names[_depth - 1]);
        _nameLengths[_depth - 1] = name.Length;
    }

    private void Begin(byte c)
    {
        Offset = BytesRead - (_end - _at) - 1;
        _length = 0;
        Keep(c);
    }

    private JsonFound Finish(bool isSpread)
    {
        if (_length > MaxItemBytes)
        {
            _length = 0;
            return JsonFound.TooLong;
        }
        if (_depth == 0) _isOneALine ??= !isSpread;
        WasReplaced = !Utf8.IsValid(Item);
        if (WasReplaced)
        {
            _item = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Item));
            _length = _item.Length;
        }
        return JsonFound.Item;
    }

    private JsonFound Broken()
    {
        _length = 0;
        return JsonFound.Malformed;
    }

    private JsonFound Cut()
    {
        _length = 0;
        _hasEnded = true;
        return JsonFound.Truncated;
    }

    private void Keep(byte c)
    {
        // One byte more than the limit tells that it was passed.
        if (_length > MaxItemBytes) return;
        if (_length == _item.Length) Array.Resize(ref _item, _item.Length * 2);
        _item[_length++] = c;
    }

    private bool TryTake(CancellationToken cancellation, out byte c)
    {
        if (!TryPeek(cancellation, out c)) return false;
        _at++;
        return true;
    }

    private bool TryPeek(CancellationToken cancellation, out byte c)
    {
        c = 0;
        if (_at == _end)
        {
            cancellation.ThrowIfCancellationRequested();
            _at = _end = 0;
            _end = stream.Read(_buffer, 0, _buffer.Length);
            BytesRead += _end;
            if (_end == 0) return false;
        }
        c = _buffer[_at];
        return true;
    }
}
