using System.CommandLine;
using Nightjar.Sources;
using Nightjar.Sources.Mapping;

namespace Nightjar.Cli.Content;

/// <summary>Finds the mappings that a run reads by: those that come with Nightjar, and the user's own.</summary>
internal static class MappingFiles
{
    /// <summary>What a mapping is called in a folder of several.</summary>
    public const string FileName = "mapping.yml";

    private const string SampleFolder = "samples";

    /// <summary>The option by which a command takes the user's own mappings.</summary>
    public static Option<string[]> Option() => new("--mapping")
    {
        Description = $"A mapping of your own, or a folder that holds {FileName} files. May be given several times.",
        AllowMultipleArgumentsPerToken = false,
    };

    /// <summary>The mappings that come with Nightjar, and these.</summary>
    /// <exception cref="UsageException">A path leads to none.</exception>
    public static MappingSet Load(IEnumerable<string>? paths) => MappingLoader.LoadWithShipped(Read(paths ?? []));

    /// <summary>The mapping files at or below paths, in path order.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public static IReadOnlyList<MappingSource> Read(IEnumerable<string> paths) => [.. paths.SelectMany(Find).Distinct(StringComparer.Ordinal).Select(file => new MappingSource(file, File.ReadAllText(file)))];

    /// <summary>The samples beside mapping files.</summary>
    public static IReadOnlyList<MappingSample> Samples(IEnumerable<MappingSource> sources) => [.. sources.SelectMany(Samples)];

    private static IEnumerable<string> Find(string path)
    {
        if (File.Exists(path)) return [path.Replace('\\', '/')];
        var files = Directory.Exists(path) ? ContentFolder.Files(path, file => Path.GetFileName(file) == FileName) : [];
        return files.Count > 0 ? files : throw new UsageException($"There is no {FileName} at or below {path}.");
    }

    private static IEnumerable<MappingSample> Samples(MappingSource source)
    {
        var folder = Path.Combine(Path.GetDirectoryName(source.Path) ?? "", SampleFolder);
        if (!Directory.Exists(folder)) yield break;
        foreach (var file in Directory.EnumerateFiles(folder).Where(file => !file.EndsWith(MappingSample.GoldenSuffix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            var golden = file + MappingSample.GoldenSuffix;
            yield return new MappingSample(MappingLoader.NameOf(source), file.Replace('\\', '/'), File.ReadAllBytes(file), File.Exists(golden) ? File.ReadAllText(golden) : null);
        }
    }
}
