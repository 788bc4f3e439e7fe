using Nightjar.Events;
using Nightjar.Knowledge;

namespace Nightjar.Analytics.Mapping;

/// <summary>Which of our analytics speak of an object of ATT&amp;CK: coverage by content, which says nothing of telemetry.</summary>
/// <param name="catalog">A release.</param>
/// <param name="ours">Our analytics.</param>
public sealed class AttackContent(AttackCatalog catalog, IReadOnlyList<Analytic> ours)
{
    private readonly HashSet<string> uids = [.. ours.Select(analytic => analytic.Uid)];

    /// <summary>Those of ours that are the analytic, belong to the strategy, name the technique or one of the tactic, or look at the data component, by uid.</summary>
    public IReadOnlyList<Analytic> Naming(AttackObject item) => [.. ours.Where(analytic => item switch
    {
        AttackAnalytic => analytic.Uid == item.Id,
        AttackStrategy => analytic.Attack.Strategy == item.Id,
        AttackTechnique => analytic.Attack.Techniques.Contains(item.Id),
        AttackTactic => analytic.Attack.Techniques.Any(id => catalog.Technique(id)?.Tactics.Contains(item.Id) == true),
        AttackDataComponent => analytic.StageInfos.Any(stage => Names(stage.Components, item.Id)),
        _ => false,
    })];

    /// <summary>The analytics of ATT&amp;CK that an object stands for, by id: a strategy's, those of the strategies that detect a technique, those that use a data component.</summary>
    public IReadOnlyList<AttackAnalytic> Official(AttackObject item) => [.. catalog.Analytics.Where(official => item switch
    {
        AttackAnalytic => official.Id == item.Id,
        AttackStrategy => official.Strategy == item.Id,
        AttackTechnique => official.Techniques.Contains(item.Id),
        AttackTactic => official.Tactics.Contains(item.Id),
        AttackDataComponent => official.DataComponents.Contains(item.Id),
        _ => false,
    })];

    /// <summary>True when one of ours is this analytic of ATT&amp;CK.</summary>
    public bool Has(AttackAnalytic official)
    {
        ArgumentNullException.ThrowIfNull(official);
        return uids.Contains(official.Id);
    }

    /// <summary>True when the set holds the data component with this id.</summary>
    internal static bool Names(DataComponents components, string id) => components.Bits().Any(bit => DataComponentNames.Of(bit).Id == id);
}
