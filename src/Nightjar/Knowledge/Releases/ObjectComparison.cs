namespace Nightjar.Knowledge.Releases;

/// <summary>Compares one object with itself in another release.</summary>
internal sealed class ObjectComparison(AttackAliases aliases)
{
    /// <summary>The differences, none when there are none. One of the two may be null, not both.</summary>
    public ObjectDifference Compare(AttackObject? before, AttackObject? after)
    {
        if (before is null) return new ObjectDifference(after!, [new AttackChange("object", null, after!.Identity.Version)]);
        if (after is null) return new ObjectDifference(before, [new AttackChange("object", before.Identity.Version, null)]);
        List<AttackChange> changes = [.. Heads(before, after), .. Set("platform", before.Platforms(), after.Platforms()), .. Own(before, after)];
        if (changes.Count == 0 && before.Identity.Sha256 != after.Identity.Sha256) changes.Add(new AttackChange("text", before.Identity.Modified, after.Identity.Modified));
        return new ObjectDifference(after, changes);
    }

    private static IEnumerable<AttackChange> Heads(AttackObject before, AttackObject after) =>
        [.. One("status", before.Status(), after.Status()), .. One("name", before.Name, after.Name), .. One("version", before.Identity.Version, after.Identity.Version)];

    private IEnumerable<AttackChange> Own(AttackObject before, AttackObject after) => (before, after) switch
    {
        (AttackTactic a, AttackTactic b) => One("shortname", a.ShortName, b.ShortName),
        (AttackTechnique a, AttackTechnique b) => [.. Set("tactic", a.Tactics, b.Tactics), .. One("parent", a.Parent, b.Parent), .. One("successor", a.RevokedBy, b.RevokedBy)],
        (AttackDataComponent a, AttackDataComponent b) => Set("log_source", a.LogSources, b.LogSources),
        (AttackStrategy a, AttackStrategy b) => [.. Set("technique", a.Techniques, b.Techniques), .. Set("analytic", a.Analytics, b.Analytics)],
        (AttackAnalytic a, AttackAnalytic b) =>
            [.. Set("log_source", Sources(a), Sources(b)), .. Channels(a, b), .. Renamed(Set("mutable_element", a.MutableElements, b.MutableElements))],
        (AttackMitigation a, AttackMitigation b) => Set("technique", a.Techniques, b.Techniques),
        _ => [],
    };

    private static IEnumerable<AttackChange> One(string what, string? before, string? after) => before == after ? [] : [new AttackChange(what, before, after)];

    private static IEnumerable<AttackChange> Set(string what, IReadOnlyList<string> before, IReadOnlyList<string> after) =>
        [.. before.Except(after).Select(gone => new AttackChange(what, gone, null)), .. after.Except(before).Select(came => new AttackChange(what, null, came))];

    private static IReadOnlyList<string> Sources(AttackAnalytic analytic) => [.. analytic.LogSources.Select(Text)];

    private static string Text(AttackLogSource source) => $"{source.DataComponent} {source.Name}";

    // Of log sources that both have: what they look for there.
    private static IEnumerable<AttackChange> Channels(AttackAnalytic before, AttackAnalytic after) => before.LogSources.Intersect(after.LogSources)
        .Select(source => (source, was: Marks(before, source), now: Marks(after, source))).Where(pair => pair.was != pair.now)
        .Select(pair => new AttackChange("channels", Text(pair.source) + pair.was, Text(pair.source) + pair.now));

    private static string Marks(AttackAnalytic analytic, AttackLogSource source) =>
        string.Concat(analytic.Channels.Where(channel => channel.Source == source).Select(channel => " " + channel.Mark));

    // One that is gone and one that came, which mean the same, are one with another name.
    private List<AttackChange> Renamed(IEnumerable<AttackChange> changes)
    {
        var left = changes.ToList();
        foreach (var gone in left.Where(change => change.After is null).ToList())
        {
            var came = left.FirstOrDefault(change => change.Before is null && Meaning(change.After!) == Meaning(gone.Before!));
            if (came is null) continue;
            left[left.IndexOf(gone)] = gone with { After = came.After };
            left.Remove(came);
        }
        return left;
    }

    private string Meaning(string name) => string.Concat(aliases.Official(name).Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
