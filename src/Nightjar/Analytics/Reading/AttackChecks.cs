using Nightjar.Knowledge;
using Nightjar.Knowledge.Releases;

namespace Nightjar.Analytics.Reading;

/// <summary>Compares an analytic with the ATT&amp;CK release that it names, and with the newest at hand.</summary>
internal sealed class AttackChecks
{
    private readonly Analytic analytic;
    private readonly AttackCatalog catalog;
    private readonly ReferenceData reference;
    private readonly YamlMap body;
    private readonly Mistakes mistakes;

    private AttackChecks(Analytic analytic, AttackCatalog catalog, ReferenceData reference, YamlMap body, Mistakes mistakes) =>
        (this.analytic, this.catalog, this.reference, this.body, this.mistakes) = (analytic, catalog, reference, body, mistakes);

    public static void Check(Analytic analytic, YamlMap body, ReferenceData reference, Mistakes mistakes)
    {
        var release = analytic.Attack.Release;
        if (release.Length == 0) return;
        if (reference.AttackReleases.Find(release) is { } catalog) new AttackChecks(analytic, catalog, reference, body, mistakes).CheckAll();
        else mistakes.Add(Rules.OtherRelease, body.At("attack", "release"), $"Release `{release}` is not at hand; {string.Join(", ", reference.AttackReleases.Names)} {(reference.AttackReleases.Names.Count == 1 ? "is" : "are")}.");
    }

    /// <summary>The name of a mapping's strategy; null when it has none or one that is not known.</summary>
    public static string? StrategyName(AttackMapping mapping, ReferenceData reference) => mapping.Strategy is { } strategy ? CatalogFor(mapping, reference).Strategy(strategy)?.Name : null;

    /// <summary>The techniques of a mapping with their names and first tactics.</summary>
    public static IReadOnlyList<Technique> Techniques(AttackMapping mapping, ReferenceData reference)
    {
        var catalog = CatalogFor(mapping, reference);
        return [.. mapping.Techniques.Select(catalog.Technique).OfType<AttackTechnique>().Select(technique =>
        {
            var tactic = technique.Tactics.Select(catalog.Find).OfType<AttackTactic>().FirstOrDefault();
            return new Technique(technique.Id, technique.Name, tactic?.Id ?? "", tactic?.Name ?? "");
        })];
    }

    // The names of the newest release serve where the one that is named is not at hand.
    private static AttackCatalog CatalogFor(AttackMapping mapping, ReferenceData reference) => reference.AttackReleases.Find(mapping.Release) ?? reference.Attack;

    private void CheckAll()
    {
        if (analytic.Attack.Strategy is { } strategy) CheckNamed<AttackStrategy>(strategy, "strategy", "detection strategy");
        foreach (var technique in analytic.Attack.Techniques) CheckNamed<AttackTechnique>(technique, "techniques", "technique");
        if (catalog.Analytic(analytic.Uid) is not { } official) return;
        CheckNamed<AttackAnalytic>(official.Id, "release", "analytic");
        CheckRelations(official);
        CheckMutableElements(official);
    }

    private void CheckNamed<T>(string id, string key, string kind) where T : AttackObject
    {
        if (catalog.Find(id) is not T found)
        {
            mistakes.Add(Rules.UnknownAttack, body.At("attack", key), $"`{id}` is no {kind} of ATT&CK {catalog.Release}.", Nearest.Hint(id, catalog.Objects.OfType<T>().Select(item => item.Id)));
        }
        else if (found.Identity.IsRetired) mistakes.Add(Rules.RetiredAttack, body.At("attack", key), $"`{id}` is {found.Status()} in ATT&CK {catalog.Release}{Successor(found)}.");
        else CheckSince(found, key);
    }

    private static string Successor(AttackObject item) => item is AttackTechnique { RevokedBy: { } successor } ? $"; {successor} took its place" : "";

    // The newest release is read only for an analytic that names another.
    private void CheckSince(AttackObject found, string key)
    {
        if (catalog.Release == reference.AttackReleases.Names[^1]) return;
        var difference = new ObjectComparison(reference.AttackAliases).Compare(found, reference.Attack.Find(found.Id));
        if (difference.Changes.Count == 0 || difference.IsTextOnly) return;
        var told = difference.Changes.GroupBy(change => change.What).Select(group => group.ToArray() is [{ Before: { } was, After: { } now }] && group.Key != "channels" ? $"{Word(group.Key)} {was} → {now}" : $"{Word(group.Key)} ({group.Count()})");
        var gone = difference.Changes is [{ What: "object" }];
        mistakes.Add(Rules.ChangedSince, body.At("attack", key), gone ? $"`{found.Id}` is gone from ATT&CK {reference.Attack.Release}." : $"`{found.Id}` differs in ATT&CK {reference.Attack.Release}: {string.Join(", ", told)}.");
    }

    private static string Word(string what) => what.Replace('_', ' ');

    private void CheckRelations(AttackAnalytic official)
    {
        if (analytic.Attack.Strategy is { } strategy && official.Strategy.Length > 0 && strategy != official.Strategy)
            mistakes.Add(Rules.OtherMapping, body.At("attack", "strategy"), $"{official.Id} belongs to {official.Strategy} in ATT&CK {catalog.Release}, not to `{strategy}`.");
        if (official.Techniques.Count > 0 && !official.Techniques.Order(StringComparer.Ordinal).SequenceEqual(analytic.Attack.Techniques.Order(StringComparer.Ordinal)))
            mistakes.Add(Rules.OtherMapping, body.At("attack", "techniques"), $"{official.Id} is for {string.Join(", ", official.Techniques)} in ATT&CK {catalog.Release}, not for {string.Join(", ", analytic.Attack.Techniques.DefaultIfEmpty("none"))}.");
    }

    private void CheckMutableElements(AttackAnalytic official)
    {
        var own = analytic.Tunables.Select(tunable => tunable.Name).ToHashSet(StringComparer.Ordinal);
        var missing = official.MutableElements.Where(name => !own.Contains(name)).ToList();
        if (missing.Count == 0) return;
        var added = own.Where(name => !official.MutableElements.Contains(name)).Order(StringComparer.Ordinal).ToList();
        foreach (var name in missing)
        {
            var other = added.FirstOrDefault(tunable => Meaning(tunable) == Meaning(name)) ?? (Nearest.Some(name, added, 1) is [var near] ? near : null);
            mistakes.Add(Rules.MutableElements, body.At("tunables"), $"ATT&CK names the mutable element `{name}`, which is no tunable here.", other is null ? "" : $"Rename `{other}` if it is that.");
        }
        // A tunable more than ATT&CK has is the author's own; while one is missing, it may have been meant.
        var elsewhere = catalog.Analytics.SelectMany(item => item.MutableElements).ToHashSet(StringComparer.Ordinal);
        foreach (var name in added.Where(elsewhere.Contains))
            mistakes.Add(Rules.ForeignElement, body.At("tunables", name), $"`{name}` is a mutable element of other analytics, not of {official.Id}.");
    }

    private string Meaning(string name) => reference.AttackAliases.Official(name);
}
