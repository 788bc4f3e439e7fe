using Nightjar.Analytics.InForce;
using Nightjar.Analytics.Tuning;
using Nightjar.Events;
using Nightjar.Knowledge;

namespace Nightjar.Policies;

/// <summary>What a policy says of apps, on devices of some groups. Of several entries that name an app the most exact one that states a thing decides it.</summary>
/// <remarks>An entry with a signer holds only for an app of which telemetry told this signer: a package name is anybody's.</remarks>
internal sealed class AppBook : IAppPolicy
{
    private readonly Policy _policy;
    private readonly Dictionary<string, List<AppEntry>> _byName = new(StringComparer.Ordinal);
    private readonly List<AppEntry> _patterns;
    private readonly (Allowance Entry, Func<string, bool> Hosts)[] _allowances;

    /// <param name="policy">The policy.</param>
    /// <param name="groups">The groups of the device that is asked about; allowances for other groups do not count.</param>
    public AppBook(Policy policy, IReadOnlyCollection<string> groups)
    {
        _policy = policy;
        foreach (var entry in policy.Apps)
        {
            foreach (var app in entry.Apps.Where(app => !Patterns.IsPattern(app)))
            {
                if (!_byName.TryGetValue(app, out var list)) _byName[app] = list = [];
                list.Add(entry);
            }
        }
        _patterns = [.. policy.Apps.Where(entry => entry.Apps.Any(Patterns.IsPattern))];
        _allowances =
        [
            .. policy.Allowances.Where(item => item.Scope.Groups.Count == 0 || item.Scope.Groups.Any(groups.Contains))
                .Select(item => (item, Patterns.Of(TunableKind.Hosts, item.Destinations))),
        ];
    }

    public bool IsFixed => true;

    public IReadOnlyCollection<string>? RolesOf(string app, string? signer) =>
        EntriesOf(app).FirstOrDefault(entry => entry.Roles.Count > 0 && IsSigned(entry, signer) == Tri.True)?.Roles;

    public bool Permits(string app, string? signer, IReadOnlyCollection<string> roles, string host, string? serviceClass) =>
        Permitting(app, roles, host, serviceClass).Any();

    /// <summary>The allowances that let an app talk to a host.</summary>
    public IEnumerable<Allowance> Permitting(string app, IReadOnlyCollection<string> roles, string host, string? serviceClass) =>
        AllowancesOf(app, roles).Where(item => serviceClass is not null && item.Entry.ServiceClasses.Contains(serviceClass) || item.Hosts(host)).Select(item => item.Entry);

    /// <summary>The allowances for an app, in the order of the file.</summary>
    public IEnumerable<(Allowance Entry, Func<string, bool> Hosts)> AllowancesOf(string app, IReadOnlyCollection<string> roles) =>
        _allowances.Where(item => IsFor(item.Entry.Scope, app, roles));

    /// <summary>Whether an entry is for an app, whatever the device.</summary>
    public static bool IsFor(PolicyScope scope, string app, IReadOnlyCollection<string> roles) =>
        (scope.Apps.Count == 0 || app.Length > 0 && Patterns.Exactness(scope.Apps, app) >= 0) && (scope.Roles.Count == 0 || scope.Roles.Any(roles.Contains));

    public Tri IsApproved(string app, string? signer)
    {
        if (app.Length == 0) return Tri.Unknown;
        AppEntry[] entries = [.. EntriesOf(app)];
        if (entries.Length == 0) return Of(_policy.Unlisted.IsApproved);
        foreach (var entry in entries.Where(entry => entry.IsApproved is not null))
        {
            var signed = IsSigned(entry, signer);
            if (signed == Tri.Unknown) return Tri.Unknown;
            // Another's app under this name is not the one that was approved.
            return signed == Tri.False ? Tri.False : Of(entry.IsApproved);
        }
        return Tri.Unknown;
    }

    /// <summary>Whether the policy says that an app is managed; unknown where it does not.</summary>
    public Tri IsManaged(string app, string? signer)
    {
        if (app.Length == 0) return Tri.Unknown;
        AppEntry[] entries = [.. EntriesOf(app)];
        if (entries.Length == 0) return Of(_policy.Unlisted.IsManaged);
        return Of(Array.Find(entries, entry => entry.IsManaged is not null && IsSigned(entry, signer) == Tri.True)?.IsManaged);
    }

    /// <summary>The entries that name an app, the most exact first, of equally exact ones the later.</summary>
    public IEnumerable<AppEntry> EntriesOf(string app) =>
        _byName.GetValueOrDefault(app, []).Concat(_patterns).Distinct()
            .Select(entry => (Entry: entry, Exactness: Patterns.Exactness(entry.Apps, app))).Where(item => item.Exactness >= 0)
            .OrderByDescending(item => item.Exactness).ThenByDescending(item => item.Entry.Place.Line).ThenByDescending(item => item.Entry.Place.Column)
            .Select(item => item.Entry);

    /// <summary>Whether an app has the signer that an entry asks for; unknown when nothing told.</summary>
    public static Tri IsSigned(AppEntry entry, string? signer) => IsSigned(entry.Signer, signer);

    /// <summary>Whether a signer is the one that is asked for; unknown when nothing told of it.</summary>
    public static Tri IsSigned(string? wanted, string? told) =>
        wanted is null ? Tri.True : told is null ? Tri.Unknown : TriLogic.Of(SignerText.Normal(told) == wanted);

    private static Tri Of(bool? stated) => stated is { } value ? TriLogic.Of(value) : Tri.Unknown;
}
