using Nightjar.Knowledge;

namespace Nightjar.Analytics.Reading;

/// <summary>Compares an analytic with the ATT&amp;CK release that it names, and takes names from it.</summary>
internal static class AttackChecks
{
    public static void Check(Analytic analytic, YamlMap body, ReferenceData reference, Mistakes mistakes)
    {
        var catalog = reference.Attack;
        if (analytic.Attack.Release.Length == 0) return;
        if (analytic.Attack.Release != catalog.Release)
        {
            mistakes.Add(Rules.OtherRelease, body.At("attack", "release"), $"Release `{analytic.Attack.Release}` is not at hand; {catalog.Release} is.");
            return;
        }
        if (analytic.Attack.Strategy is { } strategy && catalog.Strategy(strategy) is null)
            mistakes.Add(Rules.UnknownAttack, body.At("attack", "strategy"), $"`{strategy}` is no detection strategy of ATT&CK {catalog.Release}.");
        foreach (var technique in analytic.Attack.Techniques.Where(technique => catalog.Technique(technique) is null))
            mistakes.Add(Rules.UnknownAttack, body.At("attack", "techniques"), $"`{technique}` is no technique of ATT&CK {catalog.Release}.");
        if (catalog.Analytic(analytic.Uid) is { } official) CheckMutableElements(analytic, official, body, mistakes);
    }

    /// <summary>The techniques of a mapping with their names and first tactics.</summary>
    public static IReadOnlyList<Technique> Techniques(AttackMapping mapping, AttackCatalog catalog) =>
        [.. mapping.Techniques.Select(catalog.Technique).OfType<AttackTechnique>().Select(technique =>
        {
            var tactic = technique.Tactics.Select(catalog.Find).OfType<AttackTactic>().FirstOrDefault();
            return new Technique(technique.Id, technique.Name, tactic?.Id ?? "", tactic?.Name ?? "");
        })];

    private static void CheckMutableElements(Analytic analytic, AttackAnalytic official, YamlMap body, Mistakes mistakes)
    {
        foreach (var missing in official.MutableElements.Where(name => analytic.Tunables.All(tunable => tunable.Name != name)))
            mistakes.Add(Rules.MutableElements, body.At("tunables"), $"ATT&CK names the mutable element `{missing}`, which is no tunable here.");
    }
}
