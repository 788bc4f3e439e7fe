using Nightjar.Analytics;
using Nightjar.Analytics.Tuning;
using Nightjar.Auditing;
using Nightjar.Events;
using Nightjar.Knowledge;
using Nightjar.Policies;
using Nightjar.Scenarios;

namespace Nightjar.Cli.Content;

/// <summary>Finds the analytics that a run uses: those that come with Nightjar, a folder of the user's, or some of them by uid.</summary>
internal static class Catalogue
{
    private const string Prefix = "analytics/";
    private const string FileName = "analytic.yml";
    private const string PlaybookName = "playbook.md";

    // Larger than any rule that could be loaded.
    private const long MostBytes = 4 << 20;

    /// <summary>The analytics that come with Nightjar.</summary>
    public static IReadOnlyList<AnalyticSource> Shipped { get; } = [.. ReadShipped()];

    /// <summary>Loads what <c>--analytics</c> asks for: nothing for all shipped, a folder or file, or uids with commas.</summary>
    /// <param name="choice">What the user asked for.</param>
    /// <param name="symbols">The table of the events.</param>
    /// <param name="normal">What is normal for apps; null when nothing is known.</param>
    /// <param name="tuning">The values that somebody set; null for the defaults.</param>
    /// <param name="reference">The facts that they ask for; null for what comes with Nightjar.</param>
    /// <exception cref="UsageException">It names a uid that is not there, or a folder without analytics.</exception>
    public static AnalyticSet Load(string? choice, SymbolTable symbols, INormal? normal = null, ITuning? tuning = null, ReferenceData? reference = null)
    {
        var (sources, uids) = Chosen(choice);
        var all = Compile(sources, symbols, normal, tuning, reference);
        return MustHave(uids, all with { Analytics = [.. all.Analytics.Where(analytic => IsWanted(analytic, uids))] });
    }

    /// <summary>The same with a policy in force.</summary>
    /// <exception cref="UsageException">It names a uid that is not there, or a folder without analytics.</exception>
    public static PolicyLoad Load(string? choice, SymbolTable symbols, Policy policy, INormal? normal = null)
    {
        var (sources, uids) = Chosen(choice);
        string[] elsewhere = ReferenceEquals(sources, Shipped) ? [] : [.. Compile(Shipped, new SymbolTable()).Analytics.Select(analytic => analytic.Uid)];
        var load = PolicyLoader.Load(policy, sources, symbols, ReferenceData.Shipped, normal, elsewhere, analytic => IsWanted(analytic, uids));
        MustHave(uids, load.Analytics);
        return load;
    }

    /// <summary>The files behind what <c>--analytics</c> asks for: the analytics, and the scenarios beside them.</summary>
    /// <exception cref="UsageException">It names a folder without analytics.</exception>
    public static ContentFiles FilesOf(string? choice)
    {
        var (sources, _) = Chosen(choice);
        return new ContentFiles(sources, ReferenceEquals(sources, Shipped) ? [.. ReadShippedScenarios()] : ReadScenarios(choice!));
    }

    private static (IReadOnlyList<AnalyticSource> Sources, string[]? Uids) Chosen(string? choice)
    {
        if (string.IsNullOrEmpty(choice)) return (Shipped, null);
        if (Directory.Exists(choice) || File.Exists(choice)) return (ReadFolder(choice), null);
        return (Shipped, choice.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    // What there is to choose from is looked up only for who chose something else: compiling takes time at every start.
    private static AnalyticSet MustHave(string[]? uids, AnalyticSet set)
    {
        foreach (var uid in (uids ?? []).Where(uid => set.Analytics.All(analytic => analytic.Uid != uid)))
            throw new UsageException($"`{uid}` is neither a folder nor the uid of an analytic. Known: {string.Join(", ", Compile(Shipped, new SymbolTable()).Analytics.Select(analytic => analytic.Uid))}.");
        return set;
    }

    private static bool IsWanted(Analytic analytic, string[]? uids) => uids is null || uids.Contains(analytic.Uid, StringComparer.Ordinal);

    /// <summary>The files of analytics and of Sigma rules at or below a path, in path order.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public static IReadOnlyList<AnalyticSource> ReadFolder(string path)
    {
        var files = File.Exists(path) ? [path] : ContentFolder.Files(path, IsCandidate);
        AnalyticSource[] sources = [.. files.Select(file => new AnalyticSource(file.Replace('\\', '/'), File.ReadAllText(file), Playbook(file)))];
        if (!File.Exists(path)) sources = [.. sources.Where(source => source.Path.EndsWith($"/{FileName}", StringComparison.Ordinal) || IsRule(source.Text))];
        if (sources.Length == 0) throw new UsageException($"There is no {FileName} and no Sigma rule at or below {path}.");
        return sources;
    }

    private static string? Playbook(string file)
    {
        var beside = Path.Combine(Path.GetDirectoryName(file) ?? "", PlaybookName);
        return Path.GetFileName(file) == FileName && File.Exists(beside) ? File.ReadAllText(beside) : null;
    }

    private static bool IsCandidate(string file) =>
        Path.GetExtension(file) is ".yml" or ".yaml" && Path.GetFileName(Path.GetDirectoryName(file)) != "scenarios"
        && (Path.GetFileName(file) == FileName || new FileInfo(file).Length <= MostBytes);

    // Other YAML may lie in the same folders: what has none of Sigma's keys at the top is not taken for a rule.
    private static bool IsRule(string text)
    {
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.StartsWith("detection:") || line.StartsWith("correlation:") || line.StartsWith("filter:") || line.StartsWith("analytic:")) return true;
        }
        return false;
    }

    /// <summary>The scenarios and golden texts beside the analytics at or below a path, in path order.</summary>
    public static IReadOnlyList<ScenarioSource> ReadScenarios(string path)
    {
        var folder = Directory.Exists(path) ? path : Path.GetDirectoryName(path) is { Length: > 0 } parent ? parent : ".";
        return [.. ContentFolder.Files(folder, file => Path.GetFileName(Path.GetDirectoryName(file)) == "scenarios").Select(file => new ScenarioSource(file, File.ReadAllText(file)))];
    }

    public static AnalyticSet Compile(IEnumerable<AnalyticSource> sources, SymbolTable symbols, INormal? normal = null, ITuning? tuning = null, ReferenceData? reference = null) =>
        AnalyticLoader.Load(sources, symbols, reference ?? ReferenceData.Shipped, tuning ?? DefaultTuning.Instance, normal);

    private static IEnumerable<AnalyticSource> ReadShipped()
    {
        foreach (var name in Names($"/{FileName}"))
            yield return new AnalyticSource(name[Prefix.Length..].Replace('\\', '/'), Resource(name)!, Resource(name[..^FileName.Length] + PlaybookName));
    }

    private static IEnumerable<ScenarioSource> ReadShippedScenarios() =>
        Names("").Where(name => name.Replace('\\', '/').Contains("/scenarios/", StringComparison.Ordinal))
            .Select(name => new ScenarioSource(name[Prefix.Length..].Replace('\\', '/'), Resource(name)!));

    private static IEnumerable<string> Names(string ending) =>
        typeof(Catalogue).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && name.Replace('\\', '/').EndsWith(ending, StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private static string? Resource(string name)
    {
        using var stream = typeof(Catalogue).Assembly.GetManifestResourceStream(name);
        if (stream is null) return null;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
