using Microsoft.Win32.SafeHandles;

namespace Nightjar.Sources.Intake.Inputs;

/// <summary>Reads a file at any place, and never more of it than it had when it was opened. Several may share a handle.</summary>
internal sealed class HandleStream(SafeFileHandle handle, long length, bool ownsHandle, ProgressMeter? progress) : ForwardStream
{
    private long _position;

    public override bool CanSeek => true;

    public override long Length => length;

    public override long Position { get => _position; set => _position = value; }

    public override int Read(Span<byte> buffer)
    {
        var left = length - _position;
        if (left <= 0 || buffer.IsEmpty) return 0;
        var read = RandomAccess.Read(handle, left < buffer.Length ? buffer[..(int)left] : buffer, _position);
        _position += read;
        progress?.Add(read);
        return read;
    }

    public override long Seek(long offset, SeekOrigin origin) => _position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        _ => length + offset,
    };

    protected override void Dispose(bool disposing)
    {
        if (disposing && ownsHandle) handle.Dispose();
        base.Dispose(disposing);
    }
}
