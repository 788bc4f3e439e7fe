using System.Globalization;
using Nightjar.Analytics;
using Nightjar.Findings;
using Nightjar.Scenarios.Running;

namespace Nightjar.Scenarios.Mutating;

/// <summary>Sets each tunable of one analytic otherwise until the verdict of a scenario changes.</summary>
internal sealed class TunableRun(Stands stands, string folder, IReadOnlyList<Scenario> scenarios)
{
    public IEnumerable<TunableEffect> Run(Analytic analytic) =>
        analytic.Tunables.Select(tunable => Effects(analytic, tunable.Name).FirstOrDefault() ?? new TunableEffect(analytic.Uid, tunable.Name, "", null, "", ""));

    private IEnumerable<TunableEffect> Effects(Analytic analytic, string tunable)
    {
        foreach (var mutant in ValueMutants.Of(analytic).Where(mutant => mutant.Tunable == tunable))
        {
            foreach (var scenario in scenarios)
            {
                if (Effect(analytic, mutant, scenario) is { } effect) yield return effect;
            }
        }
    }

    private TunableEffect? Effect(Analytic analytic, ValueMutant mutant, Scenario scenario)
    {
        if (stands.For(folder, scenario.Tunables) is not { } stand) return null;
        var usual = stand.Of(folder)!;
        if (mutant.Change(usual.Tunables.First(item => item.Name == mutant.Tunable)) is not { } texts) return null;
        var tunables = scenario.Tunables.Where(item => item.Name != mutant.Tunable).Append(new ScenarioTunable(mutant.Tunable, texts, 0, 0)).ToList();
        if (stands.For(folder, tunables) is not { } other) return null;
        var changed = other.Of(folder)!;
        var (before, after) = (Verdict(stand.Run(Trial.Of(scenario), usual)), Verdict(other.Run(Trial.Of(scenario), changed)));
        var value = changed.Tunables.First(item => item.Name == mutant.Tunable).Value.ToString();
        return before == after ? null : new TunableEffect(analytic.Uid, mutant.Tunable, value, scenario.Name, before, after);
    }

    private static string Verdict(IReadOnlyList<Finding> findings) =>
        findings.Count == 0 ? "quiet" : string.Join(", ", findings.Select(finding => finding.Score).OrderDescending().Select(score => score.ToString(CultureInfo.InvariantCulture)));
}
