namespace Nightjar.Sources.Intake.Ordering;

/// <summary>What an <see cref="OrderedSource"/> came to.</summary>
internal enum Advance
{
    /// <summary>The next record.</summary>
    Record,
    /// <summary>Its end.</summary>
    End,
    /// <summary>A record that belongs before one that was given already, or that cannot be waited for any longer.</summary>
    Disorder,
}

/// <summary>Records in the total order, one after the other.</summary>
internal abstract class OrderedSource
{
    /// <summary>The record come to; valid until the next step.</summary>
    public abstract ReadOnlySpan<byte> Current { get; }

    /// <summary>The time of <see cref="Current"/>, in microseconds.</summary>
    public abstract long Time { get; }

    /// <summary>Goes to the next record.</summary>
    public abstract Advance Next(CancellationToken cancellation);
}
