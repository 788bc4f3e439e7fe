using Nightjar.Events;
using Nightjar.Knowledge;

namespace Nightjar.Analytics.Mapping;

/// <summary>What a reader gives under the name of a log source.</summary>
/// <param name="LogSource">ATT&amp;CK's name of it.</param>
/// <param name="Components">The data components that its events fill.</param>
public sealed record SuppliedLogSource(string LogSource, DataComponents Components);

/// <summary>Which log sources of ATT&amp;CK can be read at all.</summary>
/// <param name="supplied">What all readers give.</param>
/// <param name="aliases">By which a misspelt log source is known.</param>
public sealed class LogSourceSupply(IEnumerable<SuppliedLogSource> supplied, AttackAliases aliases)
{
    private readonly Dictionary<string, DataComponents> byName = supplied.GroupBy(item => item.LogSource)
        .ToDictionary(group => group.Key, group => group.Aggregate(DataComponents.None, (all, item) => all | item.Components), StringComparer.Ordinal);

    /// <summary>True when a reader gives this data component under the name of this log source.</summary>
    public bool Gives(AttackLogSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return byName.TryGetValue(aliases.Official(source.Name), out var components) && AttackContent.Names(components, source.DataComponent);
    }

    /// <summary>A note for each log source that ATT&amp;CK's analytic has and no reader gives.</summary>
    /// <param name="analytics">Ours.</param>
    /// <param name="releases">The releases that they name.</param>
    public IReadOnlyList<Diagnostic> Check(IEnumerable<Analytic> analytics, AttackReleases releases) =>
        [.. analytics.SelectMany(analytic => Unread(analytic, releases), (analytic, source) => LogSourceRules.Unread.At(analytic.File, 0, 0,
            $"{analytic.Uid} looks for {source.DataComponent} in `{source.Name}` as ATT&CK {analytic.Attack.Release} has it, which no reader gives."))];

    private IEnumerable<AttackLogSource> Unread(Analytic analytic, AttackReleases releases) =>
        releases.Find(analytic.Attack.Release)?.Analytic(analytic.Uid)?.LogSources.Where(source => !Gives(source)) ?? [];
}
