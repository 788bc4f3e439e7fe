using Nightjar.Knowledge;

namespace Nightjar.Policies.Checking;

/// <summary>What is wrong with a policy by itself: entries that conflict, add nothing, can never apply, or are too broad.</summary>
internal static class PolicyChecks
{
    public static void Check(Policy policy, ReferenceData reference, AuthorMistakes mistakes)
    {
        Groups(policy, mistakes);
        Apps(policy, mistakes);
        Allowances(policy, mistakes);
        foreach (var scope in policy.Allowances.Select(item => (item.Scope, item.Place)).Concat(policy.Tunables.Select(item => (item.Scope, item.Place))))
            Roles(policy, scope.Scope, scope.Place, reference, mistakes);
        new ExceptionChecks(policy, mistakes).Check();
        new BreadthChecks(policy, reference, mistakes).Check();
    }

    private static void Groups(Policy policy, AuthorMistakes mistakes)
    {
        var named = policy.Allowances.Select(item => item.Scope).Concat(policy.Tunables.Select(item => item.Scope)).Concat(policy.Exceptions.Select(item => item.Scope))
            .SelectMany(scope => scope.Groups).ToHashSet(StringComparer.Ordinal);
        foreach (var group in policy.Groups.Where(group => !named.Contains(group.Name)))
            mistakes.Add(PolicyRules.UnusedGroup, group.Place.Line, group.Place.Column, $"No entry names the group `{group.Name}`.");
    }

    // Two entries that name an app equally exactly: what both state must agree, and then the second says nothing.
    private static void Apps(Policy policy, AuthorMistakes mistakes)
    {
        var seen = new Dictionary<(string App, string? Signer), List<AppEntry>>();
        foreach (var entry in policy.Apps)
        {
            foreach (var app in entry.Apps)
            {
                if (!seen.TryGetValue((app, entry.Signer), out var others)) seen[(app, entry.Signer)] = others = [];
                foreach (var other in others) Apps(app, other, entry, mistakes);
                others.Add(entry);
            }
        }
    }

    private static void Apps(string app, AppEntry earlier, AppEntry later, AuthorMistakes mistakes)
    {
        var place = later.Place;
        var both = new[]
        {
            (Is: earlier.Roles.Count > 0 && later.Roles.Count > 0, Same: earlier.Roles.Order(StringComparer.Ordinal).SequenceEqual(later.Roles.Order(StringComparer.Ordinal)), What: "roles"),
            (Is: earlier.IsApproved is not null && later.IsApproved is not null, Same: earlier.IsApproved == later.IsApproved, What: "approved"),
            (Is: earlier.IsManaged is not null && later.IsManaged is not null, Same: earlier.IsManaged == later.IsManaged, What: "managed"),
        };
        foreach (var item in both.Where(item => item.Is))
        {
            if (item.Same) mistakes.Add(PolicyRules.Shadowed, place.Line, place.Column, $"`{item.What}` of `{app}` is stated in line {earlier.Place.Line} already.");
            else mistakes.Add(PolicyRules.Conflict, place.Line, place.Column, $"`{item.What}` of `{app}` is stated otherwise in line {earlier.Place.Line}.");
        }
    }

    private static void Allowances(Policy policy, AuthorMistakes mistakes)
    {
        for (var i = 0; i < policy.Allowances.Count; i++)
        {
            var item = policy.Allowances[i];
            var wider = policy.Allowances.Index().FirstOrDefault(other => other.Index != i && Scopes.Includes(other.Item.Scope, item.Scope)
                && item.ServiceClasses.All(other.Item.ServiceClasses.Contains) && Scopes.AllWithin(item.Destinations, other.Item.Destinations, Scopes.HostWithin)
                && (other.Index < i || !Same(other.Item, item))).Item;
            if (wider is not null) mistakes.Add(PolicyRules.Shadowed, item.Place.Line, item.Place.Column, $"What it allows is allowed in line {wider.Place.Line} already.");
        }
    }

    private static bool Same(Allowance a, Allowance b) =>
        Scopes.Includes(b.Scope, a.Scope) && a.ServiceClasses.All(b.ServiceClasses.Contains) && Scopes.AllWithin(a.Destinations, b.Destinations, Scopes.HostWithin);

    // An app whose roles somebody wrote down never gets another from its category.
    private static void Roles(Policy policy, PolicyScope scope, PolicyPlace place, ReferenceData reference, AuthorMistakes mistakes)
    {
        if (scope.Apps.Count == 0 || scope.Roles.Count == 0 || scope.Apps.Any(Patterns.IsPattern)) return;
        if (scope.Apps.All(app => RolesOf(app, policy, reference) is { } roles && !roles.Any(scope.Roles.Contains)))
            mistakes.Add(PolicyRules.NeverApplies, place.Line, place.Column, $"{string.Join(" and ", scope.Apps.Select(app => $"`{app}`"))} has none of the roles {string.Join(", ", scope.Roles)}.");
    }

    private static IReadOnlyCollection<string>? RolesOf(string app, Policy policy, ReferenceData reference)
    {
        var entries = policy.Apps.Where(entry => entry.Roles.Count > 0 && Patterns.Exactness(entry.Apps, app) >= 0).ToArray();
        if (entries.Length > 0) return [.. entries.SelectMany(entry => entry.Roles), .. entries.Any(entry => entry.Signer is not null) ? reference.AppRoles.RolesOf(app, null) : []];
        var shipped = reference.AppRoles.RolesOf(app, null);
        return shipped is [AppRoles.Unknown] ? null : shipped;
    }
}
