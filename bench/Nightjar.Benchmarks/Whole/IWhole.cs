namespace Nightjar.Benchmarks.Whole;

/// <summary>A whole run over a file, timed from opening it to the last line.</summary>
internal interface IWhole
{
    string Name { get; }

    /// <summary>Why it cannot run on this machine; null when it can. May prepare what it needs.</summary>
    string? Obstacle();

    /// <summary>Runs once.</summary>
    WholeResult Run(FileInfo file);
}

/// <summary>What a run gave.</summary>
/// <param name="Elapsed">Its time.</param>
/// <param name="Events">Lines or events it took.</param>
/// <param name="Checksum">Over what it read, so that those that read the same can be compared; null when it is not comparable.</param>
internal readonly record struct WholeResult(TimeSpan Elapsed, long Events, ulong? Checksum)
{
    /// <summary>Processor time of a program that takes it itself; null where the caller can.</summary>
    public TimeSpan? Processor { get; init; }
}
