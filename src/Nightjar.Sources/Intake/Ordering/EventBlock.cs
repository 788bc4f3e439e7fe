using Nightjar.Events;

namespace Nightjar.Sources.Intake.Ordering;

/// <summary>A batch of events in the order of reading, lent until all of them have been handed on. Reused.</summary>
internal sealed class EventBlock(SymbolTable symbols)
{
    /// <summary>The events.</summary>
    public EventBatch Batch { get; } = new(symbols);

    /// <summary>Events that somebody still waits for; kept by the one who waits.</summary>
    public int Awaited { get; set; }

    /// <summary>Empties the block for another round.</summary>
    public void Clear()
    {
        Batch.Clear();
        Awaited = 0;
    }
}
