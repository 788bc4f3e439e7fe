using Nightjar.Analytics;
using Nightjar.Analytics.Plan;
using Nightjar.Events;
using Nightjar.Findings;

namespace Nightjar.Inquiry;

/// <summary>A match with what it is worth.</summary>
/// <param name="Variant">The analytic with the values by which it was judged.</param>
/// <param name="Way">Its events.</param>
/// <param name="Contributions">Every line of the score, those that added nothing included.</param>
/// <param name="Supporting">Events beside the chain that proved a line, with the stage they are of.</param>
/// <param name="Blind">The stages that could not be observed.</param>
internal sealed record Weighed(Analytic Variant, Way Way, IReadOnlyList<Contribution> Contributions, IReadOnlyList<(int Stage, SeenEvent Seen)> Supporting, IReadOnlySet<int> Blind)
{
    /// <summary>The sum of the lines that are true, held between 0 and 100.</summary>
    public int Score => Math.Min(100, Math.Max(0, Contributions.Sum(line => line.State == Tri.True ? line.Points : 0)));
}

/// <summary>Adds up what a match is worth.</summary>
internal sealed class Weighing(Analytic analytic, Reconstruction reconstruction)
{
    public Weighed Weigh(Way way)
    {
        var lines = new List<Contribution> { new(way.Chain.Name, way.Chain.Score, Tri.True, Describe(way.Chain)) };
        var supporting = new List<(int, SeenEvent)>();
        foreach (var measure in way.Chain.Require) supporting.AddRange(reconstruction.Measure(way, measure).Events.Select(seen => (measure.Stage, seen)));
        foreach (var addition in analytic.Additions)
        {
            var (state, reason) = addition.Measure is { } measure ? Measured(way, addition, measure, supporting) : (Asked(way, addition), addition.Reason);
            if (state == Tri.Unknown) reason += addition.Measure is null ? ": unknown" : ": not observable";
            lines.Add(new Contribution(addition.Name, addition.Points, state, reason));
        }
        return new Weighed(analytic, way, lines, supporting, BlindAt(way.Beginning));
    }

    /// <summary>The stages that no telemetry could have shown when a beginning was judged.</summary>
    public HashSet<int> BlindAt(Beginning beginning) =>
        [.. analytic.Stages.Select(stage => stage.Index).Where(stage => !reconstruction.Observed(stage, beginning))];

    private string Describe(Chain chain) => string.Join(chain.IsOrdered ? ", then " : ", and ", chain.Stages.Select(stage => analytic.Stages[stage].Title));

    // Without a stage to ask at, one event of the chain for which it is true suffices.
    private static Tri Asked(Way way, Addition addition)
    {
        if (addition.At >= 0) return way.Events[addition.At] is { } at ? at.Ask(addition.When!, way.Stored) : Tri.Unknown;
        Tri[] answers = [.. way.InChain.Select(seen => seen.Ask(addition.When!, way.Stored))];
        return answers.Contains(Tri.True) ? Tri.True : answers.Contains(Tri.Unknown) ? Tri.Unknown : Tri.False;
    }

    private (Tri State, string Reason) Measured(Way way, Addition addition, Measure measure, List<(int, SeenEvent)> supporting)
    {
        var measured = reconstruction.Measure(way, measure);
        if (measured.State == Tri.True) supporting.AddRange(measured.Events.Select(seen => (measure.Stage, seen)));
        return (measured.State, measured.Detail.Length > 0 ? $"{addition.Reason} ({measured.Detail})" : addition.Reason);
    }
}
