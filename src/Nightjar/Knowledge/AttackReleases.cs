namespace Nightjar.Knowledge;

/// <summary>The releases of ATT&amp;CK Mobile that are at hand, each in a file <c>attack/mobile-19.1.json</c>. One is read when it is first asked for.</summary>
/// <remarks>Safe to use from any thread.</remarks>
public sealed class AttackReleases
{
    private const string Start = "attack/mobile-";
    private const string Ending = ".json";
    private readonly ReferenceFiles files;
    private readonly Dictionary<string, AttackCatalog> read = new(StringComparer.Ordinal);

    private AttackReleases(ReferenceFiles files, IReadOnlyList<string> names) => (this.files, Names) = (files, names);

    /// <summary>The releases, oldest first: <c>18.1</c>, <c>19.1</c>.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The newest release; an empty catalogue when there is none.</summary>
    public AttackCatalog Newest => Names.Count == 0 ? AttackCatalog.Empty : Find(Names[^1])!;

    /// <summary>The catalogue of a release; null when it is not at hand.</summary>
    public AttackCatalog? Find(string release)
    {
        ArgumentNullException.ThrowIfNull(release);
        if (!Names.Contains(release)) return null;
        lock (files)
        {
            if (!read.TryGetValue(release, out var catalog)) read.Add(release, catalog = Read(release));
            return catalog;
        }
    }

    /// <summary>True for a text that can name a release: one to four numbers of at most four digits, with dots between.</summary>
    public static bool IsName(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split('.');
        return parts.Length <= 4 && parts.All(part => part.Length is > 0 and <= 4 && part.All(char.IsAsciiDigit));
    }

    /// <summary>The path of a release's catalogue below the reference folder.</summary>
    public static string PathOf(string release) => Start + release + Ending;

    internal static AttackReleases Open(ReferenceFiles files)
    {
        var names = files.PathsBetween(Start, Ending).Select(path => path[Start.Length..^Ending.Length]).Where(IsName).ToList();
        if (names.Count == 0) files.Diagnostics.Add(ReferenceRules.FileMissing.At("attack", 0, 0, $"No file '{PathOf("RELEASE")}' is there."));
        foreach (var name in names) files.Claim(PathOf(name));
        return new AttackReleases(files, [.. names.Order(Comparer<string>.Create(Compare))]);
    }

    /// <summary>18.2 comes before 18.10.</summary>
    internal static int Compare(string left, string right)
    {
        var (a, b) = (left.Split('.'), right.Split('.'));
        for (var i = 0; i < Math.Min(a.Length, b.Length); i++)
        {
            var order = Number(a[i]).CompareTo(Number(b[i]));
            if (order != 0) return order;
        }
        return a.Length != b.Length ? a.Length.CompareTo(b.Length) : string.CompareOrdinal(left, right);
    }

    private static int Number(string digits) => digits.Aggregate(0, (number, digit) => number * 10 + (digit - '0'));

    private AttackCatalog Read(string release)
    {
        var path = PathOf(release);
        var text = AttackText.Read(path, files.Text(path), files.Diagnostics);
        files.Describe(path, text.Origin, text.Release, text.Date, text.Licence);
        if (text.Release is { } stated && stated != release)
            files.Diagnostics.Add(ReferenceRules.OtherRelease.At(path, 0, 0, $"The catalogue calls itself release '{YamlText.Excerpt(stated)}'."));
        return text.Catalog(release);
    }
}
