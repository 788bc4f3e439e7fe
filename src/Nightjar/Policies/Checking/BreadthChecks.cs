using Nightjar.Knowledge;

namespace Nightjar.Policies.Checking;

/// <summary>Entries that let through more than one party: every app, a whole provider, a public suffix.</summary>
internal sealed class BreadthChecks(Policy policy, ReferenceData reference, AuthorMistakes mistakes)
{
    public void Check()
    {
        foreach (var item in policy.Exceptions) Exception(item);
        foreach (var item in policy.Allowances)
        {
            Apps(item.Scope.Apps, item.Place, "An allowance");
            Hosts(item.Destinations, item.Place, "An allowance");
        }
        foreach (var item in policy.Tunables) Apps(item.Scope.Apps, item.Place, "A value");
        foreach (var item in policy.Apps) Apps(item.Apps, item.Place, "What is said of apps");
    }

    private void Exception(ExceptionEntry item)
    {
        var saysApp = item.Scope.Apps.Count > 0 && !item.Scope.Apps.Contains("*");
        var saysHost = item.Destinations.Count > 0 && !item.Destinations.Contains("*");
        var saysPath = item.Paths.Count > 0 && !item.Paths.Any(path => path is "*" or "/" or "/*");
        if (!saysApp && !saysHost && !saysPath)
        {
            mistakes.Add(PolicyRules.CoversEverything, item.Place.Line, item.Place.Column, $"`{item.Id}` names neither an app nor a destination nor a path.");
            return;
        }
        Apps(item.Scope.Apps, item.Place, $"`{item.Id}`");
        Hosts(item.Destinations, item.Place, $"`{item.Id}`");
        if (item.Paths.Any(path => path is "*" or "/" or "/*")) Tell(item.Place, $"`{item.Id}` covers every path.");
    }

    // com.* is everybody; com.acme.* is somebody.
    private void Apps(IReadOnlyList<string> apps, PolicyPlace place, string who)
    {
        foreach (var app in apps.Where(app => Patterns.IsPattern(app) && app[..app.IndexOf('*', StringComparison.Ordinal)].Count(c => c == '.') < 2))
            Tell(place, $"{who} is for the apps of more than one maker: `{app}`.");
    }

    private void Hosts(IReadOnlyList<string> hosts, PolicyPlace place, string who)
    {
        foreach (var host in hosts)
        {
            var name = host.TrimStart('*').TrimStart('.');
            if (name.Length == 0) Tell(place, $"{who} is for every destination.");
            else if (host[1..].Contains('*', StringComparison.Ordinal)) Tell(place, $"{who} names hosts by `{host}`, which anybody may have registered.");
            else if (reference.PublicSuffixes.IsShared(name)) Tell(place, $"{who} is for `{host}`, below which names belong to others.");
        }
    }

    private void Tell(PolicyPlace place, string reason) => mistakes.Add(PolicyRules.TooBroad, place.Line, place.Column, reason);
}
