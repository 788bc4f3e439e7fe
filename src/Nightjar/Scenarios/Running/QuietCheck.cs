using System.Globalization;
using Nightjar.Analytics;
using Nightjar.Analytics.Plan;
using Nightjar.Findings;
using Nightjar.Scenarios.Telling;

namespace Nightjar.Scenarios.Running;

/// <summary>Proves why a scenario is quiet: without all that it names it fires, and with any one of them it is quiet again.</summary>
internal sealed class QuietCheck(Stands stands, Scenario scenario)
{
    public IEnumerable<ScenarioFailure> Failures()
    {
        if (scenario.Because.Count == 0) yield break;
        var found = Run(scenario.Because);
        if (found.Count == 0)
        {
            yield return new ScenarioFailure($"It is quiet without {string.Join(" and ", scenario.Because)} too.");
            yield break;
        }
        foreach (var failure in scenario.Because.Select(reason => Problem(reason, found)).OfType<string>()) yield return new ScenarioFailure(failure, FindingsText.Write(found, scenario.Start));
        foreach (var reason in scenario.Because.Where(_ => scenario.Because.Count > 1))
        {
            if (Run([.. scenario.Because.Where(other => other != reason)]) is { Count: > 0 } still)
                yield return new ScenarioFailure($"It needs not be quiet for {reason}: it fires without the rest.", FindingsText.Write(still, scenario.Start));
        }
    }

    /// <summary>What a reason names and the analytic does not have; null when it is there.</summary>
    public static string? Unknown(Analytic analytic, Scenario scenario, QuietReason reason) => reason.Kind switch
    {
        QuietReasonKind.Exception when analytic.Allow.All(item => item.Name != reason.Name) => $"{analytic.Uid} has no exception `{reason.Name}`.",
        QuietReasonKind.Missing or QuietReasonKind.Blind when !analytic.Chains.Any(chain => chain.Stages.Length > 1 && chain.Stages.Any(stage => analytic.Stages[stage].Id == reason.Name)) =>
            $"{analytic.Uid} has no chain in which `{reason.Name}` stands beside another stage.",
        QuietReasonKind.Seen when !Objections(analytic).Any(stage => analytic.Stages[stage].Id == reason.Name) => $"{analytic.Uid} does not ask that `{reason.Name}` be absent.",
        QuietReasonKind.TooFew when !analytic.Chains.SelectMany(chain => chain.Require).Any(measure => analytic.Stages[measure.Stage].Id == reason.Name) =>
            $"{analytic.Uid} requires no number of `{reason.Name}`.",
        QuietReasonKind.Condition when !analytic.Stages.SelectMany(stage => stage.Parts).Any(part => IsIt(part, reason)) => $"{analytic.Uid} has no condition `{reason.Name}`.",
        QuietReasonKind.Tunable when scenario.Tunables.All(item => item.Name != reason.Name) => $"The scenario sets no `{reason.Name}`.",
        _ => null,
    };

    private IReadOnlyList<Finding> Run(IReadOnlyList<QuietReason> without)
    {
        var tunables = scenario.Tunables.Where(item => !without.Any(reason => reason.Kind == QuietReasonKind.Tunable && reason.Name == item.Name)).ToList();
        if (stands.For(scenario.Folder, tunables) is not { } stand) return [];
        var analytic = without.Aggregate(stand.Of(scenario.Folder)!, Without);
        return analytic.Chains.Count == 0 ? [] : stand.Run(Trial.Of(scenario), analytic);
    }

    private static Analytic Without(Analytic analytic, QuietReason reason) => reason.Kind switch
    {
        QuietReasonKind.Exception => WithoutParts(analytic, part => part.Kind == StagePartKind.Exception && part.Text == reason.Name),
        QuietReasonKind.Condition => WithoutParts(analytic, part => IsIt(part, reason)),
        QuietReasonKind.Missing or QuietReasonKind.Blind => WithoutStage(analytic, reason.Name),
        QuietReasonKind.TooFew => Chains(analytic, chain => chain with { Require = [.. chain.Require.Select(measure => analytic.Stages[measure.Stage].Id == reason.Name ? One(measure) : measure)] }),
        QuietReasonKind.Seen => WithoutObjection(analytic, reason.Name),
        QuietReasonKind.Score => analytic with { Thresholds = analytic.Thresholds with { Low = 1 } },
        QuietReasonKind.Time when reason.Name == QuietReason.Window => analytic with { Window = analytic.Window * 10 },
        QuietReasonKind.Time => Chains(analytic, chain => chain with { IsOrdered = false }),
        _ => analytic,
    };

    private static Analytic Chains(Analytic analytic, Func<Chain, Chain> change) => analytic with { Chains = [.. analytic.Chains.Select(change)] };

    private static Analytic WithoutParts(Analytic analytic, Predicate<StagePart> isIt) =>
        analytic with { Stages = [.. analytic.Stages.Select(stage => stage with { Parts = [.. stage.Parts.Where(part => !isIt(part))] })] };

    // A chain of this stage alone would match nothing, and one that does not have it says nothing of its absence.
    private static Analytic WithoutStage(Analytic analytic, string id)
    {
        var index = analytic.Stages.First(stage => stage.Id == id).Index;
        return analytic with
        {
            Chains = [.. analytic.Chains.Where(chain => chain.Stages.Length > 1 || chain.Stages[0] != index)
                .Select(chain => chain with { Stages = [.. chain.Stages.Where(stage => stage != index)], Require = [.. chain.Require.Where(measure => measure.Stage != index)] })],
        };
    }

    private static IEnumerable<int> Objections(Analytic analytic) => analytic.Absences.Select(absence => absence.Stage).Concat(analytic.Chains.SelectMany(chain => chain.Unless));

    private static Analytic WithoutObjection(Analytic analytic, string id)
    {
        var without = Chains(analytic, chain => chain with { Unless = [.. chain.Unless.Where(stage => analytic.Stages[stage].Id != id)] });
        return without with { Absences = [.. analytic.Absences.Where(absence => analytic.Stages[absence.Stage].Id != id)] };
    }

    private static Measure One(Measure measure) =>
        measure with { AtLeast = 1, WithChain = true, Count = null, Distinct = null, Sum = null, Average = null, Percentile = null, Per = TimeSpan.Zero, Ratio = null, Variation = null, PeriodTolerance = null, Rate = null };

    private static bool IsIt(StagePart part, QuietReason reason) =>
        part.Kind == StagePartKind.Where && string.Join(' ', part.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) == reason.Name;

    private static string? Problem(QuietReason reason, IReadOnlyList<Finding> found)
    {
        if (reason.Kind == QuietReasonKind.Score)
        {
            var score = found.Max(finding => finding.Score).ToString(CultureInfo.InvariantCulture);
            return score == reason.Name ? null : $"It comes to a score of {score}, not {reason.Name}.";
        }
        var outcomes = found.SelectMany(finding => finding.Stages).Where(stage => stage.Id == reason.Name);
        return reason.Kind == QuietReasonKind.Blind && outcomes.Any(stage => stage.State != StageState.NotObservable)
            ? $"{reason.Name} could have been seen: it is missing, not blind."
            : null;
    }
}
