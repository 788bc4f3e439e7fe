using System.Text;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sinks.Ocsf;
using Nightjar.Sinks.Records;

namespace Nightjar.Cli.Content;

/// <summary>Reads the findings that a scan has written, and where their evidence stands.</summary>
internal static class FindingsFolder
{
    private const string FindingsFile = "findings.ocsf.ndjson";
    private const string RunFile = "run.json";
    private const string EvidenceFile = "evidence.ndjson";

    /// <summary>One finding, by its uid or the first letters of it, with the provenance of its evidence where that is told.</summary>
    /// <exception cref="UsageException">There is none, or there are several.</exception>
    public static Finding Find(string uid, string folder)
    {
        var path = FileOf(folder);
        var found = Read(path).Select(line => line.Finding).OfType<Finding>().Where(finding => finding.Uid.StartsWith(uid, StringComparison.Ordinal)).ToList();
        if (found.Count == 0) throw new UsageException($"No finding in {path} has the uid {uid}.");
        if (found.Count > 1) throw new UsageException($"{uid} fits {found.Count} findings; give more of it.");
        return WithProvenance(found[0], Path.Combine(Path.GetDirectoryName(path)!, EvidenceFile));
    }

    /// <summary>The file of findings: that of a folder, or the path itself.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public static string FileOf(string path)
    {
        if (File.Exists(path)) return path;
        var file = Path.Combine(path, FindingsFile);
        return File.Exists(file) ? file : throw new UsageException($"There is no {FindingsFile} in {path}. Run: nightjar scan PATH --output {path}");
    }

    /// <summary>Every line: a finding, or why it is none.</summary>
    public static IEnumerable<(int Number, Finding? Finding, string? Reason)> Read(string path)
    {
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (line.Length == 0) continue;
            var finding = OcsfFindingReader.Read(Encoding.UTF8.GetBytes(line), out var reason);
            yield return (number, finding, reason);
        }
    }

    /// <summary>The findings of a folder, one after the other.</summary>
    /// <exception cref="UsageException">The folder has none.</exception>
    public static IEnumerable<Finding> Findings(string folder) => Read(FileOf(folder)).Select(line => line.Finding).OfType<Finding>();

    /// <summary>What the run covered; null when it is not told.</summary>
    public static (Instant From, Instant To)? Span(string folder)
    {
        var path = Path.Combine(folder, RunFile);
        return File.Exists(path) ? RunSummaryReader.Span(File.ReadAllBytes(path)) : null;
    }

    private static Finding WithProvenance(Finding finding, string path)
    {
        if (!File.Exists(path)) return finding;
        return EvidenceIndexReader.Join(finding, File.ReadLines(path).Where(line => line.Length > 0)
            .Select(line => EvidenceIndexReader.Read(Encoding.UTF8.GetBytes(line), out _)).OfType<EvidenceIndexEntry>());
    }
}
