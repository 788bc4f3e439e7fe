namespace Nightjar.Knowledge;

/// <summary>The ids, names, versions and relations of one release of ATT&amp;CK Mobile. It holds no prose of ATT&amp;CK.</summary>
public sealed class AttackCatalog
{
    internal static readonly AttackCatalog Empty = new("", []);
    private readonly Dictionary<string, AttackObject> objects = new(StringComparer.Ordinal);

    internal AttackCatalog(string release, IEnumerable<AttackObject> all)
    {
        Release = release;
        foreach (var item in all) objects.TryAdd(item.Id, item);
        Tactics = [.. objects.Values.OfType<AttackTactic>()];
        Techniques = Sorted<AttackTechnique>();
        DataComponents = Sorted<AttackDataComponent>();
        Strategies = Sorted<AttackStrategy>();
        Analytics = Sorted<AttackAnalytic>();
        Mitigations = Sorted<AttackMitigation>();
    }

    /// <summary>The release, for example <c>19.1</c>; empty when no catalogue could be read.</summary>
    public string Release { get; }

    /// <summary>In the order of the matrix; retired ones last.</summary>
    public IReadOnlyList<AttackTactic> Tactics { get; }

    /// <summary>By id, retired ones among them.</summary>
    public IReadOnlyList<AttackTechnique> Techniques { get; }

    /// <summary>By id.</summary>
    public IReadOnlyList<AttackDataComponent> DataComponents { get; }

    /// <summary>By id.</summary>
    public IReadOnlyList<AttackStrategy> Strategies { get; }

    /// <summary>By id.</summary>
    public IReadOnlyList<AttackAnalytic> Analytics { get; }

    /// <summary>By id.</summary>
    public IReadOnlyList<AttackMitigation> Mitigations { get; }

    /// <summary>Every object: tactics, techniques, data components, strategies, analytics, mitigations.</summary>
    public IEnumerable<AttackObject> Objects => [.. Tactics, .. Techniques, .. DataComponents, .. Strategies, .. Analytics, .. Mitigations];

    /// <summary>The object with this id, whatever it is; null when there is none.</summary>
    public AttackObject? Find(string id) => objects.GetValueOrDefault(id);

    /// <summary>The technique with this id; null when there is none.</summary>
    public AttackTechnique? Technique(string id) => Find(id) as AttackTechnique;

    /// <summary>The detection strategy with this id; null when there is none.</summary>
    public AttackStrategy? Strategy(string id) => Find(id) as AttackStrategy;

    /// <summary>The analytic with this id; null when there is none.</summary>
    public AttackAnalytic? Analytic(string id) => Find(id) as AttackAnalytic;

    /// <summary>Reads a catalogue in the form of <c>reference/attack/mobile-19.1.json</c>. Mistakes are added to <paramref name="diagnostics"/>.</summary>
    public static AttackCatalog Parse(string file, string text, ICollection<Diagnostic> diagnostics)
    {
        var read = AttackText.Read(file, text, diagnostics);
        return read.Catalog(read.Release ?? "");
    }

    private IReadOnlyList<T> Sorted<T>() where T : AttackObject => [.. objects.Values.OfType<T>().OrderBy(o => o.Id, StringComparer.Ordinal)];
}
