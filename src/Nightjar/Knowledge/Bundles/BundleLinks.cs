namespace Nightjar.Knowledge.Bundles;

/// <summary>The relations of a bundle between objects that are there. One that leads nowhere, to another kind of object or in a circle is told and left out.</summary>
internal sealed class BundleLinks
{
    private static readonly (string Kind, AttackKind From, AttackKind To)[] Shapes =
    [
        ("detects", AttackKind.Strategy, AttackKind.Technique), ("mitigates", AttackKind.Mitigation, AttackKind.Technique), ("subtechnique-of", AttackKind.Technique, AttackKind.Technique),
    ];

    private const int MostSteps = 100;
    private readonly BundleContents contents;
    private readonly BundleComplaints complaints;
    private readonly Dictionary<(string Kind, string From), SortedSet<string>> links = [];

    public BundleLinks(BundleContents contents, BundleComplaints complaints)
    {
        (this.contents, this.complaints) = (contents, complaints);
        foreach (var relation in contents.Relations.OrderBy(r => r.Kind, StringComparer.Ordinal).ThenBy(r => r.From, StringComparer.Ordinal).ThenBy(r => r.To, StringComparer.Ordinal))
            if (Fits(relation)) Add(relation.Kind, contents.ByRef[relation.From], contents.ByRef[relation.To]);
        Only("subtechnique-of");
        Only("revoked-by");
    }

    /// <summary>ATT&amp;CK ids of what an object has this relation to, in order.</summary>
    public IReadOnlyList<string> Of(string kind, BundleObject from) => links.TryGetValue((kind, from.Id), out var found) ? [.. found] : [];

    /// <summary>The ATT&amp;CK id of an object; null, and told, when it is not there or of another type.</summary>
    public string? Id(BundleObject of, string stixId, AttackKind kind)
    {
        if (contents.ByRef.TryGetValue(stixId, out var found) && found.Kind == kind) return found.Id;
        complaints.Add(BundleRules.BrokenRelation, $"{of.Id} names '{YamlText.Excerpt(stixId)}', which is no {kind.Word()} of the bundle.");
        return null;
    }

    // Objects of kinds that are not kept may be revoked too; that is no fault.
    private bool Fits(BundleRelation relation)
    {
        var (from, to) = (contents.ByRef.GetValueOrDefault(relation.From), contents.ByRef.GetValueOrDefault(relation.To));
        if (relation.Kind == "revoked-by" && from is null && to is null) return false;
        var fits = from is not null && to is not null
            && (relation.Kind == "revoked-by" ? from.Kind == to.Kind : Shapes.Contains((relation.Kind, from.Kind, to.Kind)));
        if (!fits) complaints.Add(BundleRules.BrokenRelation, $"'{YamlText.Excerpt(relation.From)}' {relation.Kind} '{YamlText.Excerpt(relation.To)}': one of them is not there or of another kind.");
        return fits;
    }

    private void Add(string kind, BundleObject from, BundleObject to)
    {
        if (!links.TryGetValue((kind, from.Id), out var found)) links.Add((kind, from.Id), found = new SortedSet<string>(StringComparer.Ordinal));
        found.Add(to.Id);
    }

    // A technique has one parent, and one that took its place; following them must come to an end.
    private void Only(string kind)
    {
        foreach (var (key, targets) in links.Where(link => link.Key.Kind == kind).OrderBy(link => link.Key.From, StringComparer.Ordinal).ToList())
        {
            if (targets.Count > 1)
            {
                complaints.Add(BundleRules.BrokenRelation, $"{key.From} is {kind} more than one object: {string.Join(", ", targets.Take(5))}.");
                links[key] = new SortedSet<string>(StringComparer.Ordinal) { targets.Min! };
            }
            if (!LeadsBack(kind, key.From)) continue;
            complaints.Add(BundleRules.BrokenRelation, $"{key.From} is {kind} itself or without end, by way of {links[key].Min}.");
            links.Remove(key);
        }
    }

    // ATT&CK goes one step, seldom two; whoever goes further than this goes in a circle or means harm.
    private bool LeadsBack(string kind, string start)
    {
        var at = start;
        for (var steps = 0; links.TryGetValue((kind, at), out var next); steps++)
        {
            at = next.Min!;
            if (at == start || steps == MostSteps) return true;
        }
        return false;
    }
}
