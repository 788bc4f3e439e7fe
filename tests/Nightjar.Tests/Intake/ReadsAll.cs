using Nightjar.Events;
using Nightjar.Sources;

namespace Nightjar.Tests.Intake;

/// <summary>Takes whatever it is given, to the last byte, and makes nothing of it.</summary>
internal sealed class ReadsAll : ISourceReader
{
    public SourceFormat Format { get; } = new("all", "Anything", PositionKind.Offset);

    public int Recognise(SourceHead head) => 1;

    public SourceSession Open(SourceInput input) => new Session(input);

    private sealed class Session(SourceInput input) : SourceSession
    {
        private long _read;

        public override long BytesRead => _read;

        public override bool Read(EventBatch batch, CancellationToken cancellation)
        {
            var buffer = new byte[64 * 1024];
            for (int read; (read = input.Stream.Read(buffer)) > 0;) _read += read;
            return false;
        }
    }
}
