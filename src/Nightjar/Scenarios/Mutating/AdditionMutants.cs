using Nightjar.Analytics;
using Nightjar.Analytics.Plan;

namespace Nightjar.Scenarios.Mutating;

/// <summary>Mutants of what adds to the score.</summary>
internal static class AdditionMutants
{
    public static IEnumerable<StructureMutant> Of(Analytic analytic)
    {
        for (var i = 0; i < analytic.Additions.Count; i++)
        {
            foreach (var mutant in Of(analytic.Additions[i], i)) yield return mutant;
        }
    }

    private static IEnumerable<StructureMutant> Of(Addition addition, int index)
    {
        StructureMutant Changed(string how, Func<Addition, Addition?> change) =>
            new($"score {addition.Name}: {how}", item => change(item.Additions[index]) is { } changed
                ? item with { Additions = Mutants.Replaced(item.Additions, index, changed) }
                : null);
        yield return new($"score {addition.Name}: dropped", item => item with { Additions = Mutants.Removed(item.Additions, index) });
        if (addition.When is { } when)
        {
            yield return Changed("negated", item => item with { When = new Negation(item.When!) });
            foreach (var (path, operand) in Nodes.Operands(when))
                yield return Changed($"{operand} dropped", item => Nodes.Without(item.When!, path) is { } node ? item with { When = node } : null);
        }
        if (addition.At >= 0) yield return Changed("asked of any event", item => item with { At = -1 });
        if (addition.Measure is null) yield break;
        foreach (var (how, change) in MeasureMutants.Of(addition.Measure))
            yield return Changed(how, item => change(item.Measure!) is { } changed ? item with { Measure = changed } : null);
    }
}
