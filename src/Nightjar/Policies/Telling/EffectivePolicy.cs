using Nightjar.Analytics;
using Nightjar.Events;
using Nightjar.Knowledge;

namespace Nightjar.Policies.Telling;

/// <summary>Whom is asked about: a device and an app, with what would be known of them.</summary>
/// <param name="Device">The device.</param>
/// <param name="App">Package name or bundle id; empty for the device as a whole.</param>
/// <param name="Signer">SHA-256 of the app's signer; null when not known.</param>
/// <param name="Category">The app's store category; null when not known.</param>
public sealed record PolicyQuestion(DeviceFacts Device, string App, string? Signer = null, string? Category = null);

/// <summary>What a policy comes to for one device and app.</summary>
public sealed record EffectivePolicy
{
    /// <summary>The groups of the policy that the device is in.</summary>
    public required IReadOnlyList<string> Groups { get; init; }

    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>Who says so: a place in the policy, the shipped list, the store category, or nobody.</summary>
    public required string RolesFrom { get; init; }

    public required Tri IsApproved { get; init; }

    public required Tri IsManaged { get; init; }

    /// <summary>The allowances for it, in the order of the file.</summary>
    public required IReadOnlyList<Allowance> Allowances { get; init; }

    /// <summary>Service classes that its roles bring by themselves.</summary>
    public required IReadOnlyList<string> ExpectedClasses { get; init; }

    /// <summary>The value of every tunable of every analytic for the device's platform, all where that is not known.</summary>
    public required IReadOnlyList<EffectiveValue> Values { get; init; }

    /// <summary>The exceptions that may cover what it does, in order of id.</summary>
    public required IReadOnlyList<ExceptionEntry> Exceptions { get; init; }

    /// <summary>Works it out.</summary>
    /// <param name="bound">The policy, joined to the analytics.</param>
    /// <param name="analytics">The analytics, with their defaults.</param>
    /// <param name="reference">The shipped list of roles.</param>
    /// <param name="who">Whom it is asked for.</param>
    public static EffectivePolicy Of(BoundPolicy bound, IReadOnlyList<Analytic> analytics, ReferenceData reference, PolicyQuestion who)
    {
        ArgumentNullException.ThrowIfNull(bound);
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(who);
        var groups = new Membership(bound.Policy).Of(who.Device);
        var book = new AppBook(bound.Policy, groups);
        IReadOnlyCollection<string> roles = who.App.Length == 0 ? [] : book.RolesOf(who.App, who.Signer) ?? reference.AppRoles.RolesOf(who.App, who.Category);
        var resolution = new Resolution(bound);
        return new EffectivePolicy
        {
            Groups = groups,
            Roles = [.. roles.Order(StringComparer.Ordinal)],
            RolesFrom = RolesFromOf(book, reference, who),
            IsApproved = book.IsApproved(who.App, who.Signer),
            IsManaged = book.IsManaged(who.App, who.Signer),
            Allowances = [.. book.AllowancesOf(who.App, roles).Select(item => item.Entry)],
            ExpectedClasses = [.. roles.SelectMany(role => reference.AppRoles.Find(role)?.Expects ?? []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            Values = [.. analytics.Where(item => who.Device.Platform == Platform.Unknown || item.Platforms.Contains(who.Device.Platform)).SelectMany(item => ValuesOf(item, resolution, who.App, roles, groups))],
            Exceptions = [.. new ExceptionBook(bound.Policy).For(new CoveredApp(who.Device.Uid, groups, who.App, who.Signer))],
        };
    }

    private static IEnumerable<EffectiveValue> ValuesOf(Analytic analytic, Resolution resolution, string app, IReadOnlyCollection<string> roles, IReadOnlyList<string> groups)
    {
        var winners = resolution.Of(analytic.Uid, app, roles, groups);
        foreach (var tunable in analytic.Tunables)
        {
            var winner = winners.FirstOrDefault(item => item.Tunable == tunable.Name);
            yield return new EffectiveValue(analytic.Uid, tunable.Name, (winner?.Value ?? tunable.Default).ToString(), winner?.Origin ?? "default", tunable.Default.ToString());
        }
    }

    private static string RolesFromOf(AppBook book, ReferenceData reference, PolicyQuestion who)
    {
        if (who.App.Length == 0) return "no app is asked about";
        if (book.EntriesOf(who.App).FirstOrDefault(entry => entry.Roles.Count > 0 && AppBook.IsSigned(entry, who.Signer) == Tri.True) is { } entry) return entry.Place.ToString();
        if (reference.AppRoles.RolesOf(who.App, null) is not [AppRoles.Unknown]) return "the list that comes with Nightjar";
        return who.Category is not null && reference.AppRoles.RolesOf(who.App, who.Category) is not [AppRoles.Unknown] ? "the store category" : "nobody wrote one down";
    }
}

/// <summary>The value of a tunable as it would be in force.</summary>
/// <param name="Analytic">Uid of the analytic.</param>
/// <param name="Tunable">Its name.</param>
/// <param name="Value">The value.</param>
/// <param name="Origin"><c>default</c>, or the entry that sets it.</param>
/// <param name="Default">The value if nobody sets it.</param>
public sealed record EffectiveValue(string Analytic, string Tunable, string Value, string Origin, string Default);
