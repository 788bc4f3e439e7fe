using Nightjar.Analytics;
using Nightjar.Events;
using Nightjar.Policies.Reading;

namespace Nightjar.Policies.Telling;

/// <summary>What became of an entry.</summary>
public enum PolicyChangeKind
{
    Added,
    Removed,
    Changed,
}

/// <summary>One difference between two policies.</summary>
/// <param name="Kind">What became of it.</param>
/// <param name="What">The entry: <c>exception sync-2026</c>, <c>group lab</c>.</param>
/// <param name="Text">What it was and is, in words.</param>
public sealed record PolicyChange(PolicyChangeKind Kind, string What, string Text);

/// <summary>Says in words what one policy says and another does not. Where entries stand, and in which order, makes no difference.</summary>
public static class PolicyDiff
{
    private const string Part = "; ";

    /// <summary>The changes, in order of what they are about.</summary>
    /// <param name="before">The old policy, joined to the analytics.</param>
    /// <param name="after">The new one.</param>
    /// <param name="analytics">The analytics, with their defaults.</param>
    public static IReadOnlyList<PolicyChange> Between(BoundPolicy before, BoundPolicy after, IReadOnlyList<Analytic> analytics)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var (a, b) = (before.Policy, after.Policy);
        return
        [
            .. Compare("group", a.Groups.Select(Of), b.Groups.Select(Of)),
            .. Compare("app", a.Apps.SelectMany(Of), b.Apps.SelectMany(Of)),
            .. Compare("unlisted apps", Of(a.Unlisted), Of(b.Unlisted)),
            .. Compare("allowance for", a.Allowances.SelectMany(Of), b.Allowances.SelectMany(Of)),
            .. Values(before, after, analytics),
            .. Compare("baseline", BaselineKey.All.Select(key => (key.Key, key.Text(a.Baseline))), BaselineKey.All.Select(key => (key.Key, key.Text(b.Baseline)))),
            .. Compare("exception", a.Exceptions.Select(Of), b.Exceptions.Select(Of)),
        ];
    }

    private static IEnumerable<PolicyChange> Compare(string what, IEnumerable<(string Key, string Text)> before, IEnumerable<(string Key, string Text)> after)
    {
        var (old, now) = (Gather(before), Gather(after));
        foreach (var key in old.Keys.Union(now.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var name = $"{what} {key}".TrimEnd();
            if (!old.TryGetValue(key, out var was)) yield return new PolicyChange(PolicyChangeKind.Added, name, now[key]);
            else if (!now.TryGetValue(key, out var isNow)) yield return new PolicyChange(PolicyChangeKind.Removed, name, was);
            else if (was != isNow) yield return new PolicyChange(PolicyChangeKind.Changed, name, $"{Without(was, isNow)} → {Without(isNow, was)}");
        }
    }

    // Of what changed, only the parts that did.
    private static string Without(string text, string other)
    {
        string[] rest = [.. text.Split(Part).Except(other.Split(Part), StringComparer.Ordinal)];
        return rest.Length == 0 ? "nothing" : string.Join(Part, rest);
    }

    // Several entries of one key are one text, whatever their order.
    private static Dictionary<string, string> Gather(IEnumerable<(string Key, string Text)> items) =>
        items.GroupBy(item => item.Key, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => string.Join(Part, group.Select(item => item.Text).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)), StringComparer.Ordinal);

    private static (string, string) Of(DeviceGroup group) => (group.Name, Words(
        ("devices", group.Devices), ("platforms", [.. group.Platforms.Select(platform => platform.Name())]), ("telemetry groups", group.TelemetryGroups), ("managed", Flag(group.IsManaged))));

    private static IEnumerable<(string, string)> Of(AppEntry entry) => entry.Apps.Select(app => (app, Words(
        ("roles", entry.Roles), ("approved", Flag(entry.IsApproved)), ("managed", Flag(entry.IsManaged)), ("signer", entry.Signer is null ? [] : [entry.Signer]))));

    private static IEnumerable<(string, string)> Of(UnlistedApps unlisted)
    {
        if (unlisted.IsApproved is not null || unlisted.IsManaged is not null) yield return ("", Words(("approved", Flag(unlisted.IsApproved)), ("managed", Flag(unlisted.IsManaged))));
    }

    private static IEnumerable<(string, string)> Of(Allowance item) =>
        item.ServiceClasses.Select(name => $"service class {name}").Concat(item.Destinations.Select(name => $"destination {name}")).Select(what => ($"{item.Scope}: {what}", "allowed"));

    private static (string, string) Of(ExceptionEntry item) => (item.Id, Words(
        ("analytics", item.Analytics.Count == 0 ? ["all"] : item.Analytics), ("for", item.Scope.IsEverything ? [] : [item.Scope.ToString()]), ("signer", item.Signer is null ? [] : [item.Signer]),
        ("devices", item.Devices), ("destinations", item.Destinations), ("paths", item.Paths), ("expires", [DateText.Day(item.Expires)]), ("owner", [item.Owner]), ("reason", [item.Reason])));

    private static string Words(params ReadOnlySpan<(string Name, IReadOnlyList<string> Items)> parts)
    {
        var texts = new List<string>();
        foreach (var (name, items) in parts)
        {
            if (items.Count > 0) texts.Add($"{name} {string.Join(", ", items)}");
        }
        return string.Join(Part, texts);
    }

    private static IReadOnlyList<string> Flag(bool? value) => value switch { true => ["yes"], false => ["no"], _ => [] };

    // What counts is what is in force before and after, not who says it.
    private static IEnumerable<PolicyChange> Values(BoundPolicy before, BoundPolicy after, IReadOnlyList<Analytic> analytics)
    {
        var (old, now) = (new Resolution(before), new Resolution(after));
        var places = before.Settings.Concat(after.Settings).GroupBy(item => (item.Analytic, item.Tunable, For: item.Entry.Scope.ToString()))
            .OrderBy(group => group.Key.Analytic, StringComparer.Ordinal).ThenBy(group => group.Key.Tunable, StringComparer.Ordinal).ThenBy(group => group.Key.For, StringComparer.Ordinal);
        foreach (var place in places)
        {
            var scope = place.First().Entry.Scope;
            var unset = analytics.First(item => item.Uid == place.Key.Analytic).Tunables.First(item => item.Name == place.Key.Tunable).Default;
            var was = Told(old, place.Key.Analytic, place.Key.Tunable, scope) ?? $"{unset} (default)";
            var isNow = Told(now, place.Key.Analytic, place.Key.Tunable, scope) ?? $"{unset} (default)";
            if (was == isNow) continue;
            var (wasStated, isStated) = (States(before, place.Key), States(after, place.Key));
            var kind = wasStated && isStated ? PolicyChangeKind.Changed : isStated ? PolicyChangeKind.Added : PolicyChangeKind.Removed;
            yield return new PolicyChange(kind, $"{place.Key.Analytic} {place.Key.Tunable} for {scope}", $"{was} → {isNow}");
        }
    }

    private static bool States(BoundPolicy policy, (string Analytic, string Tunable, string For) key) =>
        policy.Settings.Any(item => item.Analytic == key.Analytic && item.Tunable == key.Tunable && item.Entry.Scope.ToString() == key.For);

    private static string? Told(Resolution resolution, string analytic, string tunable, PolicyScope scope) =>
        resolution.Of(analytic, scope.Apps.Count > 0 ? scope.Apps[0] : "", scope.Roles, scope.Groups).FirstOrDefault(item => item.Tunable == tunable)?.Value.ToString();
}
