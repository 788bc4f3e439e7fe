using Nightjar.Events;
using Nightjar.Knowledge;
using Nightjar.Policies.Reading;

namespace Nightjar.Policies.Checking;

/// <summary>Exceptions that lie within others, and those whose time is over.</summary>
internal sealed class ExceptionChecks(Policy policy, AuthorMistakes mistakes)
{
    /// <summary>So long before its end an exception is told of.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromDays(30);

    public void Check()
    {
        foreach (var (index, item) in policy.Exceptions.Index())
        {
            var wider = policy.Exceptions.Index().FirstOrDefault(other => other.Index != index && Includes(other.Item, item) && (other.Index < index || !Includes(item, other.Item))).Item;
            if (wider is not null)
                mistakes.Add(PolicyRules.Shadowed, item.Place.Line, item.Place.Column, $"Whatever `{item.Id}` covers, `{wider.Id}` in line {wider.Place.Line} covers, and for no shorter time.");
        }
    }

    /// <summary>What is to be told of the exceptions at a moment.</summary>
    public static IEnumerable<Diagnostic> At(Policy policy, Instant at)
    {
        foreach (var item in policy.Exceptions)
        {
            if (item.Expires <= at)
                yield return PolicyRules.Expired.At(item.Place.File, item.Place.Line, item.Place.Column, $"`{item.Id}` of {item.Owner} expired on {DateText.Day(item.Expires)}.");
            else if (item.Expires <= at + Soon)
                yield return PolicyRules.ExpiresSoon.At(item.Place.File, item.Place.Line, item.Place.Column, $"`{item.Id}` of {item.Owner} expires on {DateText.Day(item.Expires)}.");
        }
    }

    private static bool Includes(ExceptionEntry whole, ExceptionEntry part) =>
        whole.Expires >= part.Expires
        && Scopes.Includes(whole.Analytics, part.Analytics, string.Equals)
        && Scopes.Includes(whole.Scope, part.Scope)
        && (whole.Signer is null || whole.Signer == part.Signer)
        && Scopes.Includes(whole.Devices, part.Devices, Patterns.Holds)
        && Scopes.Includes(whole.Destinations, part.Destinations, Scopes.HostWithin)
        && Scopes.Includes(whole.Paths, part.Paths, Scopes.PathWithin);
}
