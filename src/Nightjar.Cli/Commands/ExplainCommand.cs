using System.CommandLine;
using Nightjar.Cli.Content;
using Nightjar.Findings;
using Nightjar.Sinks.Ocsf;
using Nightjar.Sinks.Plain;

namespace Nightjar.Cli.Commands;

/// <summary><c>nightjar explain FINDING_UID --in DIR</c>: why it fired, from what a scan has written.</summary>
internal static class ExplainCommand
{
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
        var found = FindingsFolder.Findings(folder).Where(finding => finding.Uid.StartsWith(uid, StringComparison.Ordinal)).ToList();
        if (found.Count == 0) throw new UsageException($"No finding in {folder} has the uid {uid}.");
        if (found.Count > 1) throw new UsageException($"{uid} fits {found.Count} findings; give more of it.");
        return FindingsFolder.WithProvenance(found[0], folder);
    }
}
