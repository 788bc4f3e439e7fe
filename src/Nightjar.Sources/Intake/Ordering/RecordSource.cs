using Nightjar.Events;

namespace Nightjar.Sources.Intake.Ordering;

/// <summary>Sorted records, from memory or a temporary file.</summary>
internal abstract class RecordSource(SymbolTable symbols) : OrderedSource
{
    private EventBatch? _decoded;

    // Asked for only where another source has an event of the same time.
    public sealed override EventView Current
    {
        get
        {
            _decoded ??= new EventBatch(symbols);
            _decoded.Clear();
            EventCodec.Read(Record, _decoded);
            return _decoded[0];
        }
    }

    public sealed override long Time => EventCodec.TimeOf(Record);

    /// <summary>The record come to.</summary>
    protected abstract ReadOnlySpan<byte> Record { get; }

    public sealed override Advance Begin(CancellationToken cancellation) => Next(cancellation) ? Advance.Event : Advance.End;

    public sealed override Advance Give(EventBatch batch, long before, CancellationToken cancellation)
    {
        do
        {
            EventCodec.Read(Record, batch);
            if (!Next(cancellation)) return Advance.End;
        }
        while (!batch.IsFull && Time < before);
        return Advance.Event;
    }

    /// <summary>Goes to the next record; false at the end.</summary>
    protected abstract bool Next(CancellationToken cancellation);
}
