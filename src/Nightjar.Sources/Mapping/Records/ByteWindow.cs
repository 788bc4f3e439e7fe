using System.Buffers;

namespace Nightjar.Sources.Mapping.Records;

/// <summary>A stream as a run of bytes that can be looked at one by one, of which a bounded stretch can be kept and read again.</summary>
/// <remarks>What it gives depends on the bytes alone, not on the pieces in which they come.</remarks>
internal sealed class ByteWindow(Stream stream) : IDisposable
{
    /// <summary>The longest stretch that is kept.</summary>
    public const int MaxKept = LineSession.MaxLineBytes;

    // Lent, because a run over thousands of small files would otherwise spend more on buffers than on events.
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
    private int _at;
    private int _end;
    private int _mark = -1;
    private long _markLine;
    private bool _ended;
    private bool _isOver;
    private CancellationToken _cancellation;

    /// <summary>Bytes taken from the stream.</summary>
    public long BytesRead { get; private set; }

    /// <summary>The line of the next byte, from 1.</summary>
    public long Line { get; private set; } = 1;

    /// <summary>True when more was to be kept than may be.</summary>
    public bool IsOver => _isOver || _mark >= 0 && _at - _mark > MaxKept;

    /// <summary>What is kept, up to the next byte. Valid until the next byte is asked for.</summary>
    public ReadOnlySpan<byte> Kept => _mark < 0 ? default : _buffer.AsSpan(_mark, _at - _mark);

    /// <summary>Bytes that were taken.</summary>
    public long Offset => BytesRead - (_end - _at);

    /// <summary>Length of what is kept.</summary>
    public int KeptLength => _mark < 0 ? 0 : _at - _mark;

    /// <summary>By which the next bytes are cancelled.</summary>
    public void CancelBy(CancellationToken cancellation) => _cancellation = cancellation;

    /// <summary>The next byte without taking it; −1 at the end.</summary>
    public int Peek() => _at < _end || Fill() ? _buffer[_at] : -1;

    /// <summary>Takes the byte that was looked at.</summary>
    public void Skip()
    {
        if (_buffer[_at++] == (byte)'\n') Line++;
    }

    /// <summary>Takes bytes up to the first that is one of these, or to the end of what is at hand; −1 at the end, else the next byte.</summary>
    public int SkipTo(SearchValues<byte> stops)
    {
        while (_at < _end || Fill())
        {
            var rest = _buffer.AsSpan(_at, _end - _at);
            var found = rest.IndexOfAny(stops);
            var length = found < 0 ? rest.Length : found;
            Line += rest[..length].Count((byte)'\n');
            _at += length;
            if (found >= 0) return _buffer[_at];
        }
        return -1;
    }

    /// <summary>Keeps everything from the next byte on.</summary>
    public void Mark()
    {
        _mark = _at;
        _markLine = Line;
        _isOver = false;
    }

    /// <summary>Keeps nothing any more.</summary>
    public void Release()
    {
        _mark = -1;
        _isOver = false;
    }

    /// <summary>Goes back to where the mark was set, plus some bytes; nothing is kept any more. False when it is not kept.</summary>
    public bool Rewind(int plus = 0)
    {
        // By what lies between, not by how much of it happens to be at hand.
        if (_mark < 0 || _at - _mark > MaxKept) return false;
        _at = Math.Min(_mark + plus, _at);
        Line = _markLine + _buffer.AsSpan(_mark, _at - _mark).Count((byte)'\n');
        _mark = -1;
        return true;
    }

    public void Dispose()
    {
        if (_buffer.Length > 0) ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _at = _end = 0;
        _ended = true;
    }

    private bool Fill()
    {
        if (_ended) return false;
        _cancellation.ThrowIfCancellationRequested();
        MakeRoom();
        var read = stream.Read(_buffer, _end, _buffer.Length - _end);
        if (read == 0) _ended = true;
        BytesRead += read;
        _end += read;
        return read > 0;
    }

    private void MakeRoom()
    {
        if (_mark >= 0 && _at - _mark > MaxKept)
        {
            _mark = -1;
            _isOver = true;
        }
        var keep = _mark < 0 ? _at : _mark;
        if (keep > 0 && (_end == _buffer.Length || keep == _end))
        {
            _buffer.AsSpan(keep, _end - keep).CopyTo(_buffer);
            _at -= keep;
            _end -= keep;
            if (_mark >= 0) _mark = 0;
        }
        if (_end < _buffer.Length) return;
        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.AsSpan(0, _end).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
