using Nightjar.Events;
using Nightjar.Knowledge;
using Nightjar.Policies.Checking;

namespace Nightjar.Policies;

/// <summary>What there is to tell of a policy at a moment. The moment comes in; nothing here reads a clock.</summary>
public static class PolicyDates
{
    /// <summary>Exceptions that have expired, and those that are about to.</summary>
    public static IReadOnlyList<Diagnostic> At(Policy policy, Instant at)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return [.. ExceptionChecks.At(policy, at)];
    }
}
