namespace Nightjar.Inquiry;

/// <summary>How an inquiry treats time and room. It must be told what the engine was told; otherwise it answers another question.</summary>
public sealed record InquiryOptions
{
    /// <summary>Tolerance with which events of different log sources are put in order.</summary>
    public required TimeSpan ClockSkew { get; init; }

    /// <summary>Within this time a second event with the same id is the same event.</summary>
    public required TimeSpan Lateness { get; init; }

    /// <summary>A stage is observable when the device delivered its telemetry within this time before.</summary>
    public required TimeSpan ObservationWindow { get; init; }

    /// <summary>Most events that a finding writes out as evidence.</summary>
    public required int MaxEvidence { get; init; }

    /// <summary>Most steps of the search from one beginning; what is beyond is given up and told. No limit by default.</summary>
    public long MaxSteps { get; init; } = long.MaxValue;
}
