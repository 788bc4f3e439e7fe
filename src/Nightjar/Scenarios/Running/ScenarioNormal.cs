using Nightjar.Events;
using Nightjar.Knowledge;

namespace Nightjar.Scenarios.Running;

/// <summary>What the scenario that runs now says is normal. Analytics are compiled once and asked about one scenario after the other.</summary>
internal sealed class ScenarioNormal(SymbolTable symbols, PublicSuffixes suffixes) : INormal
{
    /// <summary>The scenario that runs; null: nothing is normal.</summary>
    public Scenario? Current { get; set; }

    public Tri HasBeenTo(Symbol app, Symbol host)
    {
        if (Current is null || !Current.Baseline.TryGetValue(symbols.Text(app), out var hosts)) return Tri.Unknown;
        var domain = Domain(symbols.Text(host));
        return TriLogic.Of(hosts.Any(known => string.Equals(Domain(known), domain, StringComparison.OrdinalIgnoreCase)));
    }

    public Tri WasReviewed(Symbol app, Symbol sha256)
    {
        if (Current is null || !Current.Reviewed.TryGetValue(symbols.Text(app), out var hashes)) return Tri.Unknown;
        return TriLogic.Of(hashes.Contains(symbols.Text(sha256), StringComparer.OrdinalIgnoreCase));
    }

    private string Domain(string host) => suffixes.RegistrableDomain(host) ?? host;
}
