using Nightjar.Events;

namespace Nightjar.Sources.Intake.Ordering;

/// <summary>Reads a sorted arena.</summary>
internal sealed class ArenaRun(RecordArena arena) : OrderedSource
{
    private int _index = -1;

    public override ReadOnlySpan<byte> Current => arena[_index];

    public override long Time => EventCodec.TimeOf(arena[_index]);

    public override Advance Next(CancellationToken cancellation) => ++_index < arena.Count ? Advance.Record : Advance.End;
}
