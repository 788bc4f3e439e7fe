using System.Collections.Frozen;

namespace Nightjar.Knowledge;

/// <summary>What the field has named, read once and never changed: every answer is a pure function of its question and of these files.</summary>
/// <remarks>Safe to use from any thread. Answers are not remembered here; whoever asks often remembers them per distinct value.</remarks>
public sealed class ReferenceData
{
    private const string ResourcePrefix = "reference/";
    private static readonly Lazy<IReadOnlyDictionary<string, string>> Resources = new(() => ShippedPaths().ToFrozenDictionary(path => path.Replace('\\', '/'), ReadResource, StringComparer.Ordinal));
    private static readonly Lazy<ReferenceData> ShippedData = new(() => new ReferenceData(new ReferenceFiles(ShippedPaths(), ReadResource)));

    private readonly ReferenceFiles files;
    private ServiceClasses? serviceClasses;
    private ApiFamilies? apiFamilies;
    private AppRoles? appRoles;
    private FileTypes? fileTypes;
    private Places? places;
    private PublicSuffixes? publicSuffixes;
    private AttackReleases? attackReleases;
    private AttackAliases? attackAliases;

    private ReferenceData(ReferenceFiles files) => this.files = files;

    /// <summary>The data that comes with Nightjar. Each part is read when it is first asked for; that they have no mistakes is held by a test.</summary>
    public static ReferenceData Shipped => ShippedData.Value;

    /// <summary>The texts that come with Nightjar, by path below <c>reference/</c>: <c>service-classes.yml</c>, <c>api-families/android.yml</c>.</summary>
    public static IReadOnlyDictionary<string, string> ShippedFiles => Resources.Value;

    public ServiceClasses ServiceClasses => Part(ref serviceClasses, ServiceClasses.Read);
    public ApiFamilies ApiFamilies => Part(ref apiFamilies, ApiFamilies.Read);
    public AppRoles AppRoles => Part(ref appRoles, from => AppRoles.Read(from, ServiceClasses));
    public FileTypes FileTypes => Part(ref fileTypes, FileTypes.Read);
    public Places Places => Part(ref places, Places.Read);
    public PublicSuffixes PublicSuffixes => Part(ref publicSuffixes, PublicSuffixes.Read);

    /// <summary>The newest release of ATT&amp;CK at hand.</summary>
    public AttackCatalog Attack => AttackReleases.Newest;

    /// <summary>Every release of ATT&amp;CK at hand.</summary>
    public AttackReleases AttackReleases => Part(ref attackReleases, AttackReleases.Open);

    /// <summary>Which names of ATT&amp;CK mean one thing.</summary>
    public AttackAliases AttackAliases => Part(ref attackAliases, AttackAliases.Read);

    /// <summary>The files that the data was read from, by path, with their origin: what a report states of what it relied on.</summary>
    public IReadOnlyList<ReferenceFile> Files
    {
        get
        {
            ReadAll();
            lock (files) return files.Origins;
        }
    }

    /// <summary>Reads these files and no others. What has a mistake is left out, reported and does not keep the rest from being read.</summary>
    /// <param name="files">Text by path below the reference folder, with forward slashes.</param>
    public static ReferenceLoad Load(IReadOnlyDictionary<string, string> files)
    {
        var reading = new ReferenceFiles(files);
        var data = new ReferenceData(reading);
        data.ReadAll();
        reading.ReportUnread();
        reading.Diagnostics.Sort();
        return new ReferenceLoad(data, reading.Diagnostics);
    }

    /// <summary>Reads the shipped files with these laid over them: a file of the same path replaces the shipped one; <c>service-classes.local.yml</c>
    /// beside it adds to it and wins over it, suffix by suffix.</summary>
    public static ReferenceLoad LoadOverShipped(IReadOnlyDictionary<string, string> files)
    {
        var all = new Dictionary<string, string>(ShippedFiles, StringComparer.Ordinal);
        foreach (var (path, text) in files) all[path.Replace('\\', '/')] = text;
        return Load(all);
    }

    private void ReadAll()
    {
        _ = (ServiceClasses, ApiFamilies, AppRoles, FileTypes, Places, PublicSuffixes, AttackAliases);
        foreach (var release in AttackReleases.Names) AttackReleases.Find(release);
    }

    // One lock for all parts: reading one may ask for another.
    private T Part<T>(ref T? part, Func<ReferenceFiles, T> read) where T : class
    {
        if (Volatile.Read(ref part) is { } known) return known;
        lock (files) return part ??= read(files);
    }

    private static IEnumerable<string> ShippedPaths() => typeof(ReferenceData).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal)).Select(name => name[ResourcePrefix.Length..]);

    private static string ReadResource(string path)
    {
        using var reader = new StreamReader(typeof(ReferenceData).Assembly.GetManifestResourceStream(ResourcePrefix + path)!);
        return reader.ReadToEnd();
    }
}

/// <summary>Reference data together with every mistake found in its files, in order of file and line.</summary>
/// <param name="Data">What could be read.</param>
/// <param name="Diagnostics">Empty when all is well.</param>
public sealed record ReferenceLoad(ReferenceData Data, IReadOnlyList<Diagnostic> Diagnostics);

/// <summary>A file that reference data was read from.</summary>
/// <param name="Path">Below the reference folder, with forward slashes.</param>
/// <param name="Origin">Who says what it holds; null when the file does not tell.</param>
/// <param name="Version">Its version; null when the file does not tell.</param>
/// <param name="Date">The day of that version, <c>2026-06-08</c>; null when the file does not tell.</param>
/// <param name="Licence">An SPDX id or a name; null when the file does not tell.</param>
/// <param name="Sha256">Of the text in UTF-8, lower case hexadecimal.</param>
public sealed record ReferenceFile(string Path, string? Origin, string? Version, string? Date, string? Licence, string Sha256);
