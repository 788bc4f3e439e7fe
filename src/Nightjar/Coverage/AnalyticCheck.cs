using Nightjar.Analytics;
using Nightjar.Analytics.Plan;
using Nightjar.Events;
using Nightjar.Findings;

namespace Nightjar.Coverage;

/// <summary>Says what an analytic could see and reach at a moment.</summary>
internal static class AnalyticCheck
{
    /// <param name="analytic">The analytic.</param>
    /// <param name="sight">What was observable, and what was ever told.</param>
    /// <param name="outcomes">What conditions may come to by what was told.</param>
    public static DeviceCheck Of(Analytic analytic, Sight sight, Outcomes outcomes)
    {
        var blind = analytic.Stages.Where(stage => IsBlind(stage.Components, sight.Observable)).ToList();
        var obstacles = analytic.Stages.Except(blind).Select(stage => Obstacle(analytic, stage, sight, outcomes)).OfType<StageObstacle>().ToList();
        var lost = StageBit.Of(analytic.Stages.Where(stage => blind.Contains(stage) || obstacles.Exists(item => item.Stage == stage.Id)).Select(stage => stage.Index));
        var blindBits = StageBit.Of(blind.Select(stage => stage.Index));
        var unearned = analytic.Additions.Where(addition => !CanBeEarned(addition, lost, outcomes)).ToList();
        var reachable = Reachable(analytic, lost, blindBits, unearned);
        var isBlind = reachable < analytic.Thresholds.Low;
        var state = isBlind ? CheckState.Blind : lost != 0 || unearned.Count > 0 ? CheckState.Degraded : CheckState.Runnable;
        var missing = blind.Aggregate(DataComponents.None, (sum, stage) => sum | stage.Components) & ~sight.Observable;
        return new DeviceCheck(analytic.Uid, state, [.. blind.Select(stage => stage.Id)], missing, isBlind ? 0 : reachable)
        {
            Obstacles = obstacles,
            BlindContributions = [.. unearned.Select(addition => addition.Name)],
        };
    }

    // The engine's rule for "not observable", over what it asks of.
    private static bool IsBlind(DataComponents needed, DataComponents observable) => needed != DataComponents.None && (needed & observable) == 0;

    private static StageObstacle? Obstacle(Analytic analytic, Stage stage, Sight sight, Outcomes outcomes)
    {
        var needsApp = analytic.IsPerApp && !analytic.CountsUnnamed && stage.App != AppRule.SameOrUnnamed;
        if (needsApp && IsBlind(stage.Components, sight.Named)) return new StageObstacle(stage.Id, TelemetryLack.AppNames);
        return outcomes.CanBeTrue(stage.Own) ? null : new StageObstacle(stage.Id, TelemetryLack.State);
    }

    private static bool CanBeEarned(Addition addition, ulong lost, Outcomes outcomes)
    {
        if (addition.Measure is { } measure) return (lost & StageBit.Of(measure.Stage)) == 0;
        return (lost & StageBit.Of(addition.At)) == 0 && outcomes.CanBeTrue(addition.When!);
    }

    // The best of the chains that can still be completed, with all that can still be earned.
    private static int Reachable(Analytic analytic, ulong lost, ulong blind, List<Addition> unearned)
    {
        var possible = analytic.Chains.Where(chain =>
            (chain.Bits & lost) == 0
            && Array.TrueForAll(chain.Blind, stage => (blind & StageBit.Of(stage)) != 0)
            && Array.TrueForAll(chain.Require, measure => (lost & StageBit.Of(measure.Stage)) == 0)).ToList();
        if (possible.Count == 0) return 0;
        var extra = analytic.Additions.Except(unearned).Sum(addition => Math.Max(0, addition.Points));
        return Math.Min(100, possible.Max(chain => chain.Score) + extra);
    }
}
