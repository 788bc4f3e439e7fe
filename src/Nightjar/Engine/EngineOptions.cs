namespace Nightjar.Engine;

/// <summary>How the engine treats time and room. The same options and events give the same findings.</summary>
public sealed record EngineOptions
{
    /// <summary>Tolerance with which events of different log sources are put in order. Default 5 s.</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Within this time a second event with the same id is the same event. Default 2 min.</summary>
    public TimeSpan Lateness { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>A stage is observable when the device delivered its telemetry within this time before. Default 24 h.</summary>
    public TimeSpan ObservationWindow { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Most events that a finding writes out as evidence; further ones are counted. Default 100.</summary>
    public int MaxEvidence { get; init; } = 100;

    /// <summary>Most steps of the search for one match; what is beyond is given up and counted. Default 4096.</summary>
    public int MaxSearchSteps { get; init; } = 4096;

    /// <summary>False holds everything that is of a stage as under way: the plain form of what the engine does, for tests.</summary>
    internal bool LetsAlone { get; init; } = true;

    /// <summary>Most events that wait unasked; where there are more, the oldest are asked.</summary>
    internal int MostUnasked { get; init; } = UnaskedEvents.Most;

    /// <summary>Number of engines that share the devices among them, at least 1.</summary>
    public int Shards { get; init; } = 1;

    /// <summary>Which of them this is, from 0.</summary>
    public int Shard { get; init; }
}
