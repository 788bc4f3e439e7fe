using System.CommandLine;
using Nightjar.Cli.Content;
using Nightjar.Knowledge;
using Nightjar.Scenarios;

namespace Nightjar.Cli.Commands;

/// <summary><c>nightjar analytics test [PATH]</c>: runs the scenarios beside the analytics, with the near misses derived from them.</summary>
internal sealed class AnalyticsTestCommand
{
    private readonly Argument<string> _path = new("path") { Description = "A folder of analytics.", DefaultValueFactory = _ => "analytics" };
    private readonly Option<bool> _mutate = new("--mutate") { Description = "Changes each piece of each analytic in turn and reports what no scenario notices." };
    private readonly Option<bool> _tunables = new("--tunables") { Description = "Sets each tunable otherwise and reports which scenario shows its effect." };
    private readonly Option<bool> _accept = new("--accept") { Description = "Writes the golden texts that are missing or differ. Read the difference before you commit it." };

    public static Command Create()
    {
        var test = new AnalyticsTestCommand();
        var command = new Command("test", "Runs the scenarios of analytics, and near misses derived from each that fires.") { test._path, test._mutate, test._tunables, test._accept };
        command.SetAction(test.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        var path = parsed.GetValue(_path)!;
        if (!Directory.Exists(path)) throw new UsageException($"There is no folder {path}.");
        var analytics = Catalogue.ReadFolder(path);
        var files = Catalogue.ReadScenarios(path);
        var (accept, mutate, tunables) = (parsed.GetValue(_accept), parsed.GetValue(_mutate), parsed.GetValue(_tunables));
        var code = ExitCode.Done;
        if (accept || !mutate && !tunables)
        {
            var report = ScenarioSuite.Run(files, analytics, ReferenceData.Shipped);
            code = accept ? Accept(report) : Tell(report);
        }
        if (tunables) code = Math.Max(code, Tell(ScenarioSuite.Tune(files, analytics, ReferenceData.Shipped)));
        return mutate ? Math.Max(code, Tell(ScenarioSuite.Mutate(files, analytics, ReferenceData.Shipped))) : code;
    }

    private static int Tell(IReadOnlyList<TunableEffect> effects)
    {
        foreach (var effect in effects)
            Console.Out.WriteLine($"{effect.Analytic} {effect.Tunable}: {(effect.Scenario is null ? "no scenario shows an effect" : $"{effect.Value}: {effect.Scenario} {effect.Before} → {effect.After}")}");
        return effects.Any(effect => effect.Scenario is null) ? ExitCode.Found : ExitCode.Done;
    }

    private static int Tell(ScenarioReport report)
    {
        foreach (var group in report.Results.GroupBy(result => result.Analytic, StringComparer.Ordinal))
        {
            Console.Out.WriteLine($"{group.Key}: {group.Count(item => item.Scenario.Kind == ScenarioKind.Fires)} fire, {group.Count(item => item.Scenario.Kind == ScenarioKind.Quiet)} are quiet, {group.Sum(item => item.Derived)} derived");
            foreach (var result in group)
            {
                Console.Out.WriteLine($"  {(result.HasPassed ? "passed" : "FAILED")}  {result.Scenario.Name}: {result.Scenario.Title}");
                foreach (var failure in result.Failures) TellFailure(failure);
            }
        }
        var code = DiagnosticText.Print(report.Diagnostics, Console.Out);
        Console.Out.WriteLine($"{report.Passed} passed, {report.Failed} failed");
        return code != ExitCode.Done ? code : report.IsGood ? ExitCode.Done : ExitCode.Found;
    }

    private static void TellFailure(ScenarioFailure failure)
    {
        Console.Out.WriteLine($"          {failure.What}");
        foreach (var line in failure.Detail.Split('\n', StringSplitOptions.RemoveEmptyEntries)) Console.Out.WriteLine($"            {line}");
    }

    private static int Tell(MutationReport report)
    {
        foreach (var group in report.Mutants.GroupBy(mutant => mutant.Analytic, StringComparer.Ordinal))
            Console.Out.WriteLine($"{group.Key}: {group.Count()} changes, {group.Count(mutant => mutant.NoticedBy is null)} unnoticed");
        foreach (var mutant in report.Unnoticed) Console.Out.WriteLine($"  unnoticed: {mutant.Analytic}: {mutant.Change}");
        var code = DiagnosticText.Print(report.Diagnostics, Console.Out);
        return code != ExitCode.Done ? code : report.Unnoticed.Any() ? ExitCode.Found : ExitCode.Done;
    }

    private static int Accept(ScenarioReport report)
    {
        foreach (var golden in report.Goldens)
        {
            File.WriteAllText(golden.Path, golden.Text);
            Console.Out.WriteLine($"written: {golden.Path}");
        }
        var others = report.Results.Where(result => !result.HasPassed && result.NewGolden is null).ToArray();
        foreach (var result in others) Console.Out.WriteLine($"still fails: {result.Scenario.Name}: {result.Failures[0].What}");
        return others.Length > 0 ? ExitCode.Found : DiagnosticText.Print(report.Diagnostics, Console.Out);
    }
}
