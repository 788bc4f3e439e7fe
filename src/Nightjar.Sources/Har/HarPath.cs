namespace Nightjar.Sources.Har;

/// <summary>Where in a document a value stands. Objects in an array have no name of their own.</summary>
internal sealed class HarPath
{
    private const int MaxDepth = 64;

    private readonly int[] _lengths = new int[MaxDepth + 1];
    private byte[] _text = new byte[256];
    private int _length;

    /// <summary>Objects and arrays that are open; a document may have more than are told apart.</summary>
    public int Depth { get; private set; }

    /// <summary>True when what was opened last is an entry of the archive's log.</summary>
    public bool IsEntry => Depth == 4 && _text.AsSpan(0, _length).SequenceEqual("log.entries"u8);

    /// <summary>True inside the list of pages, which have a time of a start too.</summary>
    public bool IsPage => _text.AsSpan(0, _length).StartsWith("log.pages"u8);

    /// <summary>Goes to the inside of an entry, wherever a broken document seems to be.</summary>
    public void GoToEntry()
    {
        "log.entries"u8.CopyTo(_text);
        _length = "log.entries"u8.Length;
        (_lengths[1], _lengths[2], _lengths[3], _lengths[4]) = (0, "log"u8.Length, _length, _length);
        Depth = 4;
    }

    /// <summary>The name of what comes next.</summary>
    public void Name(ReadOnlySpan<byte> name)
    {
        if (Depth > MaxDepth) return;
        _length = Depth == 0 ? 0 : _lengths[Depth];
        if (name.Length > 64) name = "(long)"u8;
        if (_text.Length < _length + name.Length + 1) Array.Resize(ref _text, _text.Length * 2);
        if (_length > 0) _text[_length++] = (byte)'.';
        name.CopyTo(_text.AsSpan(_length));
        _length += name.Length;
    }

    public void Open()
    {
        if (++Depth <= MaxDepth) _lengths[Depth] = _length;
    }

    public void Close()
    {
        if (Depth == 0) return;
        Depth--;
        if (Depth <= MaxDepth) _length = Depth == 0 ? 0 : _lengths[Depth];
    }

    /// <summary>The path below something that is open at a depth.</summary>
    public ReadOnlySpan<byte> Below(int depth)
    {
        if (Depth > MaxDepth) return default;
        var path = _text.AsSpan(0, _length)[Math.Min(_lengths[depth], _length)..];
        return path.StartsWith("."u8) ? path[1..] : path;
    }
}
