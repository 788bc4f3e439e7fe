using System.Globalization;
using System.Text;
using Nightjar.Analytics;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Scenarios.Deriving;
using Nightjar.Scenarios.Telling;

namespace Nightjar.Scenarios.Running;

/// <summary>Runs one scenario and all that is derived from it.</summary>
/// <param name="stand">Its analytic with its values.</param>
/// <param name="twin">The same compiled against another table of texts.</param>
/// <param name="scenario">The scenario.</param>
internal sealed class Examination(Stand stand, Stand twin, Scenario scenario)
{
    private readonly Trial _trial = Trial.Of(scenario);
    private readonly Analytic _analytic = stand.Of(scenario.Folder)!;
    private readonly List<ScenarioFailure> _failures = [];
    private readonly StringBuilder _nearMisses = new();
    private int _derived;

    /// <param name="golden">The golden text; null when there is none.</param>
    /// <param name="others">What other analytics found.</param>
    public ScenarioResult Run(string? golden, IReadOnlyList<Finding> others)
    {
        var findings = stand.Run(_trial, _analytic);
        var text = FindingsText.Write(findings, scenario.Start);
        foreach (var finding in findings) NearMissesOf(finding, findings.Count > 1);
        if (_nearMisses.Length > 0) text += $"\nnear misses\n{_nearMisses}";
        if (scenario.Kind == ScenarioKind.Fires) EquivalencesOf(findings);
        var wholesome = _failures.Count == 0;
        var differs = Judge(findings, text, golden);
        return new ScenarioResult
        {
            Scenario = scenario, Analytic = _analytic.Uid, Findings = findings, Others = others, Text = text, Derived = _derived, Failures = _failures,
            NewGolden = wholesome && _failures.Count == 1 && differs ? new ScenarioSource(ScenarioPaths.GoldenOf(scenario.File), text) : null,
        };
    }

    /// <summary>True when only the golden text is not right.</summary>
    private bool Judge(IReadOnlyList<Finding> findings, string text, string? golden)
    {
        if (scenario.Kind == ScenarioKind.Quiet)
        {
            if (findings.Count > 0) _failures.Add(new ScenarioFailure("It must be quiet and is not.", text));
            if (golden is not null) _failures.Add(new ScenarioFailure("It must be quiet and has a golden text."));
            return false;
        }
        if (findings.Count == 0)
        {
            _failures.Add(new ScenarioFailure("It must report and is quiet."));
            return false;
        }
        Meets(findings, text);
        if (scenario.IsInline) return false;
        if (golden?.ReplaceLineEndings("\n") == text) return false;
        _failures.Add(golden is null
            ? new ScenarioFailure("It has no golden text yet.", text)
            : new ScenarioFailure("It reports something else than its golden text.", LineDiff.Of(golden.ReplaceLineEndings("\n"), text)));
        return true;
    }

    private void Meets(IReadOnlyList<Finding> findings, string text)
    {
        if (scenario.Expected is not { } expected) return;
        var best = findings.MaxBy(finding => finding.Score)!;
        var stages = Listed(best.Stages.Where(stage => stage.State == StageState.Matched).Select(stage => stage.Id));
        var adds = Listed(best.Contributions.Skip(1).Where(item => item.State == Tri.True).Select(item => item.Name));
        Differ("findings", expected.Findings ?? findings.Count, findings.Count);
        Differ("score", expected.Score ?? best.Score, best.Score);
        Differ("level", expected.Level ?? best.Confidence, best.Confidence);
        Differ("stages", expected.Stages is null ? stages : Listed(expected.Stages), stages);
        Differ("adds", expected.Adds is null ? adds : Listed(expected.Adds), adds);
        Differ("title", expected.Title ?? best.Title, best.Title);

        void Differ<T>(string what, T one, T other)
        {
            if (!EqualityComparer<T>.Default.Equals(one, other))
                _failures.Add(new ScenarioFailure(string.Create(CultureInfo.InvariantCulture, $"It expects {what} {one} and gives {other}."), text));
        }
    }

    private static string Listed(IEnumerable<string> names) => string.Join(", ", names.Order(StringComparer.Ordinal));

    private void NearMissesOf(Finding finding, bool isOneOfSeveral)
    {
        foreach (var chain in _analytic.Chains)
        {
            if (ChainEvents.Of(stand, _analytic, chain, _trial, finding) is not { } matched) continue;
            var isBest = chain.Name == finding.Contributions[0].Name;
            foreach (var nearMiss in new NearMisses(_analytic, matched, _trial.Events, stand.Options).All())
            {
                Alone(matched, nearMiss);
                if (isBest) Whole(finding, matched, nearMiss, isOneOfSeveral);
            }
        }
    }

    // No other chain is there to explain it.
    private void Alone(ChainEvents matched, NearMiss nearMiss)
    {
        _derived++;
        var found = stand.Run(_trial with { Events = nearMiss.Events }, ChainEvents.Alone(_analytic, matched.Chain)).Where(item => Shares(item, matched)).ToList();
        if (found.Count > 0) _failures.Add(new ScenarioFailure($"The chain {matched.Chain.Name} still matches: {nearMiss.Name}.", FindingsText.Write(found, scenario.Start)));
    }

    private void Whole(Finding finding, ChainEvents matched, NearMiss nearMiss, bool isOneOfSeveral)
    {
        _derived++;
        var best = stand.Run(_trial with { Events = nearMiss.Events }, _analytic).Where(item => Shares(item, matched)).MaxBy(Sum);
        var label = (isOneOfSeveral ? $"{finding.App} on {finding.Device.Uid} " : "") + nearMiss.Name;
        var outcome = best is null ? "quiet" : string.Create(CultureInfo.InvariantCulture, $"{best.Score} ({best.Contributions[0].Name})");
        _nearMisses.Append(CultureInfo.InvariantCulture, $"  {label}: {outcome}\n");
        if (best is not null && Sum(best) >= Sum(finding))
            _failures.Add(new ScenarioFailure($"A near miss scores no less than the scenario itself: {nearMiss.Name}.", FindingsText.Write([best], scenario.Start)));
    }

    // Beyond 100 a score says nothing any more; what it is made of does.
    private static int Sum(Finding finding) => finding.Contributions.Where(item => item.State == Tri.True).Sum(item => item.Points);

    private static bool Shares(Finding finding, ChainEvents matched) => finding.Evidence.Any(item => matched.All.Contains(item.Event.Uid));

    private void EquivalencesOf(IReadOnlyList<Finding> findings)
    {
        var expected = FindingsText.Write(findings, scenario.Start);
        foreach (var equivalence in new Equivalences(stand, twin, _analytic, _trial).All())
        {
            _derived++;
            var difference = LineDiff.Of(expected, equivalence.Text());
            if (difference.Length > 0) _failures.Add(new ScenarioFailure($"The same behaviour is judged differently: {equivalence.Name}.", difference));
        }
    }
}
