using Nightjar.Events;
using Nightjar.Findings;

namespace Nightjar.Sinks.Plain;

/// <summary>Why an analytic could not see all, in words.</summary>
public static class CheckText
{
    /// <summary>"needs File Creation (DC0039); not observable: write; score up to 45 is possible".</summary>
    public static string Why(DeviceCheck check) => string.Join("; ", Reasons(check));

    /// <summary>The same in parts; none when it could see all.</summary>
    public static IEnumerable<string> Reasons(DeviceCheck check)
    {
        ArgumentNullException.ThrowIfNull(check);
        if (check.State == CheckState.Runnable) yield break;
        if (check.Missing != DataComponents.None) yield return $"needs {check.Missing.Describe()}";
        if (check.BlindStages.Count > 0) yield return $"not observable: {string.Join(", ", check.BlindStages)}";
        foreach (var obstacles in check.Obstacles.GroupBy(item => item.Lacks).OrderBy(group => group.Key))
            yield return $"{string.Join(", ", obstacles.Select(item => item.Stage))}: {obstacles.Key.Say()}";
        if (check.State == CheckState.Degraded && check.BlindContributions.Count > 0) yield return $"cannot add to the score: {string.Join(", ", check.BlindContributions)}";
        yield return check.State == CheckState.Blind ? "no finding is possible" : $"score up to {check.ReachableScore} is possible";
    }
}
