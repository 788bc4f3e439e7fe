using Nightjar.Events;
using Nightjar.Policies;
using Nightjar.Policies.Reading;
using Nightjar.Sinks;

namespace Nightjar.Cli.Terminal;

/// <summary>Says what stands in a policy, and which of its entries wins.</summary>
internal static class PolicyText
{
    public static void Write(Policy policy, TextWriter to)
    {
        to.WriteLine($"{VisibleText.Of(policy.Name)}  ({VisibleText.Of(policy.File)}, SHA-256 {policy.Sha256[..16]}…)");
        List(to, "Groups", policy.Groups.Select(item => $"{item.Name}: {Joined(("devices", item.Devices), ("platforms", [.. item.Platforms.Select(platform => platform.Name())]), ("telemetry groups", item.TelemetryGroups), ("managed", Flag(item.IsManaged)))}"));
        List(to, "Apps", policy.Apps.Select(item => $"{string.Join(", ", item.Apps)}: {Joined(("roles", item.Roles), ("approved", Flag(item.IsApproved)), ("managed", Flag(item.IsManaged)), ("signer", item.Signer is null ? [] : [item.Signer]))}"));
        if (policy.Unlisted is { IsApproved: not null } or { IsManaged: not null })
            List(to, "All other apps", [Joined(("approved", Flag(policy.Unlisted.IsApproved)), ("managed", Flag(policy.Unlisted.IsManaged)))]);
        List(to, "May go to", policy.Allowances.Select(item => $"{item.Scope}: {Joined(("service classes", item.ServiceClasses), ("destinations", item.Destinations))}"));
        List(to, "Values", policy.Tunables.SelectMany(entry => entry.Values.Select(value =>
            $"{(entry.Analytics.Count == 0 ? "all analytics" : string.Join(", ", entry.Analytics))}, {entry.Scope}: {value.Name} = {string.Join(", ", value.Texts)}")));
        List(to, "Baseline", policy.BaselineTexts.Select(item => $"{item.Key} = {item.Value}"));
        List(to, "Exceptions", policy.Exceptions.Select(Exception));
        List(to, "Of several entries the most specific wins; from the most specific down, an entry that states", Precedence.Table.Select(row => row.States));
        List(to, "Between equals", Precedence.Ties);
    }

    /// <summary>An exception in a line.</summary>
    public static string Exception(ExceptionEntry item) =>
        $"{item.Id}: {Joined(("analytics", item.Analytics.Count == 0 ? ["all"] : item.Analytics), ("for", item.Scope.IsEverything ? [] : [item.Scope.ToString()]), ("devices", item.Devices), ("destinations", item.Destinations), ("paths", item.Paths))}"
        + $"; until {DateText.Day(item.Expires)}, {item.Owner}: {item.Reason}";

    public static void List(TextWriter to, string title, IEnumerable<string> items)
    {
        string[] all = [.. items];
        if (all.Length == 0) return;
        to.WriteLine($"\n{title}");
        foreach (var item in all) to.WriteLine($"  - {VisibleText.Of(item)}");
    }

    private static string Joined(params ReadOnlySpan<(string Name, IReadOnlyList<string> Items)> parts)
    {
        var texts = new List<string>();
        foreach (var (name, items) in parts)
        {
            if (items.Count > 0) texts.Add($"{name} {string.Join(", ", items)}");
        }
        return string.Join("; ", texts);
    }

    private static IReadOnlyList<string> Flag(bool? value) => value switch { true => ["yes"], false => ["no"], _ => [] };
}
