namespace Nightjar.Benchmarks.Speed;

/// <summary>One target of the table in docs/performance.md: works, and the number made of their medians.</summary>
/// <param name="Number">As in the table; several lines may share one.</param>
/// <param name="What">What is measured.</param>
/// <param name="Goal">What is aimed at, in words.</param>
/// <param name="Works">The works that are needed.</param>
/// <param name="Value">The number.</param>
/// <param name="Meets">Whether the number is good enough.</param>
internal sealed record SpeedTarget(
    int Number, string What, string Goal, IReadOnlyList<string> Works, Func<SpeedMedians, double> Value, Func<double, bool> Meets)
{
    /// <summary>What stands behind the number.</summary>
    public string Unit { get; init; } = "";

    /// <summary>True when all its works must give the same answer.</summary>
    public bool SameAnswer { get; init; }
}

/// <summary>The medians of the works that ran.</summary>
internal sealed class SpeedMedians(IReadOnlyDictionary<string, SpeedSample> medians)
{
    public double Seconds(string work) => medians[work].Seconds;

    public double BytesPerSecond(string work) => medians[work].Bytes / medians[work].Seconds;

    public double EventsPerSecond(string work) => medians[work].Events / medians[work].Seconds;

    public string Answer(string work) => medians[work].Answer;

    public bool Has(string work) => medians.ContainsKey(work);
}
