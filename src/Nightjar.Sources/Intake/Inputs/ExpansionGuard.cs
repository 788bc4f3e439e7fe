namespace Nightjar.Sources.Intake.Inputs;

/// <summary>Holds what comes out of one file, however deeply packed, inside the limits.</summary>
/// <param name="limits">The limits.</param>
/// <param name="packedLength">Length of the file as it lies on disk; 0 when unknown.</param>
internal sealed class ExpansionGuard(IntakeLimits limits, long packedLength)
{
    private long _expanded;
    private int _entries;

    /// <summary>Counts an entry that is met.</summary>
    /// <exception cref="LimitReachedException">It is one too many.</exception>
    public void AddEntry()
    {
        if (++_entries > limits.Entries) throw new LimitReachedException($"The archive has more than {limits.Entries} entries; the rest was not read.");
    }

    /// <summary>Puts a decompressor over a stream and watches what comes out.</summary>
    /// <param name="packed">Disposed with the result.</param>
    /// <param name="decompressor">Makes the decompressor.</param>
    public Stream Expand(Stream packed, Func<Stream, Stream> decompressor) => new Watched(this, packed, decompressor);

    private void Add(int bytes, long expanded, long packed)
    {
        _expanded += bytes;
        if (_expanded > limits.ExpandedBytes)
            throw new LimitReachedException($"More than {limits.ExpandedBytes} bytes came out of the file; the rest was not read.");
        var isBomb = expanded > limits.RatioGrace && expanded / limits.Ratio > packed
            || packedLength > 0 && _expanded > limits.RatioGrace && _expanded / limits.Ratio > packedLength;
        if (isBomb) throw new LimitReachedException($"It is compressed more than {limits.Ratio} to 1, as no telemetry is; the rest was not read.");
    }

    private sealed class Watched : ForwardStream
    {
        private readonly ExpansionGuard _guard;
        private readonly Counted _packed;
        private readonly Stream _decompressor;
        private long _expanded;

        public Watched(ExpansionGuard guard, Stream packed, Func<Stream, Stream> decompressor)
        {
            _guard = guard;
            _packed = new Counted(packed);
            _decompressor = decompressor(_packed);
        }

        public override int Read(Span<byte> buffer)
        {
            var read = _decompressor.Read(buffer);
            _expanded += read;
            _guard.Add(read, _expanded, _packed.Count);
            return read;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _decompressor.Dispose();
                _packed.Dispose();
            }
            base.Dispose(disposing);
        }
    }

    private sealed class Counted(Stream inner) : ForwardStream
    {
        public long Count { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            var read = inner.Read(buffer);
            Count += read;
            return read;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
