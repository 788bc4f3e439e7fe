using System.CommandLine;
using Nightjar.Cli.Content;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Playbooks;
using Nightjar.Sinks;
using Nightjar.Sinks.Plain;

namespace Nightjar.Cli.Commands;

/// <summary><c>nightjar playbook FINDING_UID --in DIR</c>, <c>nightjar playbook ANALYTIC</c>: what to do about a finding, or about those of an analytic.</summary>
internal sealed class PlaybookCommand
{
    private readonly Argument<string> _uid = new("uid") { Description = "Uid of a finding with --in, its first letters suffice; or of an analytic, such as AN1848." };
    private readonly Option<string?> _folder = new("--in") { Description = "The folder that scan --output has written." };
    private readonly Option<bool> _managed = new("--managed") { Description = "Only what is for a managed device." };
    private readonly Option<bool> _personal = new("--personal") { Description = "Only what is for a personal device." };
    private readonly Option<string?> _analytics = new("--analytics") { Description = "A folder of analytics." };

    public static Command Create()
    {
        var playbook = new PlaybookCommand();
        var command = new Command("playbook", "What to do about a finding: confirm, preserve, contain, decide on the app, recover, report.")
        {
            playbook._uid, playbook._folder, playbook._managed, playbook._personal, playbook._analytics,
        };
        command.SetAction(playbook.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        if (parsed.GetValue(_managed) && parsed.GetValue(_personal)) throw new UsageException("--managed and --personal exclude each other; without either, both parts are shown where nothing tells which holds.");
        var uid = parsed.GetValue(_uid)!;
        if (parsed.GetValue(_folder) is not { } folder) return WriteTemplate(parsed, uid);
        var finding = FindingsFolder.Find(uid, folder);
        if (finding.Playbook is null) throw new UsageException($"Finding {finding.Uid} carries no playbook: {finding.Analytic.Uid} had none when it was made.");
        TextPlaybook.Write(finding, Asked(parsed) ?? DeviceOwnerships.Of(finding), Console.Out);
        return ExitCode.Done;
    }

    private int WriteTemplate(ParseResult parsed, string uid)
    {
        var set = Catalogue.Load(parsed.GetValue(_analytics), new SymbolTable());
        if (set.HasErrors) return DiagnosticText.Print(set.Diagnostics, Console.Error);
        var analytic = set.Analytics.FirstOrDefault(item => string.Equals(item.Uid, uid, StringComparison.OrdinalIgnoreCase))
            ?? throw new UsageException($"There is no analytic `{uid}`; for a finding, name its folder with --in. Known: {string.Join(", ", set.Analytics.Select(item => item.Uid))}.");
        if (analytic.Playbook is null) throw new UsageException($"{analytic.Uid} has no playbook. Write playbook.md beside {analytic.File}.");
        TextPlaybook.Write($"{analytic.Uid} {analytic.Title}", analytic.Playbook, Asked(parsed) ?? DeviceOwnership.Unknown, Console.Out);
        return ExitCode.Done;
    }

    private DeviceOwnership? Asked(ParseResult parsed) =>
        parsed.GetValue(_managed) ? DeviceOwnership.Managed : parsed.GetValue(_personal) ? DeviceOwnership.Personal : null;
}
