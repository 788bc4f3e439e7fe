using System.CommandLine;
using Nightjar.Baselines;
using Nightjar.Cli.Content;
using Nightjar.Cli.Scanning;
using Nightjar.Cli.Terminal;
using Nightjar.Events;
using Nightjar.Knowledge;
using Nightjar.Policies;
using Nightjar.Sinks;
using Nightjar.Sources;

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
        var map = new Option<string?>("--device-map") { Description = "CSV that says which device had which address or folder." };
        var own = MappingFiles.Option();
        var policy = PolicyFile.Option();
        var command = new Command("build", "Learns from past telemetry where apps go and what they use. What the analytics find in it is left out.") { paths, output, merge, map, own, policy };
        command.SetAction(parsed =>
        {
            var mappings = MappingFiles.Load(parsed.GetValue(own));
            if (mappings.HasErrors) return DiagnosticText.Print(mappings.Diagnostics, Console.Error);
            if (!PolicyFile.TryRead(parsed.GetValue(policy), out var expected)) return ExitCode.Mistakes;
            var parts = (parsed.GetValue(merge) ?? []).Select(BaselineFolder.Read).ToList();
            if (parsed.GetValue(paths) is { Length: > 0 } given)
            {
                var request = new ScanRequest { Paths = given, DeviceMap = parsed.GetValue(map), Readers = SourceCatalog.With(mappings), Threads = Math.Clamp(Environment.ProcessorCount, 1, 64), Now = Instant.From(DateTimeOffset.UtcNow) };
                if (Learn(request, expected, settings.IsQuiet(parsed), cancellation) is not { } learned) return ExitCode.Mistakes;
                parts.Add(learned);
            }
            else if (parts.Count == 0) throw new UsageException("Name telemetry to learn from, or baselines with --merge.");
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
        var progress = ProgressLine.ForTerminal(isQuiet);
        try
        {
            var run = new ScanRun(request with { Progress = progress }, load.Analytics, symbols) { Policy = load.InForce, Learn = () => new BaselineLearning(symbols, ReferenceData.Shipped) };
            var outcome = run.Run(cancellation);
            var found = outcome.Findings.Count + outcome.Hidden.Count;
            if (!isQuiet && found > 0) Console.Error.WriteLine($"What {SinkWords.Count(found, "finding")} speak of was left out.");
            return outcome.Learned!;
        }
        finally
        {
            progress?.Clear();
        }
    }

    private static Command Show(GlobalOptions settings)
    {
        var app = new Argument<string?>("app") { Description = "Package name or bundle id; all apps in short when left out.", Arity = ArgumentArity.ZeroOrOne };
        var file = new Option<string>("--baseline") { Description = "The baseline.", Required = true };
        var command = new Command("show", "What a baseline knows of an app.") { app, file };
        command.SetAction(parsed =>
        {
            var baseline = BaselineFolder.Read(parsed.GetValue(file));
            if (parsed.GetValue(app) is not { } name) BaselineText.WriteAll(baseline, settings.Output(parsed), settings.IsJson(parsed));
            else if (baseline.Of(name).Count == 0 && !baseline.Apps.Contains(name)) throw new UsageException($"The baseline does not know {name}.");
            else BaselineText.Write(baseline, name, settings.Output(parsed), settings.IsJson(parsed));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Diff(GlobalOptions settings)
    {
        var before = new Argument<string>("before") { Description = "A baseline." };
        var after = new Argument<string>("after") { Description = "Another." };
        var command = new Command("diff", "What one baseline knows and another does not.") { before, after };
        command.SetAction(parsed =>
        {
            BaselineText.WriteDifference(BaselineFolder.Read(parsed.GetValue(before)), BaselineFolder.Read(parsed.GetValue(after)), settings.Output(parsed), settings.IsJson(parsed));
            return ExitCode.Done;
        });
        return command;
    }
}
