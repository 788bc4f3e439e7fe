using Nightjar.Analytics.Tuning;

namespace Nightjar.Calibration;

/// <summary>What the data say about one tunable of one analytic.</summary>
public sealed record TunableStudy
{
    /// <summary>Uid of the analytic.</summary>
    public required string Analytic { get; init; }

    /// <summary>What the analytic looks for.</summary>
    public required string Title { get; init; }

    /// <summary>The tunable, with its default and the value in force.</summary>
    public required Tunable Tunable { get; init; }

    /// <summary>Where it is compared with something, and with what; empty when nowhere.</summary>
    public required IReadOnlyList<PlaceStudy> Places { get; init; }

    /// <summary>Why there is no place; empty when there is one.</summary>
    public required string WhyNowhere { get; init; }

    /// <summary>What is found at each value, in ascending order.</summary>
    public required IReadOnlyList<ValueCount> Values { get; init; }
}

/// <summary>One place where a tunable is compared with something.</summary>
/// <param name="Where">Id of the stage, or name of the contribution or the chain.</param>
/// <param name="What">What is compared with it.</param>
/// <param name="Numbers">How that was distributed; null when nothing was observed.</param>
/// <param name="Without">Events or matches that came down to the comparison and had no number for it, or were decided before it.</param>
/// <param name="Why">Why nothing was observed; empty when something was.</param>
public sealed record PlaceStudy(string Where, string What, Distribution? Numbers, long Without, string Why);

/// <summary>How numbers were distributed, in the unit of the tunable: seconds, bytes, or plain.</summary>
/// <param name="Count">Observations.</param>
/// <param name="Minimum">The least.</param>
/// <param name="Lower">The first quartile (nearest rank, as the others).</param>
/// <param name="Median">The median.</param>
/// <param name="Upper">The third quartile.</param>
/// <param name="Percentile90">What nine of ten do not exceed.</param>
/// <param name="Percentile99">What 99 of 100 do not exceed.</param>
/// <param name="Maximum">The greatest.</param>
/// <param name="Error">By which share those between may be too small; 0 when all are exact.</param>
/// <param name="Devices">Distinct devices.</param>
/// <param name="Apps">Distinct apps.</param>
public sealed record Distribution(
    long Count, double Minimum, double Lower, double Median, double Upper, double Percentile90, double Percentile99, double Maximum, double Error, int Devices, int Apps);

/// <summary>What is found at one value of a tunable.</summary>
/// <param name="Value">The value.</param>
/// <param name="IsDefault">True for the analytic's default.</param>
/// <param name="IsInForce">True for the value in force.</param>
/// <param name="Count">What a scan with this value finds; null when the analytic cannot be used with it.</param>
/// <param name="Refusal">Why it cannot; empty when it can.</param>
public sealed record ValueCount(TunableValue Value, bool IsDefault, bool IsInForce, FindingCount? Count, string Refusal);
