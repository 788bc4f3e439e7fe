using System.Text;
using Nightjar.Sources;
using Nightjar.Sources.Mapping;
using Nightjar.Tests.House;

namespace Nightjar.Tests.Sources.Mapping;

/// <summary>The mappings of the repository with their samples.</summary>
internal static class ShippedMappings
{
    public static IReadOnlyList<string> Names { get; } =
        [.. Directory.EnumerateDirectories(Path.Combine(Repository.Root, "mappings")).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    public static ISourceReader Reader(string name) => SourceCatalog.All.Single(reader => reader.Format.Id == name);

    public static IReadOnlyList<MappingSample> Samples(string name)
    {
        var folder = Path.Combine(Repository.Root, "mappings", name, "samples");
        if (!Directory.Exists(folder)) return [];
        return
        [
            .. Directory.EnumerateFiles(folder).Where(file => !file.EndsWith(MappingSample.GoldenSuffix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)
                .Select(file => new MappingSample(name, file.Replace('\\', '/'), File.ReadAllBytes(file), Golden(file))),
        ];
    }

    /// <summary>The samples as the contract of readers wants them: what they hold is taken from what is written down.</summary>
    public static IReadOnlyList<SourceExample> Examples(string name) =>
    [
        .. Samples(name).Select(sample =>
        {
            var lines = sample.Golden!.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            var remarks = lines.Count(line => line.StartsWith("remark ", StringComparison.Ordinal));
            return new SourceExample(Path.GetFileName(sample.Path), sample.Bytes.ToArray(), lines.Length - remarks) { Anomalies = remarks };
        }),
    ];

    private static string? Golden(string file) =>
        File.Exists(file + MappingSample.GoldenSuffix) ? File.ReadAllText(file + MappingSample.GoldenSuffix, Encoding.UTF8) : null;
}
