using Nightjar.Analytics.Plan;

namespace Nightjar.Calibration;

/// <summary>Where an analytic compares something with a tunable.</summary>
/// <param name="Tunable">Name of the tunable.</param>
/// <param name="Where">Id of the stage, or name of the contribution or chain.</param>
/// <param name="What">What is compared with it, for people.</param>
internal abstract record Place(string Tunable, string Where, string What);

/// <summary>A condition of a stage, asked at one event by itself.</summary>
internal sealed record StagePlace(string Tunable, Stage Stage, string What, TunedCondition Condition) : Place(Tunable, Stage.Id, What);

/// <summary>A condition that adds to the score, asked at the events of a match.</summary>
internal sealed record AdditionPlace(string Tunable, Addition Addition, string What, TunedCondition Condition) : Place(Tunable, Addition.Name, What);

/// <summary>A limit of a measure, of the score or of a chain.</summary>
/// <param name="Tunable">Name of the tunable.</param>
/// <param name="Where">Name of the contribution or the chain.</param>
/// <param name="What">What is compared, for people.</param>
/// <param name="Measure">The measure.</param>
/// <param name="Limit">Which of its figures, and what is added to the tunable.</param>
/// <param name="Chain">The chain that requires it; null for the score.</param>
internal sealed record MeasurePlace(string Tunable, string Where, string What, Measure Measure, TunedLimit Limit, Chain? Chain) : Place(Tunable, Where, What);

/// <summary>The window: how long chains of several stages take.</summary>
internal sealed record ChainPlace(string Tunable, string Where, Chain Chain) : Place(Tunable, Where, "time from the first stage to the last");

/// <summary>The window: how far from a match lies what a measure counts.</summary>
internal sealed record BesidePlace(string Tunable, string Where, Measure Measure, Chain? Chain) : Place(Tunable, Where, "time from the first stage to what counts beside");

/// <summary>A condition with the comparisons of one tunable taken out of it.</summary>
/// <param name="WhenTrue">The condition as it is where the comparison holds.</param>
/// <param name="WhenFalse">The condition as it is where it does not.</param>
/// <param name="Numbers">What is compared; the first that is there counts.</param>
internal sealed record TunedCondition(TruthNode WhenTrue, TruthNode WhenFalse, IReadOnlyList<NumberNode> Numbers)
{
    /// <summary>Takes the comparisons out of a condition; nothing where there are none.</summary>
    public static IEnumerable<(string Tunable, string What, TunedCondition Condition)> Of(TruthNode node) =>
        from test in Tests(node).Distinct()
        group test by (test.Tuned!.Tunable, test.Tuned.What) into same
        let tests = same.ToHashSet<TruthNode>(ReferenceEqualityComparer.Instance)
        select (same.Key.Tunable, same.Key.What, new TunedCondition(
            With(node, tests, ConstantTruth.True), With(node, tests, False), [.. same.Select(test => test.Tuned!.Number)]));

    private static readonly ConstantTruth False = new(Events.Tri.False);

    private static IEnumerable<TruthNode> Tests(TruthNode node) => node.Tuned is not null ? [node] : node.Operands.SelectMany(Tests);

    private static TruthNode With(TruthNode node, HashSet<TruthNode> tests, TruthNode answer) =>
        tests.Contains(node) ? answer : node.Operands.Count == 0 ? node : node.With([.. node.Operands.Select(operand => With(operand, tests, answer))]);
}
