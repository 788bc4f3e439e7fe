using System.Collections.Frozen;
using Nightjar.Events;
using Nightjar.Knowledge;

namespace Nightjar.Vetting;

/// <summary>The reviewed packages of a run. Immutable; may be asked by several threads.</summary>
/// <remarks>
/// A package is compared only when it can be the installed one: the same app, no other signer, and the same version. Where the installed
/// version is unknown, code that a reviewed package of the app holds was still reviewed; that it is absent proves nothing.
/// </remarks>
public sealed class VettedPackages : IReviews
{
    private readonly SymbolTable _symbols;
    private readonly FrozenDictionary<Symbol, VettedPackage[]> _byApp;

    /// <param name="packages">The packages.</param>
    /// <param name="symbols">The table of the events.</param>
    public VettedPackages(IEnumerable<VettedPackage> packages, SymbolTable symbols)
    {
        _symbols = symbols;
        All = [.. packages.OrderBy(package => package.App, StringComparer.Ordinal).ThenBy(package => package.Version, StringComparer.Ordinal).ThenBy(package => package.File, StringComparer.Ordinal)];
        // Most runs have none, and each start would pay for the grouping.
        _byApp = All.Count == 0 ? FrozenDictionary<Symbol, VettedPackage[]>.Empty : All.GroupBy(package => symbols.Intern(package.App)).ToFrozenDictionary(group => group.Key, group => group.ToArray());
    }

    /// <summary>All of them, by app, version and file.</summary>
    public IReadOnlyList<VettedPackage> All { get; }

    public bool HasPackages => All.Count > 0;

    /// <summary>Manifests that speak of the same app, version and signer.</summary>
    public IEnumerable<Diagnostic> Contradictions() => All.Count < 2 ? [] :
        from package in All
        group package by (package.App, package.Version, string.Join(',', package.Signers.Order(StringComparer.Ordinal))) into same
        from later in same.Skip(1)
        select VettingRules.Contradiction.At(later.File, 0, 0, $"{later.App} {later.Version} is also in {same.First().File}.");

    public Tri Holds(InstalledApp app, Symbol sha256)
    {
        // Asked for every written file that has a hash; most runs have no packages.
        if (!HasPackages || !CodeHash.TryParse(_symbols.Utf8(sha256), out var hash)) return Tri.Unknown;
        var candidates = Candidates(app);
        if (candidates.Any(package => package.Code.Contains(hash))) return Tri.True;
        return candidates.Any(package => package.Version is null || !app.Version.IsNone) ? Tri.False : Tri.Unknown;
    }

    public ReviewedPackage Compared(InstalledApp app)
    {
        if (!HasPackages) return NothingNormal.Instance.Compared(app);
        if (!_byApp.TryGetValue(app.App, out var packages)) return new(null, "no package of this app was reviewed");
        var candidates = Candidates(app);
        if (candidates.Length > 0) return new(string.Join(", ", candidates.Select(package => package.Name)), Basis(app, candidates));
        var others = Array.FindAll(packages, package => CanBe(package, app));
        if (others.Length == 0) return new(null, "the reviewed package has another signer or is for another platform");
        return new(null, $"version {_symbols.Text(app.Version)} was not reviewed; {string.Join(", ", others.Select(package => package.Version).Distinct())} was");
    }

    private static string Basis(InstalledApp app, VettedPackage[] candidates)
    {
        if (candidates.All(package => package.Version is null)) return "manifest";
        return app.Version.IsNone ? "manifest; which version is installed is unknown" : "manifest of the installed version";
    }

    private VettedPackage[] Candidates(InstalledApp app)
    {
        if (!_byApp.TryGetValue(app.App, out var packages)) return [];
        var version = _symbols.Text(app.Version);
        return Array.FindAll(packages, package => CanBe(package, app) && (app.Version.IsNone || package.IsVersion(version)));
    }

    private bool CanBe(VettedPackage package, InstalledApp app) =>
        !IsSignedByOther(package, app.Signer) && (package.Platform == Platform.Unknown || app.Platform == Platform.Unknown || (package.Platform == Platform.Android) == (app.Platform == Platform.Android));

    private bool IsSignedByOther(VettedPackage package, Symbol signer) =>
        package.Signers.Count > 0 && SignerText.Normal(_symbols.Text(signer)) is { } known && !package.Signers.Contains(known, StringComparer.Ordinal);
}
