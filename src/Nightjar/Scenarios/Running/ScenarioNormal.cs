using Nightjar.Events;
using Nightjar.Knowledge;

namespace Nightjar.Scenarios.Running;

/// <summary>What the scenario that runs now says is normal. Analytics are compiled once and asked about one scenario after the other.</summary>
internal sealed class ScenarioNormal(SymbolTable symbols, ReferenceData reference) : INormal
{
    /// <summary>The scenario that runs; null: nothing is normal.</summary>
    public Scenario? Current { get; set; }

    public Tri HasBeenTo(Symbol app, Symbol host)
    {
        if (Current is null || !Current.Baseline.TryGetValue(symbols.Text(app), out var hosts)) return Tri.Unknown;
        var domain = Domain(symbols.Text(host));
        return TriLogic.Of(hosts.Any(known => string.Equals(Domain(known), domain, StringComparison.OrdinalIgnoreCase)));
    }

    public Tri HasUsed(Symbol app, string serviceClass)
    {
        if (Current is null || !Current.Baseline.TryGetValue(symbols.Text(app), out var hosts)) return Tri.Unknown;
        return TriLogic.Of(hosts.Any(known => reference.ServiceClasses.ClassOf(known)?.Name == serviceClass));
    }

    public Tri WasReviewed(Symbol app, Symbol sha256)
    {
        if (Current is null || !Current.Reviewed.TryGetValue(symbols.Text(app), out var hashes)) return Tri.Unknown;
        return TriLogic.Of(hashes.Contains(symbols.Text(sha256), StringComparer.OrdinalIgnoreCase));
    }

    private string Domain(string host) => reference.PublicSuffixes.RegistrableDomain(host) ?? host;
}
