namespace Nightjar.Sources;

/// <summary>What a <see cref="JsonItemScanner"/> found.</summary>
internal enum ItemScan : byte
{
    /// <summary>All bytes were looked at; the item under way, if any, goes on in the next ones.</summary>
    More,
    /// <summary>An item ends here.</summary>
    Item,
    /// <summary>The item under way is broken; the bytes before this one are to be given up.</summary>
    Broken,
}

/// <summary>Finds where JSON objects begin and end that stand in one array or one after the other, whatever the pieces they come in.</summary>
/// <remarks>Looks at quotes and braces alone: whether an object is well formed is for its reader to say. A line end inside a text, which JSON
/// forbids, tells that a quote is missing; the object is given up there, so that one bad byte cannot swallow the rest of the file.</remarks>
internal struct JsonItemScanner()
{
    private int _depth;
    private bool _isText;
    private bool _isEscaped;
    private int _strayAt = -1;

    /// <summary>True between the first and the last brace of an item.</summary>
    public readonly bool IsInside => _depth > 0;

    /// <summary>Where in the bytes last looked at the first one stands that JSON does not allow between items; −1 when none does.</summary>
    public readonly int StrayAt => _strayAt;

    /// <summary>Looks at bytes from <paramref name="at"/> on, and leaves it behind the last one looked at.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="at">Where to begin; where it ended.</param>
    /// <param name="begin">Set to the place of an item's first brace when one begins.</param>
    public ItemScan Scan(ReadOnlySpan<byte> bytes, ref int at, ref int begin)
    {
        _strayAt = -1;
        while (at < bytes.Length)
        {
            if (_depth == 0 && !SkipToItem(bytes, ref at)) return ItemScan.More;
            if (_depth == 0) begin = at;
            var found = _isText ? InText(bytes, ref at) : InObject(bytes, ref at);
            if (found != ItemScan.More) return found;
        }
        return ItemScan.More;
    }

    private bool SkipToItem(ReadOnlySpan<byte> bytes, ref int at)
    {
        var length = bytes[at..].IndexOf((byte)'{');
        var between = length < 0 ? bytes[at..] : bytes.Slice(at, length);
        var stray = between.IndexOfAnyExcept(" \t\r\n,[]"u8);
        if (stray >= 0) _strayAt = at + stray;
        at += between.Length;
        return length >= 0;
    }

    private ItemScan InObject(ReadOnlySpan<byte> bytes, ref int at)
    {
        var next = bytes[at..].IndexOfAny((byte)'"', (byte)'{', (byte)'}');
        at = next < 0 ? bytes.Length : at + next + 1;
        if (next < 0) return ItemScan.More;
        switch (bytes[at - 1])
        {
            case (byte)'"':
                _isText = true;
                return ItemScan.More;
            case (byte)'{':
                _depth++;
                return ItemScan.More;
            default:
                return --_depth == 0 ? ItemScan.Item : ItemScan.More;
        }
    }

    private ItemScan InText(ReadOnlySpan<byte> bytes, ref int at)
    {
        if (_isEscaped)
        {
            _isEscaped = false;
            at++;
            return ItemScan.More;
        }
        var next = bytes[at..].IndexOfAny((byte)'"', (byte)'\\', (byte)'\n');
        at = next < 0 ? bytes.Length : at + next + 1;
        if (next < 0) return ItemScan.More;
        if (bytes[at - 1] == (byte)'\\')
        {
            _isEscaped = true;
            return ItemScan.More;
        }
        _isText = false;
        if (bytes[at - 1] == (byte)'"') return ItemScan.More;
        _depth = 0;
        return ItemScan.Broken;
    }
}
