namespace Nightjar.Knowledge;

/// <summary>The ids, names, versions and relations of one release of ATT&amp;CK Mobile. It holds no prose of ATT&amp;CK.</summary>
public sealed class AttackCatalog
{
    private const string Name = "attack/mobile";
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

    /// <summary>The object with this id, whatever it is; null when there is none.</summary>
    public AttackObject? Find(string id) => objects.GetValueOrDefault(id);

    /// <summary>The technique with this id; null when there is none.</summary>
    public AttackTechnique? Technique(string id) => Find(id) as AttackTechnique;

    /// <summary>The detection strategy with this id; null when there is none.</summary>
    public AttackStrategy? Strategy(string id) => Find(id) as AttackStrategy;

    /// <summary>The analytic with this id; null when there is none.</summary>
    public AttackAnalytic? Analytic(string id) => Find(id) as AttackAnalytic;

    /// <summary>Reads a catalogue in the form of <c>reference/attack/mobile.json</c>. Mistakes are added to <paramref name="diagnostics"/>.</summary>
    public static AttackCatalog Parse(string file, string text, ICollection<Diagnostic> diagnostics) => AttackText.Read(file, text, diagnostics).Catalog;

    internal static AttackCatalog Read(ReferenceFiles files)
    {
        var catalog = new AttackCatalog("", []);
        foreach (var (file, text) in files.Texts(Name, ".json"))
        {
            var read = AttackText.Read(file, text, files.Diagnostics);
            files.Describe(file, read.Origin, read.Catalog.Release, read.Date, read.Licence);
            catalog = read.Catalog;
        }
        return catalog;
    }

    private IReadOnlyList<T> Sorted<T>() where T : AttackObject => [.. objects.Values.OfType<T>().OrderBy(o => o.Id, StringComparer.Ordinal)];
}
