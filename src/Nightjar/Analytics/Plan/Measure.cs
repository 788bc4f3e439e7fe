namespace Nightjar.Analytics.Plan;

/// <summary>Something measured over the events of a stage: how many, how different, how much, how even, how regular.</summary>
internal sealed record Measure
{
    /// <summary>Index of the stage whose events are measured.</summary>
    public required int Stage { get; init; }

    /// <summary>What the events must have in common with the chain; null: nothing.</summary>
    public TruthNode? Where { get; init; }

    /// <summary>Index of the stage after which events count; −1: anywhere.</summary>
    public int After { get; init; } = -1;

    /// <summary>Index of the stage before which events count; −1: anywhere.</summary>
    public int Before { get; init; } = -1;

    /// <summary>How far back events count; zero: the window of the analytic.</summary>
    public TimeSpan Over { get; init; }

    /// <summary>How many events there must be.</summary>
    public int AtLeast { get; init; } = 1;

    /// <summary>Whether the events that the chain took count too, as written; null: not said.</summary>
    public bool? WithChain { get; init; }

    /// <summary>Whether the events that the chain took count too. Where it is not said, a single event is one more, and figures are of all.</summary>
    public bool CountsChain =>
        WithChain ?? (AtLeast > 1 || Count is not null || Average is not null || Percentile is not null || Distinct is not null || Sum is not null || Ratio is not null || Variation is not null || PeriodTolerance is not null || Rate is not null);

    /// <summary>How many events, the chain's own among them; null: not asked.</summary>
    public Bounds? Count { get; init; }

    /// <summary>How many different values, or combinations of several; null: not asked.</summary>
    public (IReadOnlyList<ValueNode> Of, Bounds Bounds)? Distinct { get; init; }

    /// <summary>How much in all; null: not asked.</summary>
    public (NumberNode Of, Bounds Bounds)? Sum { get; init; }

    /// <summary>How much on average, over the events that have the number; null: not asked.</summary>
    public (NumberNode Of, Bounds Bounds)? Average { get; init; }

    /// <summary>The number that this share of the events, in percent, does not exceed; null: not asked.</summary>
    public (NumberNode Of, double At, Bounds Bounds)? Percentile { get; init; }

    /// <summary>How much of one for one of another; null: not asked.</summary>
    public (NumberNode Of, NumberNode To, double AtLeast)? Ratio { get; init; }

    /// <summary>Coefficient of variation that the numbers must not exceed; null: not asked.</summary>
    public (NumberNode Of, double AtMost)? Variation { get; init; }

    /// <summary>How much intervals may differ from the period, as a share of it; null: no period is asked for.</summary>
    public double? PeriodTolerance { get; init; }

    /// <summary>How many events within a span somewhere; null: not asked.</summary>
    public (int AtLeast, TimeSpan Per)? Rate { get; init; }

    /// <summary>The limits that tunables set.</summary>
    public IReadOnlyList<TunedLimit> Tuned { get; init; } = [];

    /// <summary>Span within which all that is asked must hold somewhere; zero: over all the events together.</summary>
    public TimeSpan Per { get; init; }
}
