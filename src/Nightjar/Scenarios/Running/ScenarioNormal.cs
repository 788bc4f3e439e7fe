using System.Text;
using Nightjar.Analytics.InForce;
using Nightjar.Events;
using Nightjar.Knowledge;
using Nightjar.Vetting;

namespace Nightjar.Scenarios.Running;

/// <summary>What the scenario that runs now says is normal and expected. Analytics are compiled once and asked about one scenario after the other.</summary>
internal sealed class ScenarioNormal(SymbolTable symbols, ReferenceData reference) : INormal, IReviews, IAppPolicy
{
    private VettedPackages? _packages;

    /// <summary>The scenario that runs; null: nothing is normal.</summary>
    public Scenario? Current
    {
        get;
        set
        {
            field = value;
            _packages = value is null ? null : new VettedPackages(value.Reviewed.Select(item => Package(item.Key, item.Value)), symbols);
        }
    }

    public bool HasBaselines => true;

    public bool HasPackages => true;

    public IReviews Reviews => this;

    public Tri HasBeenTo(in EventHeader who, Symbol host)
    {
        if (Current is null || !Current.Baseline.TryGetValue(symbols.Text(who.App), out var hosts)) return Tri.Unknown;
        var domain = Domain(symbols.Text(host));
        return TriLogic.Of(hosts.Any(known => string.Equals(Domain(known), domain, StringComparison.OrdinalIgnoreCase)));
    }

    public Tri HasUsed(in EventHeader who, Symbol serviceClass)
    {
        if (Current is null || !Current.Baseline.TryGetValue(symbols.Text(who.App), out var hosts)) return Tri.Unknown;
        var name = symbols.Text(serviceClass);
        return TriLogic.Of(hosts.Any(known => reference.ServiceClasses.ClassOf(known)?.Name == name));
    }

    // The next scenario says something else.
    public bool IsFixed => false;

    public IReadOnlyCollection<string>? RolesOf(string app, string? signer) => null;

    public bool Permits(string app, string? signer, IReadOnlyCollection<string> roles, string host, string? serviceClass) =>
        Current is not null && Current.Permitted.TryGetValue(app, out var hosts) && hosts.Any(known => host == known || host.EndsWith("." + known, StringComparison.Ordinal));

    public Tri IsApproved(string app, string? signer) =>
        Current is not null && Current.Approved.TryGetValue(app, out var said) ? TriLogic.Of(said[0] == "yes") : Tri.Unknown;

    public Tri Holds(InstalledApp app, Symbol sha256) => _packages?.Holds(app, sha256) ?? Tri.Unknown;

    public ReviewedPackage Compared(InstalledApp app) =>
        _packages?.Compared(app) ?? NothingNormal.Instance.Compared(app);

    // A scenario says what its package holds and of no version, so that it need not tell what is installed.
    private static VettedPackage Package(string app, IReadOnlyList<string> hashes)
    {
        var code = new HashSet<CodeHash>();
        foreach (var text in hashes)
        {
            if (CodeHash.TryParse(Encoding.UTF8.GetBytes(text), out var hash)) code.Add(hash);
        }
        return new VettedPackage { App = app, Version = null, File = "", Code = code };
    }

    private string Domain(string host) => reference.PublicSuffixes.RegistrableDomain(host) ?? host;
}
