using System.Text;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sinks.Ocsf;
using Nightjar.Sinks.Records;

namespace Nightjar.Cli.Content;

/// <summary>Reads the folder that <c>scan --output</c> has written.</summary>
internal static class FindingsFolder
{
    private const string FindingsFile = "findings.ocsf.ndjson";
    private const string RunFile = "run.json";
    private const string EvidenceFile = "evidence.ndjson";

    /// <summary>The findings, one after the other.</summary>
    /// <exception cref="UsageException">The folder has none.</exception>
    public static IEnumerable<Finding> Findings(string folder)
    {
        var path = Path.Combine(folder, FindingsFile);
        if (!File.Exists(path)) throw new UsageException($"There is no {FindingsFile} in {folder}. Run: nightjar scan PATH --output {folder}");
        return Lines(path).Select(line => OcsfFindingReader.Read(line, out _)).OfType<Finding>();
    }

    /// <summary>What the run covered; null when it is not told.</summary>
    public static (Instant From, Instant To)? Span(string folder)
    {
        var path = Path.Combine(folder, RunFile);
        return File.Exists(path) ? RunSummaryReader.Span(File.ReadAllBytes(path)) : null;
    }

    /// <summary>The finding with the places of its records, where the folder tells them.</summary>
    public static Finding WithProvenance(Finding finding, string folder)
    {
        var path = Path.Combine(folder, EvidenceFile);
        if (!File.Exists(path)) return finding;
        return EvidenceIndexReader.Join(finding, Lines(path).Select(line => EvidenceIndexReader.Read(line, out _)).OfType<EvidenceIndexEntry>());
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Lines(string path) =>
        File.ReadLines(path).Where(line => line.Length > 0).Select(line => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(line));
}
