using Nightjar.Events;

namespace Nightjar.Sources.Intake.Ordering;

/// <summary>Reads a sorted arena.</summary>
internal sealed class ArenaRun(RecordArena arena, SymbolTable symbols) : RecordSource(symbols)
{
    private int _index = -1;

    protected override ReadOnlySpan<byte> Record => arena[_index];

    protected override bool Next(CancellationToken cancellation) => ++_index < arena.Count;
}
