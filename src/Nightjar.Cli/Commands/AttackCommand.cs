using System.CommandLine;
using Nightjar.Cli.Content;
using Nightjar.Cli.Terminal;
using Nightjar.Knowledge;

namespace Nightjar.Cli.Commands;

/// <summary><c>nightjar attack list | show | diff | aliases | import</c></summary>
internal static class AttackCommand
{
    public static Command Create(GlobalOptions settings)
    {
        var command = new Command("attack", "The ATT&CK catalogue: its objects, their relations, what a new release changes, and how our analytics stand to it.");
        command.Subcommands.Add(List(settings));
        command.Subcommands.Add(Show(settings));
        command.Subcommands.Add(AttackDiffCommand.Create(settings));
        command.Subcommands.Add(Aliases(settings));
        command.Subcommands.Add(AttackImportCommand.Create(settings));
        return command;
    }

    /// <summary>Runs a command over the reference data; tells what is wrong with the user's, and stops at errors.</summary>
    public static int WithReference(string? folder, Action<ReferenceData> use)
    {
        var load = ReferenceFolder.Read(folder);
        var code = DiagnosticText.Print(load.Diagnostics, Console.Error);
        if (code == ExitCode.Done) use(load.Data);
        return code;
    }

    private static Command List(GlobalOptions settings)
    {
        var kind = new Argument<string?>("kind") { Description = $"One of {string.Join(", ", AttackListText.Kinds)}; what there is of each when left out.", Arity = ArgumentArity.ZeroOrOne };
        var platform = new Option<string?>("--platform") { Description = "Only what is for android or ios." };
        var all = new Option<bool>("--all") { Description = "Revoked and deprecated objects too." };
        var (release, reference) = (Release(), ReferenceFolder.Option());
        var command = new Command("list", "The objects of a release, and which of them our analytics speak of.") { kind, platform, all, release, reference };
        command.SetAction(parsed => WithReference(parsed.GetValue(reference), data =>
        {
            var list = new AttackListText(AttackView.Of(data, parsed.GetValue(release)), parsed.GetValue(platform), parsed.GetValue(all));
            if (settings.IsJson(parsed)) AttackJson.Print(list.Json(parsed.GetValue(kind)));
            else list.Write(parsed.GetValue(kind), settings.Output(parsed));
        }));
        return command;
    }

    private static Command Show(GlobalOptions settings)
    {
        var id = new Argument<string>("id") { Description = "For example DET0718, AN1848, T1544, DC0085, TA0030, M1006." };
        var (release, reference) = (Release(), ReferenceFolder.Option());
        var command = new Command("show", "One object: its relations both ways, its hash, its log sources and mutable elements, and what we have for it.") { id, release, reference };
        command.SetAction(parsed => WithReference(parsed.GetValue(reference), data =>
        {
            var view = AttackView.Of(data, parsed.GetValue(release));
            var item = view.Object(parsed.GetValue(id)!);
            if (settings.IsJson(parsed)) AttackJson.Print(AttackJson.Of(item, view, withReleases: true));
            else new AttackShowText(view, settings.Output(parsed)).Write(item);
        }));
        return command;
    }

    private static Command Aliases(GlobalOptions settings)
    {
        var reference = ReferenceFolder.Option();
        var command = new Command("aliases", "Names of ATT&CK that mean one thing: misspelt, or put otherwise.") { reference };
        command.SetAction(parsed => WithReference(parsed.GetValue(reference), data =>
        {
            if (settings.IsJson(parsed)) AttackJson.Print(AttackJson.Of(data.AttackAliases));
            else AttackListText.WriteAliases(data.AttackAliases, settings.Output(parsed));
        }));
        return command;
    }

    private static Option<string?> Release() => new("--release") { Description = "A release at hand, for example 18.1; default: the newest." };
}
