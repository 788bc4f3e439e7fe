namespace Nightjar.Engine;

/// <summary>What the engine did, and what it had to leave.</summary>
public sealed record EngineCounters
{
    /// <summary>Events taken.</summary>
    public long Events { get; internal set; }

    /// <summary>Repeats of an event, left out.</summary>
    public long Duplicates { get; internal set; }

    /// <summary>Events without a device, counted and not judged.</summary>
    public long Unattributed { get; internal set; }

    /// <summary>Beginnings and searches that were given up for want of room.</summary>
    public long PartialsGivenUp { get; internal set; }

    /// <summary>Events that came after later ones of their device had been judged.</summary>
    public long Late { get; internal set; }

    /// <summary>Findings that were dropped because the platform of their device was told nowhere.</summary>
    public long WithoutPlatform { get; internal set; }

    /// <summary>The counts of two engines together.</summary>
    public static EngineCounters Sum(EngineCounters a, EngineCounters b) => new()
    {
        Events = a.Events + b.Events,
        Duplicates = a.Duplicates + b.Duplicates,
        Unattributed = a.Unattributed + b.Unattributed,
        PartialsGivenUp = a.PartialsGivenUp + b.PartialsGivenUp,
        Late = a.Late + b.Late,
        WithoutPlatform = a.WithoutPlatform + b.WithoutPlatform,
    };
}
