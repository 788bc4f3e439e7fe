using Nightjar.Analytics;
using Nightjar.Analytics.Plan;

namespace Nightjar.Scenarios.Mutating;

/// <summary>Derives every mutant of an analytic, in a fixed order.</summary>
internal static class Mutants
{
    private const int Factor = 10;

    public static IEnumerable<Mutant> Of(Analytic analytic) =>
        [.. OfChains(analytic), .. OfStages(analytic), .. OfExceptions(analytic), .. AdditionMutants.Of(analytic), .. OfAbsences(analytic), .. OfTimes(analytic), .. ValueMutants.Of(analytic)];

    private static IEnumerable<StructureMutant> OfChains(Analytic analytic)
    {
        for (var i = 0; i < analytic.Chains.Count; i++)
        {
            var chain = analytic.Chains[i];
            var index = i;
            StructureMutant Changed(string how, Func<Chain, Chain> change) =>
                new($"chain {chain.Name}: {how}", item => item with { Chains = Replaced(item.Chains, index, change(item.Chains[index])) });
            if (analytic.Chains.Count > 1) yield return new($"chain {chain.Name}: dropped", item => item with { Chains = Removed(item.Chains, index) });
            if (chain.IsOrdered && chain.Stages.Length > 1) yield return Changed("in any order", item => item with { IsOrdered = false });
            foreach (var stage in chain.Stages.Where(_ => chain.Stages.Length > 1))
                yield return Changed($"{analytic.Stages[stage].Id} dropped", item => item with { Stages = [.. item.Stages.Where(other => other != stage)] });
            foreach (var stage in chain.Blind)
                yield return Changed($"also when {analytic.Stages[stage].Id} can be seen", item => item with { Blind = [.. item.Blind.Where(other => other != stage)] });
            foreach (var stage in chain.Unless)
                yield return Changed($"also after {analytic.Stages[stage].Id}", item => item with { Unless = [.. item.Unless.Where(other => other != stage)] });
            for (var m = 0; m < chain.Require.Length; m++)
            {
                var place = m;
                yield return Changed($"requirement {place + 1} dropped", item => item with { Require = [.. Removed(item.Require, place)] });
                foreach (var (how, change) in MeasureMutants.Of(chain.Require[place]))
                    yield return Changed($"requirement {place + 1}: {how}", item => item with { Require = [.. Replaced(item.Require, place, change(item.Require[place])!)] });
            }
        }
    }

    private static IEnumerable<StructureMutant> OfStages(Analytic analytic)
    {
        foreach (var stage in analytic.Stages)
        {
            for (var i = 0; i < stage.Parts.Count; i++)
            {
                foreach (var mutant in OfPart(stage, i)) yield return mutant;
            }
            if (stage.App != AppRule.Same) yield return new($"stage {stage.Id}: of the same app only", item => With(item, stage.Index, own => own with { App = AppRule.Same }));
        }
    }

    private static IEnumerable<StructureMutant> OfPart(Stage stage, int index)
    {
        var part = stage.Parts[index];
        if (part.Kind == StagePartKind.Exception) yield break;
        var name = $"stage {stage.Id}: `{Cut(part.Text)}`";
        if (part.Kind is StagePartKind.Where or StagePartKind.Group)
        {
            yield return new($"{name} dropped", item => With(item, stage.Index, own => own with { Parts = Removed(own.Parts, index) }));
            yield return new($"{name} negated", item => With(item, stage.Index, own => own with { Parts = Replaced(own.Parts, index, part with { Node = new Negation(own.Parts[index].Node) }) }));
        }
        foreach (var (path, operand) in Nodes.Operands(part.Node))
        {
            if (part.Kind == StagePartKind.Detection && Nodes.Without(part.Node, path) is { } rest && Widens(part.Node, rest)) continue;
            yield return new($"{name} {operand} dropped", item => Nodes.Without(item.Stages[stage.Index].Parts[index].Node, path) is { } node
                ? With(item, stage.Index, own => own with { Parts = Replaced(own.Parts, index, part with { Node = node }) })
                : null);
        }
    }

    // Which class of event a stage is about is what it is, not a condition of it.
    private static bool Widens(TruthNode before, TruthNode after)
    {
        var (narrow, wide) = (Reach.Of(before), Reach.Of(after));
        return Enumerable.Range(0, Events.EventClasses.Count).Any(index => wide.HasFrom((Events.EventClass)index, 0) && !narrow.HasFrom((Events.EventClass)index, 0));
    }

    private static IEnumerable<StructureMutant> OfExceptions(Analytic analytic)
    {
        foreach (var name in analytic.Allow.Select(item => item.Name))
        {
            bool IsIt(StagePart part) => part.Kind == StagePartKind.Exception && part.Text == name;
            yield return new($"allow {name}: dropped", item => item with { Stages = [.. item.Stages.Select(stage => stage with { Parts = [.. stage.Parts.Where(part => !IsIt(part))] })] });
            var node = analytic.Stages.SelectMany(stage => stage.Parts).First(IsIt).Node;
            foreach (var (path, operand) in Nodes.Operands(node))
            {
                yield return new($"allow {name}: {operand} dropped", item => item with
                {
                    Stages = [.. item.Stages.Select(stage => stage with { Parts = [.. stage.Parts.Select(part => IsIt(part) ? part with { Node = Nodes.Without(part.Node, path) ?? part.Node } : part)] })],
                });
            }
        }
    }

    private static IEnumerable<StructureMutant> OfAbsences(Analytic analytic)
    {
        for (var i = 0; i < analytic.Absences.Count; i++)
        {
            var index = i;
            var (stage, after, before) = analytic.Absences[i];
            var name = $"absent {analytic.Stages[stage].Id}";
            yield return new($"{name}: dropped", item => item with { Absences = Removed(item.Absences, index) });
            if (after >= 0) yield return new($"{name}: from the beginning", item => item with { Absences = Replaced(item.Absences, index, item.Absences[index] with { After = -1 }) });
            if (before >= 0) yield return new($"{name}: to the end", item => item with { Absences = Replaced(item.Absences, index, item.Absences[index] with { Before = -1 }) });
        }
    }

    private static IEnumerable<StructureMutant> OfTimes(Analytic analytic)
    {
        yield return new("window ten times as long", item => item with { Window = item.Window * Factor });
        yield return new("suppressed a tenth of the time", item => item with { Suppress = item.Suppress / Factor });
        if (analytic.Select != MatchSelection.First) yield return new("the earliest match only", item => item with { Select = MatchSelection.First });
    }

    private static Analytic With(Analytic analytic, int stage, Func<Stage, Stage> change) =>
        analytic with { Stages = Replaced(analytic.Stages, stage, change(analytic.Stages[stage])) };

    internal static IReadOnlyList<T> Removed<T>(IReadOnlyList<T> list, int index) => [.. list.Where((_, i) => i != index)];

    internal static IReadOnlyList<T> Replaced<T>(IReadOnlyList<T> list, int index, T by) => [.. list.Select((item, i) => i == index ? by : item)];

    private static string Cut(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= 100 ? line : line[..100] + "…";
    }
}
