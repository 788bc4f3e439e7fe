using System.CommandLine;
using Nightjar.Findings;
using Nightjar.Sinks.Ocsf;
using Nightjar.Sinks.Plain;
using Nightjar.Sinks.Records;

namespace Nightjar.Cli.Commands;

/// <summary><c>nightjar explain FINDING_UID --in DIR</c>: why it fired, from what a scan has written.</summary>
internal static class ExplainCommand
{
    private const string FindingsFile = "findings.ocsf.ndjson";
    private const string EvidenceFile = "evidence.ndjson";

    public static Command Create(GlobalOptions settings)
    {
        var uid = new Argument<string>("finding-uid") { Description = "Uid of the finding; its first letters suffice." };
        var folder = new Option<string>("--in") { Description = "The folder that scan --output has written.", Required = true };
        var command = new Command("explain", "Why a finding was made: stages, evidence, score line by line.") { uid, folder };
        command.SetAction(parsed =>
        {
            var finding = Find(parsed.GetValue(uid)!, parsed.GetValue(folder)!);
            if (settings.IsJson(parsed))
            {
                using var output = Console.OpenStandardOutput();
                new OcsfFindingWriter().Write([finding], output);
            }
            else
            {
                TextExplanation.Write(finding, Console.Out);
            }
            return ExitCode.Done;
        });
        return command;
    }

    private static Finding Find(string uid, string folder)
    {
        var path = Path.Combine(folder, FindingsFile);
        if (!File.Exists(path)) throw new UsageException($"There is no {FindingsFile} in {folder}. Run: nightjar scan PATH --output {folder}");
        var found = new List<Finding>();
        foreach (var line in Lines(path))
        {
            if (OcsfFindingReader.Read(line, out _) is { } finding && finding.Uid.StartsWith(uid, StringComparison.Ordinal)) found.Add(finding);
        }
        if (found.Count == 0) throw new UsageException($"No finding in {path} has the uid {uid}.");
        if (found.Count > 1) throw new UsageException($"{uid} fits {found.Count} findings; give more of it.");
        return WithProvenance(found[0], Path.Combine(folder, EvidenceFile));
    }

    private static Finding WithProvenance(Finding finding, string path)
    {
        if (!File.Exists(path)) return finding;
        return EvidenceIndexReader.Join(finding, Lines(path).Select(line => EvidenceIndexReader.Read(line, out _)).OfType<EvidenceIndexEntry>());
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Lines(string path) =>
        File.ReadLines(path).Where(line => line.Length > 0).Select(line => (ReadOnlyMemory<byte>)System.Text.Encoding.UTF8.GetBytes(line));
}
