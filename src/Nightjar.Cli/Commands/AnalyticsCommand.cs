using System.CommandLine;
using Nightjar.Analytics;
using Nightjar.Analytics.Mapping;
using Nightjar.Cli.Content;
using Nightjar.Cli.Terminal;
using Nightjar.Events;
using Nightjar.Knowledge;
using Nightjar.Scenarios;
using Nightjar.Sources;

namespace Nightjar.Cli.Commands;

/// <summary><c>nightjar analytics list | show | lint | test | thresholds | import | export | schema</c></summary>
internal static class AnalyticsCommand
{
    public static Command Create(GlobalOptions settings, CancellationToken cancellation)
    {
        var command = new Command("analytics", "Lists, shows, checks, tests and tunes what Nightjar looks for, and tells editors its form.");
        command.Subcommands.Add(List(settings));
        command.Subcommands.Add(Show(settings));
        command.Subcommands.Add(Lint());
        command.Subcommands.Add(AnalyticsTestCommand.Create());
        command.Subcommands.Add(ThresholdsCommand.Create(settings, cancellation));
        command.Subcommands.Add(AnalyticsImportCommand.Create());
        command.Subcommands.Add(AnalyticsExportCommand.Create(settings));
        command.Subcommands.Add(Schema());
        return command;
    }

    private static Command List(GlobalOptions settings)
    {
        var from = From();
        var command = new Command("list", "The catalogue of analytics.") { from };
        command.SetAction(parsed => WithAnalytics(parsed.GetValue(from), analytics =>
        {
            if (settings.IsJson(parsed)) AnalyticText.WriteJson(analytics, Console.OpenStandardOutput());
            else AnalyticText.WriteTable(analytics, settings.Output(parsed));
        }));
        return command;
    }

    private static Command Show(GlobalOptions settings)
    {
        var uid = new Argument<string>("id") { Description = "Uid of the analytic, for example AN1848." };
        var from = From();
        var command = new Command("show", "One analytic in words.") { uid, from };
        command.SetAction(parsed => WithAnalytics(parsed.GetValue(from), analytics =>
        {
            var name = parsed.GetValue(uid)!;
            var analytic = analytics.FirstOrDefault(item => string.Equals(item.Uid, name, StringComparison.OrdinalIgnoreCase))
                ?? throw new UsageException($"There is no analytic `{name}`. Known: {string.Join(", ", analytics.Select(item => item.Uid))}.");
            if (settings.IsJson(parsed)) AnalyticText.WriteJson([analytic], Console.OpenStandardOutput());
            else AnalyticText.Write(analytic, Console.Out);
        }));
        return command;
    }

    private static Command Lint()
    {
        var path = new Argument<string?>("path") { Description = "A folder or file; default: what comes with Nightjar.", Arity = ArgumentArity.ZeroOrOne };
        var portable = new Option<bool>("--portable") { Description = "Says of each analytic whether plain Sigma can say the same, and why not." };
        var command = new Command("lint", "All mistakes of the authors at once, in analytics and in the scenarios beside them.") { path, portable };
        command.SetAction(parsed =>
        {
            var given = parsed.GetValue(path);
            var sources = given is null ? Catalogue.Shipped : Catalogue.ReadFolder(given);
            // The scenarios of what comes with Nightjar do not come with it.
            var diagnostics = given is null
                ? Catalogue.Compile(sources, new SymbolTable()).Diagnostics
                : ScenarioSuite.Check(Catalogue.ReadScenarios(given), sources, ReferenceData.Shipped);
            diagnostics = [.. diagnostics, .. UnreadLogSources(sources)];
            var code = DiagnosticText.Print(diagnostics, Console.Out);
            if (parsed.GetValue(portable)) PortabilityText.Write(sources, Console.Out);
            Console.Error.WriteLine($"{sources.Count} files, {diagnostics.Count} remarks. {PortabilityText.Summary(sources)}");
            return code;
        });
        return command;
    }

    // Readers are unknown to the room that checks analytics.
    private static IReadOnlyList<Diagnostic> UnreadLogSources(IReadOnlyList<AnalyticSource> sources) =>
        new LogSourceSupply(LogSources.Supplied(SourceCatalog.All.Select(reader => reader.Format)), ReferenceData.Shipped.AttackAliases)
            .Check(Catalogue.Compile(sources, new SymbolTable()).Analytics, ReferenceData.Shipped.AttackReleases);

    private static Command Schema()
    {
        var name = new Argument<string>("name") { Description = $"One of {string.Join(", ", AuthoringSchemas.Names)}.", DefaultValueFactory = _ => AuthoringSchemas.Names[0] };
        var command = new Command("schema", "The JSON schema of a file that authors write, for editors.") { name };
        command.SetAction(parsed => Console.Out.Write(AuthoringSchemas.Text(parsed.GetValue(name)!, ReferenceData.Shipped)
            ?? throw new UsageException($"There is no schema `{parsed.GetValue(name)}`. Known: {string.Join(", ", AuthoringSchemas.Names)}.")));
        return command;
    }

    private static Option<string?> From() => new("--analytics") { Description = "A folder of analytics, or uids with commas." };

    private static int WithAnalytics(string? choice, Action<IReadOnlyList<Analytic>> use)
    {
        var set = Catalogue.Load(choice, new SymbolTable());
        if (set.HasErrors) return DiagnosticText.Print(set.Diagnostics, Console.Error);
        use(set.Analytics);
        return ExitCode.Done;
    }
}
