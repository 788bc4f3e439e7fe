using System.Globalization;

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

    /// <summary>False for what is no number.</summary>
    public bool Holds(double figure) =>
        !double.IsNaN(figure) && !(figure < AtLeast) && !(figure > AtMost) && !(figure <= MoreThan) && !(figure >= LessThan)
        && (Exactly is not { } exactly || figure == exactly) && (Not is not { } not || figure != not);

    /// <summary>A figure that does not hold, with the limits, for people: <c>2 of 3</c>, <c>2 different of 3</c>, <c>7, at most 5</c>.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="kind">What it counts; empty for events.</param>
    public string Tell(double figure, string kind = "")
    {
        var have = string.Create(CultureInfo.InvariantCulture, $"{figure:0.##}{(kind.Length > 0 ? " " + kind : "")}");
        if (this == new Bounds(AtLeast)) return string.Create(CultureInfo.InvariantCulture, $"{have} of {AtLeast:0.##}");
        return $"{have}, {string.Join(" and ", Limits())}";
    }

    private IEnumerable<string> Limits()
    {
        double?[] limits = [AtLeast, AtMost, MoreThan, LessThan, Exactly, Not];
        return Words.Zip(limits).Where(pair => pair.Second is not null)
            .Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.First.Replace('_', ' ')} {pair.Second:0.##}"));
    }
}
