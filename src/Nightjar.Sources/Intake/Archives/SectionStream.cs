using Nightjar.Sources.Intake.Inputs;

namespace Nightjar.Sources.Intake.Archives;

/// <summary>A section of a stream that can be read at any place. Several may share the stream in one thread.</summary>
/// <param name="inner">The whole.</param>
/// <param name="start">Where the section begins.</param>
/// <param name="length">Its length.</param>
/// <param name="ownsInner">True when the whole is disposed with the section.</param>
internal sealed class SectionStream(Stream inner, long start, long length, bool ownsInner) : ForwardStream
{
    private long _position;

    public override int Read(Span<byte> buffer)
    {
        var left = length - _position;
        if (left <= 0) return 0;
        inner.Position = start + _position;
        var read = inner.Read(left < buffer.Length ? buffer[..(int)left] : buffer);
        if (read == 0 && !buffer.IsEmpty) throw new EndOfStreamException();
        _position += read;
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && ownsInner) inner.Dispose();
        base.Dispose(disposing);
    }
}
