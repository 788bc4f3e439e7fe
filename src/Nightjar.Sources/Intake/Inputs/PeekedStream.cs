using System.Buffers;

namespace Nightjar.Sources.Intake.Inputs;

/// <summary>Shows the beginning of a stream before it is read.</summary>
internal sealed class PeekedStream : ForwardStream
{
    private readonly Stream _inner;
    private byte[]? _head;
    private int _start;
    private int _end;

    /// <param name="inner">Disposed with this.</param>
    public PeekedStream(Stream inner)
    {
        _inner = inner;
        _head = ArrayPool<byte>.Shared.Rent(SourceHead.Size + 1);
        while (_end <= SourceHead.Size)
        {
            var read = inner.Read(_head, _end, SourceHead.Size + 1 - _end);
            if (read == 0) break;
            _end += read;
        }
        IsWhole = _end <= SourceHead.Size;
    }

    /// <summary>True when the head is all there is.</summary>
    public bool IsWhole { get; }

    /// <summary>The first bytes; valid until the stream is read.</summary>
    public ReadOnlyMemory<byte> Head => _head.AsMemory(_start, Math.Min(_end - _start, SourceHead.Size));

    /// <summary>Leaves out the first bytes. Only before the stream is read.</summary>
    public void Skip(int count) => _start += count;

    public override int Read(Span<byte> buffer)
    {
        if (_head is null) return _inner.Read(buffer);
        if (_start == _end)
        {
            Return();
            return _inner.Read(buffer);
        }
        var count = Math.Min(buffer.Length, _end - _start);
        _head.AsSpan(_start, count).CopyTo(buffer);
        _start += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Return();
            _inner.Dispose();
        }
        base.Dispose(disposing);
    }

    private void Return()
    {
        if (_head is not null) ArrayPool<byte>.Shared.Return(_head);
        _head = null;
    }
}
