using System.CommandLine;
using Nightjar.Cli.Content;
using Nightjar.Knowledge;
using Nightjar.Sources;
using Nightjar.Sources.Mapping;

namespace Nightjar.Cli.Commands;

/// <summary><c>nightjar sources lint | test [PATH]</c>: checks mappings, and runs the samples beside them.</summary>
internal sealed class SourcesTestCommand
{
    private readonly Argument<string?> _path = new("path") { Description = "A mapping or a folder of them. Default: mappings.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<bool> _accept = new("--accept") { Description = "Writes the expected events that are missing or differ. Read the difference before you commit it." };

    public static Command Create()
    {
        var test = new SourcesTestCommand();
        var command = new Command("test", "Reads the samples beside mappings and compares the events with those that are written down.") { test._path, test._accept };
        command.SetAction(test.Run);
        return command;
    }

    public static Command CreateLint()
    {
        var path = new Argument<string?>("path") { Description = "A mapping or a folder of them. Default: what comes with Nightjar.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("lint", "All mistakes of mappings at once.") { path };
        command.SetAction(parsed =>
        {
            var sources = parsed.GetValue(path) is { } place ? MappingFiles.Read([place]) : MappingLoader.Shipped;
            var diagnostics = Check(sources);
            var code = DiagnosticText.Print(diagnostics, Console.Out);
            Console.Error.WriteLine($"{sources.Count} mappings, {diagnostics.Count} remarks.");
            return code;
        });
        return command;
    }

    // Mistakes of the files that are asked about; those that come with Nightjar are there to be compared with.
    private static List<Diagnostic> Check(IReadOnlyList<MappingSource> sources)
    {
        var own = sources.Select(source => source.Path).ToHashSet(StringComparer.Ordinal);
        var set = sources.All(source => source.IsShipped) ? MappingLoader.Load(sources) : MappingLoader.LoadWithShipped(sources);
        var samples = MappingFiles.Samples(sources);
        var diagnostics = set.Diagnostics.Where(item => own.Contains(item.File)).ToList();
        foreach (var source in sources.Where(source => !source.IsShipped && samples.All(sample => sample.Mapping != MappingLoader.NameOf(source))))
            diagnostics.Add(MappingRules.MissingSample.At(source.Path, 0, 0, "There is no file in samples/ beside it."));
        diagnostics.Sort();
        return diagnostics;
    }

    private int Run(ParseResult parsed)
    {
        var sources = MappingFiles.Read([parsed.GetValue(_path) ?? "mappings"]);
        var code = DiagnosticText.Print(Check(sources), Console.Out);
        var results = MappingSuite.Run(MappingFiles.Samples(sources), SourceCatalog.With(MappingLoader.LoadWithShipped(sources)));
        if (parsed.GetValue(_accept)) results = [.. results.Where(result => !Accept(result))];
        foreach (var result in results)
        {
            Console.Out.WriteLine($"{(result.Failures.Count == 0 ? "passed" : "FAILED")}  {result.Sample.Mapping}: {result.Sample.Path}");
            foreach (var line in result.Failures.SelectMany(failure => failure.Split('\n'))) Console.Out.WriteLine($"        {line}");
        }
        var failed = results.Count(result => result.Failures.Count > 0);
        Console.Out.WriteLine($"{results.Count - failed} passed, {failed} failed");
        return code != ExitCode.Done ? code : failed > 0 ? ExitCode.Found : ExitCode.Done;
    }

    private static bool Accept(MappingSampleResult result)
    {
        if (!result.IsOnlyGolden) return false;
        File.WriteAllText(result.Sample.Path + MappingSample.GoldenSuffix, result.Text);
        Console.Out.WriteLine($"written: {result.Sample.Path}{MappingSample.GoldenSuffix}");
        return true;
    }
}
