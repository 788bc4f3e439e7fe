using Nightjar.Events;

namespace Nightjar.Sources.Intake.Ordering;

/// <summary>What an <see cref="OrderedSource"/> came to.</summary>
internal enum Advance
{
    /// <summary>The next event.</summary>
    Event,
    /// <summary>Its end.</summary>
    End,
    /// <summary>An event that belongs before one that was given already, or that cannot be waited for any longer.</summary>
    Disorder,
}

/// <summary>Events in the total order, one after the other.</summary>
internal abstract class OrderedSource
{
    /// <summary>The event come to; valid until the next step.</summary>
    public abstract EventView Current { get; }

    /// <summary>The time of <see cref="Current"/>, in microseconds.</summary>
    public abstract long Time { get; }

    /// <summary>Goes to the first event.</summary>
    public abstract Advance Begin(CancellationToken cancellation);

    /// <summary>Gives the event come to and those after it that lie before a time, until the batch is full, and goes to the next.</summary>
    /// <param name="batch">Has room for at least one.</param>
    /// <param name="before">Where another source goes on, in microseconds.</param>
    /// <param name="cancellation">Asked whenever more is read.</param>
    public abstract Advance Give(EventBatch batch, long before, CancellationToken cancellation);
}
