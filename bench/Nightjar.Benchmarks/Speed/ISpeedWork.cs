namespace Nightjar.Benchmarks.Speed;

/// <summary>One piece of work that is timed. Works run in turn, several times each, so that what the machine does meanwhile falls on all alike.</summary>
internal interface ISpeedWork
{
    /// <summary>Unique; targets name works by it.</summary>
    string Name { get; }

    /// <summary>Why it cannot run on this machine; null when it can. May prepare what it needs.</summary>
    string? Obstacle(SpeedInput input);

    /// <summary>Runs once.</summary>
    SpeedSample Run(SpeedInput input);
}

/// <summary>What one run took and gave.</summary>
/// <param name="Seconds">Processor time where one thread works, else the time that passed.</param>
/// <param name="Bytes">Bytes of input; 0 when that is no measure of the work.</param>
/// <param name="Events">Events or lines; 0 when that is no measure of the work.</param>
/// <param name="Answer">What it gave, so that a fast wrong answer is seen: the same in every run.</param>
internal readonly record struct SpeedSample(double Seconds, long Bytes, long Events, string Answer);
