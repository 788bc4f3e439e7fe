namespace Nightjar.Knowledge;

/// <summary>What an object has a relation to, whichever of the two ATT&amp;CK wrote it at.</summary>
/// <param name="Name">For people: "detected by".</param>
/// <param name="Objects">In order of id.</param>
public sealed record AttackRelation(string Name, IReadOnlyList<AttackObject> Objects)
{
    /// <summary>For machines: <c>detected_by</c>.</summary>
    public string Key => Name.Replace(' ', '_').Replace('-', '_');
}

/// <summary>Follows the relations of a catalogue in both directions, one step far.</summary>
public static class AttackRelations
{
    /// <summary>The relations of an object that lead to something.</summary>
    public static IReadOnlyList<AttackRelation> Of(AttackObject item, AttackCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        IEnumerable<AttackRelation> all = item switch
        {
            AttackTactic tactic => OfTactic(tactic, catalog),
            AttackTechnique technique => OfTechnique(technique, catalog),
            AttackDataComponent => [new AttackRelation("used by", [.. catalog.Analytics.Where(analytic => analytic.DataComponents.Contains(item.Id))])],
            AttackStrategy strategy => [Named("detects", strategy.Techniques, catalog), Named("analytics", strategy.Analytics, catalog), Named("data components", Components(strategy, catalog), catalog)],
            AttackAnalytic analytic => [Named("strategy", [analytic.Strategy], catalog), Named("detects", analytic.Techniques, catalog), Named("tactics", analytic.Tactics, catalog), Named("data components", analytic.DataComponents, catalog)],
            AttackMitigation mitigation => [Named("mitigates", mitigation.Techniques, catalog)],
            _ => [],
        };
        return [.. all.Where(relation => relation.Objects.Count > 0)];
    }

    private static IEnumerable<AttackRelation> OfTactic(AttackTactic tactic, AttackCatalog catalog) =>
        [new AttackRelation("techniques", [.. catalog.Techniques.Where(technique => !technique.Identity.IsRetired && technique.Tactics.Contains(tactic.Id))])];

    private static IEnumerable<AttackRelation> OfTechnique(AttackTechnique technique, AttackCatalog catalog)
    {
        var strategies = catalog.Strategies.Where(strategy => strategy.Techniques.Contains(technique.Id)).ToList();
        return
        [
            Named("tactics", technique.Tactics, catalog),
            Named("parent", [technique.Parent ?? ""], catalog),
            new AttackRelation("sub-techniques", [.. catalog.Techniques.Where(other => other.Parent == technique.Id)]),
            Named("revoked by", [technique.RevokedBy ?? ""], catalog),
            new AttackRelation("revokes", [.. catalog.Techniques.Where(other => other.RevokedBy == technique.Id)]),
            new AttackRelation("detected by", strategies),
            Named("analytics", [.. strategies.SelectMany(strategy => strategy.Analytics).Order(StringComparer.Ordinal)], catalog),
            new AttackRelation("mitigated by", [.. catalog.Mitigations.Where(mitigation => mitigation.Techniques.Contains(technique.Id))]),
        ];
    }

    private static IEnumerable<string> Components(AttackStrategy strategy, AttackCatalog catalog) =>
        strategy.Analytics.Select(catalog.Analytic).OfType<AttackAnalytic>().SelectMany(analytic => analytic.DataComponents).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private static AttackRelation Named(string name, IEnumerable<string> ids, AttackCatalog catalog) => new(name, [.. ids.Select(catalog.Find).OfType<AttackObject>()]);
}
