namespace Nightjar.Knowledge.Releases;

/// <summary>One thing that differs between an object of one release and of another.</summary>
/// <param name="What"><c>object</c>, <c>status</c>, <c>name</c>, <c>version</c>, <c>shortname</c>, <c>platform</c>, <c>tactic</c>, <c>technique</c>, <c>analytic</c>,
/// <c>log_source</c>, <c>channels</c>, <c>mutable_element</c>, <c>parent</c>, <c>successor</c>, or <c>text</c>: the object changed, but nothing that a catalogue holds.</param>
/// <param name="Before">What it was; null when it was not there.</param>
/// <param name="After">What it is; null when it is gone.</param>
public sealed record AttackChange(string What, string? Before, string? After);

/// <summary>An object that differs.</summary>
/// <param name="Object">As the later release has it; as the earlier one had it when it is gone.</param>
/// <param name="Changes">At least one; one named <c>object</c> stands alone.</param>
public sealed record ObjectDifference(AttackObject Object, IReadOnlyList<AttackChange> Changes)
{
    /// <summary>True when only words changed that a catalogue does not hold.</summary>
    public bool IsTextOnly => Changes is [{ What: "text" }];

    /// <summary>True when something of this sort changed.</summary>
    public bool Has(string what) => Changes.Any(change => change.What == what);
}

/// <summary>How many objects of a kind differ, and how. An object may count in several columns.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Before">Objects in the earlier release.</param>
/// <param name="After">Objects in the later one.</param>
/// <param name="Added">Only in the later one.</param>
/// <param name="Removed">Only in the earlier one.</param>
/// <param name="Revoked">Revoked since.</param>
/// <param name="Deprecated">Deprecated since.</param>
/// <param name="Renamed">With another name.</param>
/// <param name="Versions">With another version.</param>
/// <param name="Changed">With any difference in what a catalogue holds, beside being added or removed.</param>
/// <param name="TextOnly">With other words only.</param>
public sealed record KindSummary(
    AttackKind Kind, int Before, int After, int Added, int Removed, int Revoked, int Deprecated, int Renamed, int Versions, int Changed, int TextOnly)
{
    /// <summary>Objects of both releases that are the same to the last letter.</summary>
    public int Same => After - Added - Changed - TextOnly;
}

/// <summary>What differs between two releases of ATT&amp;CK, object by object.</summary>
/// <param name="Before">The earlier release.</param>
/// <param name="After">The later release.</param>
/// <param name="Objects">Those that differ, by kind and id.</param>
/// <param name="Summary">A line for each kind.</param>
public sealed record ReleaseDifference(string Before, string After, IReadOnlyList<ObjectDifference> Objects, IReadOnlyList<KindSummary> Summary)
{
    /// <summary>Compares two releases.</summary>
    /// <param name="before">The earlier one.</param>
    /// <param name="after">The later one.</param>
    /// <param name="aliases">By which a new spelling is told from a new element.</param>
    public static ReleaseDifference Between(AttackCatalog before, AttackCatalog after, AttackAliases aliases)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var comparison = new ObjectComparison(aliases);
        var ids = before.Objects.Concat(after.Objects).Select(item => item.Id).Distinct(StringComparer.Ordinal);
        var objects = ids.Select(id => comparison.Compare(before.Find(id), after.Find(id))).Where(difference => difference.Changes.Count > 0)
            .OrderBy(difference => difference.Object.Kind()).ThenBy(difference => difference.Object.Id, StringComparer.Ordinal).ToList();
        return new ReleaseDifference(before.Release, after.Release, objects, [.. Enum.GetValues<AttackKind>().Select(kind => Summarise(kind, before, after, objects))]);
    }

    private static KindSummary Summarise(AttackKind kind, AttackCatalog before, AttackCatalog after, List<ObjectDifference> objects)
    {
        var own = objects.Where(difference => difference.Object.Kind() == kind).ToList();
        var stayed = own.Where(difference => !difference.Has("object")).ToList();
        return new KindSummary(
            kind, before.Objects.Count(item => item.Kind() == kind), after.Objects.Count(item => item.Kind() == kind),
            own.Count(difference => difference.Changes is [{ What: "object", Before: null }]),
            own.Count(difference => difference.Changes is [{ What: "object", After: null }]),
            stayed.Count(difference => difference.Changes.Any(change => change is { What: "status", After: "revoked" })),
            stayed.Count(difference => difference.Changes.Any(change => change is { What: "status", After: "deprecated" })),
            stayed.Count(difference => difference.Has("name")),
            stayed.Count(difference => difference.Has("version")),
            stayed.Count(difference => !difference.IsTextOnly),
            stayed.Count(difference => difference.IsTextOnly));
    }
}
