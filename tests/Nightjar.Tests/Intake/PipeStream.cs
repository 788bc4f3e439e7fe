namespace Nightjar.Tests.Intake;

/// <summary>A stream that can be written or read but not be sought in, as a pipe is.</summary>
internal sealed class PipeStream(Stream inner) : Stream
{
    /// <summary>Fails after so many bytes have been read.</summary>
    public long FailAfter { get; init; } = long.MaxValue;

    private long _read;

    public override bool CanRead => inner.CanRead;

    public override bool CanSeek => false;

    public override bool CanWrite => inner.CanWrite;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_read >= FailAfter) throw new IOException("The other side went away.");
        var read = inner.Read(buffer, offset, (int)Math.Min(Math.Min(count, 1000), FailAfter - _read));
        _read += read;
        return read;
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);
}
