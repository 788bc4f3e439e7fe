using System.CommandLine;
using System.Text;
using Nightjar.Baselines;
using Nightjar.Cli.Content;
using Nightjar.Cli.Scanning;
using Nightjar.Cli.Terminal;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Knowledge;
using Nightjar.Policies;
using Nightjar.Sinks;

namespace Nightjar.Cli.Commands;

/// <summary><c>nightjar baseline build PATH…</c>, <c>show APP</c>, <c>diff A B</c>: what is normal for each app.</summary>
internal static class BaselineCommand
{
    public static Command Create(GlobalOptions settings, CancellationToken cancellation)
    {
        var command = new Command("baseline", "What is normal for each app: learn it, look at it, compare it.");
        command.Subcommands.Add(Build(settings, cancellation));
        command.Subcommands.Add(Show(settings));
        command.Subcommands.Add(Diff(settings));
        return command;
    }

    private static Command Build(GlobalOptions settings, CancellationToken cancellation)
    {
        var paths = new Argument<string[]>("path") { Description = "Past telemetry: files, folders, archives.", Arity = ArgumentArity.ZeroOrMore };
        var output = new Option<string>("--output", "-o") { Description = "File to write the baseline to.", Required = true };
        var merge = new Option<string[]>("--merge") { Description = "Baseline to add; may stand several times.", AllowMultipleArgumentsPerToken = true };
        var input = new InputOptions();
        var policy = PolicyFile.Option();
        var command = new Command("build", "Learns from past telemetry where apps go and what they use. Events that prove a finding do not count.") { paths, output, merge, policy };
        foreach (var option in input.Reading) command.Options.Add(option);
        command.SetAction(parsed =>
        {
            if (!PolicyFile.TryRead(parsed.GetValue(policy), out var expected)) return ExitCode.Mistakes;
            var parts = (parsed.GetValue(merge) ?? []).Select(BaselineFolder.Read).ToList();
            var progress = ProgressLine.ForTerminal(settings.IsQuiet(parsed));
            if (parsed.GetValue(paths) is { Length: > 0 } given)
            {
                if (input.Request(parsed, progress, given) is not { } request) return ExitCode.Mistakes;
                if (Learn(request, expected, settings.IsQuiet(parsed), cancellation) is not { } learned) return ExitCode.Mistakes;
                parts.Add(learned);
            }
            else if (parts.Count == 0)
            {
                throw new UsageException("Name telemetry to learn from, or baselines with --merge.");
            }
            var baseline = Baseline.Merge(parts);
            BaselineFolder.Write(baseline, parsed.GetValue(output)!);
            if (!settings.IsQuiet(parsed)) Console.Error.WriteLine($"{SinkWords.Count(baseline.AppCount, "app")}, {SinkWords.Count(baseline.CellCount, "cell")}, written to {parsed.GetValue(output)}.");
            return ExitCode.Done;
        });
        return command;
    }

    // Null after mistakes of the policy, which are told.
    private static Baseline? Learn(ScanRequest request, Policy? policy, bool isQuiet, CancellationToken cancellation)
    {
        var symbols = new SymbolTable();
        var load = policy is null ? new PolicyLoad(null, Catalogue.Load(null, symbols), []) : Catalogue.Load(null, symbols, policy);
        if (DiagnosticText.Print(load.Diagnostics, Console.Error) is ExitCode.Mistakes) return null;
        try
        {
            var run = new ScanRun(request, load.Analytics, symbols) { Policy = load.InForce, Learn = () => new BaselineLearning(symbols, ReferenceData.Shipped) };
            var outcome = run.Run(cancellation);
            var found = outcome.Findings.Count + outcome.Hidden.Count;
            if (!isQuiet && found > 0)
                Console.Error.WriteLine($"{SinkWords.Count(found, "finding")} without a baseline; the events that prove {(found == 1 ? "it" : "them")} do not count.");
            return outcome.Learned!;
        }
        finally
        {
            (request.Progress as ProgressLine)?.Clear();
        }
    }

    private static Command Show(GlobalOptions settings)
    {
        var app = new Argument<string?>("app") { Description = "Package name or bundle id; all apps in short when left out.", Arity = ArgumentArity.ZeroOrOne };
        var file = new Option<string>("--baseline") { Description = "The baseline.", Required = true };
        var device = new Option<string?>("--device") { Description = "What this device did with the app, instead of the whole fleet." };
        var policy = PolicyFile.Option();
        var rules = new BaselineOptions();
        var command = new Command("show", "What a baseline knows of an app.") { app, file, device, policy };
        foreach (var option in rules.Options) command.Options.Add(option);
        command.SetAction(parsed =>
        {
            if (!PolicyFile.TryRead(parsed.GetValue(policy), out var expected)) return ExitCode.Mistakes;
            var baseline = BaselineFolder.Read(parsed.GetValue(file));
            var text = new BaselineText(baseline, rules.Of(parsed, expected?.Baseline ?? BaselineRules.Default), settings.Output(parsed), settings.IsJson(parsed));
            if (parsed.GetValue(app) is { } name) Show(baseline, text, name, parsed.GetValue(device));
            else if (parsed.GetValue(device) is not null) throw new UsageException("--device is asked of one app: name it.");
            else text.WriteAll();
            return ExitCode.Done;
        });
        return command;
    }

    private static void Show(Baseline baseline, BaselineText text, string app, string? device)
    {
        if (!baseline.Apps.Contains(app)) throw new UsageException($"The baseline does not know {app}. {Nearest.Hint(app, baseline.Apps)}".TrimEnd());
        if (device is null) text.Write(app);
        else if (baseline.Of(app, DeviceNumber.Of(Encoding.UTF8.GetBytes(device))).Count == 0) throw new UsageException($"The baseline holds nothing of {app} on {device}.");
        else text.Write(app, device);
    }

    private static Command Diff(GlobalOptions settings)
    {
        var before = new Argument<string>("before") { Description = "A baseline." };
        var after = new Argument<string>("after") { Description = "Another." };
        var command = new Command("diff", "What one baseline knows and another does not.") { before, after };
        command.SetAction(parsed =>
        {
            BaselineDifference.Write(BaselineFolder.Read(parsed.GetValue(before)), BaselineFolder.Read(parsed.GetValue(after)), settings.Output(parsed), settings.IsJson(parsed));
            return ExitCode.Done;
        });
        return command;
    }
}
