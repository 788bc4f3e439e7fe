using Nightjar.Analytics;
using Nightjar.Scenarios.Running;
using Nightjar.Scenarios.Telling;

namespace Nightjar.Scenarios.Mutating;

/// <summary>Runs the mutants of one analytic on its scenarios until one notices.</summary>
internal sealed class MutationRun(Stands stands, string folder, IReadOnlyList<Scenario> scenarios)
{
    private readonly Dictionary<Scenario, string> _usual = new(ReferenceEqualityComparer.Instance);

    public IEnumerable<MutantResult> Run(Analytic analytic)
    {
        // Few distinct values first: they are compiled once for most scenarios.
        var ordered = scenarios.OrderBy(item => item.Tunables.Count).ThenBy(item => item.Kind).ThenBy(item => item.File, StringComparer.Ordinal).ThenBy(item => item.Name, StringComparer.Ordinal).ToList();
        foreach (var mutant in Mutants.Of(analytic)) yield return new MutantResult(analytic.Uid, mutant.Name, NoticedBy(mutant, ordered));
    }

    private string? NoticedBy(Mutant mutant, List<Scenario> ordered)
    {
        var changed = new Dictionary<Stand, Change>(ReferenceEqualityComparer.Instance);
        foreach (var scenario in ordered)
        {
            if (stands.For(folder, scenario.Tunables) is not { } stand) continue;
            if (!changed.TryGetValue(stand, out var change)) changed[stand] = change = Changed(stand, mutant, scenario);
            if (change.IsRefused) return MutantResult.Checks;
            if (change.Analytic is null) continue;
            if (FindingsText.Essence(change.Stand!.Run(Trial.Of(scenario), change.Analytic)) != Usual(scenario, stand)) return scenario.Name;
        }
        return null;
    }

    private Change Changed(Stand stand, Mutant mutant, Scenario scenario)
    {
        var analytic = stand.Of(folder)!;
        if (mutant is StructureMutant structure) return new Change(stand, structure.Change(analytic), false);
        var value = (ValueMutant)mutant;
        if (value.Change(analytic.Tunables.First(item => item.Name == value.Tunable)) is not { } texts) return default;
        var tunables = scenario.Tunables.Where(item => item.Name != value.Tunable).Append(new ScenarioTunable(value.Tunable, texts, 0, 0)).ToList();
        var other = stands.New(folder, tunables);
        return new Change(other, other.Of(folder), other.Of(folder) is null);
    }

    private string Usual(Scenario scenario, Stand stand)
    {
        if (!_usual.TryGetValue(scenario, out var text)) _usual[scenario] = text = FindingsText.Essence(stand.Run(Trial.Of(scenario), stand.Of(folder)!));
        return text;
    }

    /// <summary>A changed analytic and where to run it; no analytic where there is nothing to change.</summary>
    private readonly record struct Change(Stand? Stand, Analytic? Analytic, bool IsRefused);
}
