using Nightjar.Findings;

namespace Nightjar.Policies;

/// <summary>Says what a policy did in a run.</summary>
public static class PolicyAccounts
{
    /// <summary>The policy with what each of its exceptions hid, and what it would have hidden had it not expired.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="reported">The findings that were reported.</param>
    /// <param name="hidden">The findings that were hidden.</param>
    public static PolicyAccount Of(Policy policy, IReadOnlyList<Finding> reported, IReadOnlyList<Finding> hidden)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return new PolicyAccount(policy.Name, policy.File, policy.Sha256, hidden.Count,
            [.. policy.Exceptions.OrderBy(item => item.Id, StringComparer.Ordinal).Select(item => Of(item, reported, hidden))]);
    }

    private static ExceptionAccount Of(ExceptionEntry exception, IReadOnlyList<Finding> reported, IReadOnlyList<Finding> hidden)
    {
        Finding[] own = [.. hidden.Where(finding => finding.HiddenBy.Contains(exception.Id))];
        Finding[] missed = [.. reported.Where(finding => finding.ExpiredExceptions.Contains(exception.Id))];
        return new ExceptionAccount(exception.Id, exception.Reason, exception.Owner, exception.Expires)
        {
            Hidden = own.Length,
            HiddenAlone = own.Count(finding => finding.HiddenBy.Count == 1),
            LastHidden = own.Length == 0 ? null : own.Max(finding => finding.End),
            MissedAfterExpiry = missed.Length,
            LastMissed = missed.Length == 0 ? null : missed.Max(finding => finding.End),
        };
    }
}
