using Nightjar.Sources.Intake.Inputs;

namespace Nightjar.Sources.Intake.Archives;

/// <summary>Compares size and checksum of a content with what was promised, once it ends.</summary>
internal sealed class CheckedStream(Stream inner, long? size, uint? crc) : ForwardStream
{
    private long _read;
    private uint _crc;

    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        if (read == 0 && !buffer.IsEmpty) Check();
        _crc = Crc32.Append(_crc, buffer[..read]);
        _read += read;
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    private void Check()
    {
        if (size is { } promised && promised != _read || crc is { } sum && sum != _crc) throw new InvalidDataException("Size or checksum differ.");
    }
}
