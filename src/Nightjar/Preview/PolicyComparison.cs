using Nightjar.Analytics;
using Nightjar.Findings;
using Nightjar.Knowledge;
using Nightjar.Policies;

namespace Nightjar.Preview;

/// <summary>What becomes of a finding under another policy.</summary>
public enum FindingChangeKind
{
    /// <summary>Reported now, and not before.</summary>
    Gained,
    /// <summary>Reported before, and no longer.</summary>
    Lost,
    /// <summary>Reported by both, with another score or confidence.</summary>
    Rescored,
}

/// <summary>A finding that is not the same under both policies.</summary>
/// <param name="Kind">What became of it.</param>
/// <param name="Before">As the old policy reports it; null for one gained.</param>
/// <param name="After">As the new policy reports it; null for one lost.</param>
/// <param name="HiddenBy">Exceptions that hide it where it is not reported; empty when it is not even matched there.</param>
/// <param name="Scores">The contributions that changed.</param>
/// <param name="Why">What the two policies say differently of its app and device, as far as that can have to do with it.</param>
public sealed record FindingChange(
    FindingChangeKind Kind, Finding? Before, Finding? After, IReadOnlyList<string> HiddenBy, IReadOnlyList<ScoreChange> Scores, IReadOnlyList<string> Why)
{
    /// <summary>As it is reported.</summary>
    public Finding Finding => After ?? Before!;
}

/// <summary>A contribution that adds something else than before.</summary>
/// <param name="Name">Its name in the analytic.</param>
/// <param name="Before">Points that it added.</param>
/// <param name="After">Points that it adds.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record ScoreChange(string Name, int Before, int After, string Reason);

/// <summary>Findings of one analytic, app or group under both policies.</summary>
/// <param name="Name">Uid of the analytic, name of the app or of the group; empty for those without an app or a group.</param>
/// <param name="Before">Reported by the old policy.</param>
/// <param name="After">Reported by the new one.</param>
/// <param name="Gained">Of them gained.</param>
/// <param name="Lost">Of those before, lost.</param>
/// <param name="Rescored">Changed in score or confidence.</param>
public sealed record ChangeCount(string Name, int Before, int After, int Gained, int Lost, int Rescored);

/// <summary>What an exception did to the telemetry.</summary>
/// <param name="Account">What it hid, and when.</param>
/// <param name="Alone">The findings that no other exception hid, in order of time.</param>
public sealed record ExceptionUse(ExceptionAccount Account, IReadOnlyList<Finding> Alone);

/// <summary>What one policy reports of some telemetry and another does not.</summary>
public sealed record PolicyComparison
{
    public required JudgedRun Before { get; init; }

    public required JudgedRun After { get; init; }

    /// <summary>Every finding that is not the same, those gained first, then lost, then with another score, each in order of time.</summary>
    public required IReadOnlyList<FindingChange> Changes { get; init; }

    /// <summary>Findings that both report with the same score and confidence.</summary>
    public required int Unchanged { get; init; }

    /// <summary>By uid.</summary>
    public required IReadOnlyList<ChangeCount> ByAnalytic { get; init; }

    /// <summary>By name.</summary>
    public required IReadOnlyList<ChangeCount> ByApp { get; init; }

    /// <summary>By name, as the new policy groups devices; as the old one does when there is no new one. A device may be in several.</summary>
    public required IReadOnlyList<ChangeCount> ByGroup { get; init; }

    /// <summary>By name, as telemetry groups devices.</summary>
    public required IReadOnlyList<ChangeCount> ByTelemetryGroup { get; init; }

    /// <summary>The exceptions of the old policy, by id.</summary>
    public required IReadOnlyList<ExceptionUse> ExceptionsBefore { get; init; }

    /// <summary>The exceptions of the new policy, by id.</summary>
    public required IReadOnlyList<ExceptionUse> ExceptionsAfter { get; init; }

    /// <summary>Compares what two policies made of the same telemetry.</summary>
    /// <param name="before">By the old policy.</param>
    /// <param name="after">By the new one.</param>
    /// <param name="analytics">The analytics, with their defaults.</param>
    /// <param name="reference">The shipped list of roles.</param>
    public static PolicyComparison Between(JudgedRun before, JudgedRun after, IReadOnlyList<Analytic> analytics, ReferenceData reference)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var pairs = FindingPairs.Of(before.Reported, after.Reported);
        var causes = new Causes(before, after, analytics, reference);
        FindingChange[] changes =
        [
            .. pairs.OnlyAfter.Select(causes.Gained), .. pairs.OnlyBefore.Select(causes.Lost),
            .. pairs.Both.Where(pair => !IsSame(pair.Before, pair.After)).Select(pair => causes.Rescored(pair.Before, pair.After)),
        ];
        var counts = new ChangeCounts(before, after, changes);
        var membership = (after.Policy ?? before.Policy)?.Policy is { } policy ? new Membership(policy) : null;
        return new PolicyComparison
        {
            Before = before, After = after, Changes = changes,
            Unchanged = pairs.Both.Count(pair => IsSame(pair.Before, pair.After)),
            ByAnalytic = counts.By((_, finding) => [finding.Analytic.Uid]),
            ByApp = counts.By((_, finding) => [finding.App ?? ""]),
            ByGroup = membership is null ? [] : counts.By((run, finding) => membership.Of(run.WhoOf(finding).Device)),
            ByTelemetryGroup = counts.By((_, finding) => finding.Device.Groups ?? []),
            ExceptionsBefore = UsesOf(before), ExceptionsAfter = UsesOf(after),
        };
    }

    private static bool IsSame(Finding before, Finding after) => before.Score == after.Score && before.Confidence == after.Confidence;

    private static IReadOnlyList<ExceptionUse> UsesOf(JudgedRun run)
    {
        if (run.Policy is not { } policy) return [];
        return
        [
            .. PolicyAccounts.Of(policy.Policy, run.Reported, run.Hidden).Exceptions
                .Select(account => new ExceptionUse(account, [.. run.Hidden.Where(finding => finding.HiddenBy is [var only] && only == account.Id)])),
        ];
    }
}
