namespace Nightjar.Sources.Intake.Inputs;

/// <summary>Ends where the stream below fails, and remembers why. So readers see an early end and give all they have.</summary>
/// <param name="inner">The stream below; disposed with this.</param>
/// <param name="outer">The content that <paramref name="inner"/> is unpacked from: when that failed, it is the cause.</param>
/// <param name="cancellation">Checked with every reading.</param>
internal sealed class LatchedStream(Stream inner, LatchedStream? outer, CancellationToken cancellation) : ForwardStream
{
    private InputFailure? _failure;

    /// <summary>Why it ended early; null when it did not.</summary>
    public InputFailure? Failure => outer?.Failure ?? _failure;

    /// <summary>Bytes given so far.</summary>
    public long BytesRead { get; private set; }

    public override int Read(Span<byte> buffer)
    {
        cancellation.ThrowIfCancellationRequested();
        if (_failure is not null) return 0;
        try
        {
            var read = inner.Read(buffer);
            BytesRead += read;
            return read;
        }
        catch (Exception e) when (InputFailure.Covers(e))
        {
            _failure = InputFailure.Of(e);
            return 0;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}
