namespace Nightjar.Policies;

/// <summary>Finds for an analytic and a subject the setting that wins for each tunable, by <see cref="Precedence"/>.</summary>
public sealed class Resolution
{
    private readonly Dictionary<string, PolicySetting[]> _byAnalytic;

    /// <param name="bound">The policy, joined to its analytics.</param>
    public Resolution(BoundPolicy bound)
    {
        ArgumentNullException.ThrowIfNull(bound);
        _byAnalytic = bound.Settings.GroupBy(setting => setting.Analytic, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
    }

    /// <summary>The winning settings of an analytic, in order of tunable.</summary>
    /// <param name="analytic">Its uid.</param>
    /// <param name="app">The app; empty where none is meant.</param>
    /// <param name="roles">Its roles.</param>
    /// <param name="groups">The groups of the device.</param>
    public IReadOnlyList<PolicySetting> Of(string analytic, string app, IReadOnlyCollection<string> roles, IReadOnlyCollection<string> groups)
    {
        if (!_byAnalytic.TryGetValue(analytic, out var settings)) return [];
        var winners = new SortedDictionary<string, PolicySetting>(StringComparer.Ordinal);
        foreach (var setting in settings)
        {
            if (!Applies(setting.Entry.Scope, app, roles, groups)) continue;
            if (!winners.TryGetValue(setting.Tunable, out var held) || Beats(setting, held, app)) winners[setting.Tunable] = setting;
        }
        return [.. winners.Values];
    }

    internal static bool Applies(PolicyScope scope, string app, IReadOnlyCollection<string> roles, IReadOnlyCollection<string> groups) =>
        AppBook.IsFor(scope, app, roles) && (scope.Groups.Count == 0 || scope.Groups.Any(groups.Contains));

    // Settings come in the order of the file, so an equal one is the later.
    private static bool Beats(PolicySetting later, PolicySetting held, string app)
    {
        var order = Precedence.RankOf(later.Entry.Scope).CompareTo(Precedence.RankOf(held.Entry.Scope));
        if (order == 0) order = Patterns.Exactness(later.Entry.Scope.Apps, app).CompareTo(Patterns.Exactness(held.Entry.Scope.Apps, app));
        if (order == 0) order = IsNamed(later).CompareTo(IsNamed(held));
        return order >= 0;
    }

    internal static bool IsNamed(PolicySetting setting) => setting.Entry.Analytics.Count > 0;
}
