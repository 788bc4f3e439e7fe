using Nightjar.Knowledge;
using Nightjar.Knowledge.Releases;

namespace Nightjar.Analytics.Mapping;

/// <summary>What a difference between two releases means for an analytic of ours.</summary>
/// <param name="Analytic">Ours.</param>
/// <param name="Object">The object of ATT&amp;CK that differs.</param>
/// <param name="NeedsWork">True when the analytic does not follow the later release in this.</param>
/// <param name="Meaning">What it means, in a few words.</param>
/// <param name="Subjects">What it is about: names of elements, log sources, ids.</param>
public sealed record AttackConsequence(string Analytic, string Object, bool NeedsWork, string Meaning, IReadOnlyList<string> Subjects);

/// <summary>Says what a new release means for our analytics.</summary>
public static class AttackConsequences
{
    /// <summary>The consequences, by analytic, object and weight: what needs work comes first.</summary>
    public static IReadOnlyList<AttackConsequence> Of(ReleaseDifference difference, IReadOnlyList<Analytic> ours)
    {
        ArgumentNullException.ThrowIfNull(difference);
        ArgumentNullException.ThrowIfNull(ours);
        var differing = difference.Objects.ToDictionary(item => item.Object.Id, StringComparer.Ordinal);
        var uids = ours.Select(analytic => analytic.Uid).ToHashSet(StringComparer.Ordinal);
        return [.. ours.OrderBy(analytic => analytic.Uid, StringComparer.Ordinal)
            .SelectMany(analytic => Named(analytic).Where(differing.ContainsKey).SelectMany(id => Of(new Case(analytic, differing[id], difference.After, uids))))];
    }

    private static IEnumerable<string> Named(Analytic analytic) =>
        new[] { analytic.Uid, analytic.Attack.Strategy ?? "" }.Concat(analytic.Attack.Techniques).Distinct(StringComparer.Ordinal);

    private static IEnumerable<AttackConsequence> Of(Case known) => known.Difference.Changes
        .Select(change => (Judgement: Judge(change, known), Subject: change is { Before: { } was, After: { } now } ? $"{was} → {now}" : change.After ?? change.Before ?? ""))
        .GroupBy(item => item.Judgement)
        .Select(group => new AttackConsequence(known.Analytic.Uid, known.Difference.Object.Id, group.Key.NeedsWork, group.Key.Meaning, [.. group.Select(item => item.Subject)]))
        .OrderBy(consequence => !consequence.NeedsWork).ThenBy(consequence => consequence.Meaning, StringComparer.Ordinal);

    private static Judgement Judge(AttackChange change, Case known) => change switch
    {
        { What: "object", After: null } => new(true, "gone from ATT&CK: name what takes its place"),
        { What: "object" } => new(!known.Follows, "new in ATT&CK"),
        { What: "status", After: "current" } => new(false, "in use again"),
        { What: "status" } => new(true, "no longer in use: name what takes its place"),
        { What: "mutable_element" } => MutableElement(change, known),
        { What: "log_source" } => LogSource(change, known),
        { What: "channels" } => new(!known.Follows, "log sources of which ATT&CK says something else"),
        { What: "analytic", Before: null } => known.Uids.Contains(change.After!) ? new(false, "new analytics of the strategy, which are ours too") : new(true, "new analytics of the strategy, which nobody has written here"),
        { What: "analytic" } => new(false, "analytics that left the strategy"),
        { What: "platform", After: null } => new(true, "no longer for a platform"),
        { What: "version" } => new(!known.Follows, known.Follows ? "another version, which it names already" : "another version: compare it and name the later release"),
        { What: "text" } => new(false, "other words only"),
        { Before: null } => new(false, $"new {Word(change.What)}"),
        { After: null } => new(false, $"{Word(change.What)} that is gone"),
        _ => new(false, $"another {Word(change.What)}"),
    };

    private static Judgement MutableElement(AttackChange change, Case known)
    {
        var (hasOld, hasNew) = (known.HasTunable(change.Before), known.HasTunable(change.After));
        return change switch
        {
            { Before: null } => hasNew ? new(false, "new mutable elements, which are tunables here") : new(true, "new mutable elements without a tunable here"),
            { After: null } => new(false, hasOld ? "mutable elements that are gone; the tunables are our own now" : "mutable elements that are gone"),
            _ => hasNew ? new(false, "mutable elements with another name, which the tunables have") : new(hasOld, "mutable elements with another name: rename the tunables"),
        };
    }

    private static Judgement LogSource(AttackChange change, Case known)
    {
        if (change.After is null) return new(false, "log sources that are gone");
        // Management and state are asked for as context, without a stage: no reproach to an analytic that names the release.
        return known.LooksAt(change.After[..change.After.IndexOf(' ', StringComparison.Ordinal)])
            ? new(false, "new log sources, whose data component a stage looks at") : new(!known.Follows, "new log sources, whose data component no stage looks at");
    }

    private static string Word(string what) => what.Replace('_', ' ');

    private readonly record struct Judgement(bool NeedsWork, string Meaning);

    private sealed record Case(Analytic Analytic, ObjectDifference Difference, string After, HashSet<string> Uids)
    {
        public bool Follows => Analytic.Attack.Release == After;

        public bool HasTunable(string? name) => Analytic.Tunables.Any(tunable => tunable.Name == name);

        public bool LooksAt(string component) => Analytic.StageInfos.Any(stage => AttackContent.Names(stage.Components, component));
    }
}
