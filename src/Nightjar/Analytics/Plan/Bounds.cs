namespace Nightjar.Analytics.Plan;

/// <summary>Limits that a figure must keep. Those that are null set none; all that are set must hold.</summary>
/// <param name="AtLeast">Least figure.</param>
/// <param name="AtMost">Greatest figure.</param>
/// <param name="MoreThan">The figure must be greater.</param>
/// <param name="LessThan">The figure must be less.</param>
/// <param name="Exactly">The figure itself.</param>
/// <param name="Not">What the figure must not be.</param>
internal readonly record struct Bounds(double? AtLeast = null, double? AtMost = null, double? MoreThan = null, double? LessThan = null, double? Exactly = null, double? Not = null)
{
    /// <summary>The words by which authors set limits, in the order of the parameters.</summary>
    public static string[] Words { get; } = ["at_least", "at_most", "more_than", "less_than", "exactly", "not"];

    /// <summary>True when further events can make a figure that grows with them break the limits.</summary>
    public bool IsUpper => AtMost is not null || LessThan is not null || Exactly is not null || Not is not null;

    public bool Holds(double figure) =>
        !(figure < AtLeast) && !(figure > AtMost) && !(figure <= MoreThan) && !(figure >= LessThan)
        && (Exactly is not { } exactly || figure == exactly) && (Not is not { } not || figure != not);
}
