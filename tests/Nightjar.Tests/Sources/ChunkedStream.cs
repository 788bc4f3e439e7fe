namespace Nightjar.Tests.Sources;

/// <summary>Gives bytes in pieces of a chosen size, as pipes and decompressors do. Cannot seek.</summary>
internal sealed class ChunkedStream : Stream
{
    private const int PatienceAtEnd = 64;

    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly Func<int> _nextSize;
    private int _position;
    private int _readsAtEnd;

    public ChunkedStream(ReadOnlyMemory<byte> bytes, int size)
        : this(bytes, () => size)
    {
    }

    public ChunkedStream(ReadOnlyMemory<byte> bytes, Func<int> nextSize)
    {
        _bytes = bytes;
        _nextSize = nextSize;
    }

    /// <summary>Called before each read with the number of bytes given so far.</summary>
    public Action<int>? BeforeRead { get; init; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException("A source stream has no length.");

    public override long Position
    {
        get => throw new NotSupportedException("A source stream has no position.");
        set => throw new NotSupportedException("A source stream cannot seek.");
    }

    public override int Read(Span<byte> buffer)
    {
        BeforeRead?.Invoke(_position);
        var count = Math.Min(Math.Min(buffer.Length, _nextSize()), _bytes.Length - _position);
        if (count == 0 && ++_readsAtEnd > PatienceAtEnd)
            throw new InvalidOperationException($"The reader asked {_readsAtEnd} times after the end: it hangs.");
        _bytes.Span.Slice(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("A source stream cannot seek.");

    public override void SetLength(long value) => throw new NotSupportedException("A source stream cannot be written.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("A source stream cannot be written.");

    public override void Flush()
    {
    }
}
