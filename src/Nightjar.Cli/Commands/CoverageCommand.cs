using System.CommandLine;
using Nightjar.Cli.Scanning;
using Nightjar.Cli.Terminal;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Knowledge;
using Nightjar.Sinks;
using Nightjar.Sinks.Records;

namespace Nightjar.Cli.Commands;

/// <summary><c>nightjar coverage PATH…</c>: what telemetry came, and what analytics could see with it. Judges nothing.</summary>
internal sealed class CoverageCommand
{
    private static readonly Dictionary<string, CoverageBy> Kinds = Enum.GetValues<CoverageBy>().ToDictionary(kind => kind.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    private readonly InputOptions _input = new();
    private readonly Option<string?> _output = new("--output", "-o") { Description = "Folder for coverage.json, coverage.csv and navigator.json (a layer of the ATT&CK Navigator)." };
    private readonly Option<string> _by = new("--by") { Description = $"{string.Join(", ", Kinds.Keys)}: what the rows of the map are.", DefaultValueFactory = _ => "device" };
    private readonly Option<bool> _day = new("--day") { Description = "Show each day by itself." };

    public static Command Create(GlobalOptions settings, CancellationToken cancellation)
    {
        var coverage = new CoverageCommand();
        var command = new Command("coverage", "What telemetry came from each device, and what analytics could see with it; what is missing, and who could supply it.") { coverage._input.Paths };
        foreach (var option in new Option[] { coverage._output, coverage._by, coverage._day }.Concat(coverage._input.Options)) command.Options.Add(option);
        command.SetAction(parsed => coverage.Run(parsed, settings, cancellation));
        return command;
    }

    private int Run(ParseResult parsed, GlobalOptions settings, CancellationToken cancellation)
    {
        var by = By(parsed.GetValue(_by)!);
        var progress = ProgressLine.ForTerminal(settings.IsQuiet(parsed));
        if (_input.Request(parsed, progress) is not { } request) return ExitCode.Mistakes;
        var symbols = new SymbolTable();
        if (_input.Load(parsed, request, symbols) is not { } content) return ExitCode.Mistakes;
        RunSummary summary;
        try
        {
            summary = new CoverageRun(request, content.Analytics, symbols) { Baseline = content.Baseline, Rules = content.Rules }.Run(cancellation);
        }
        finally
        {
            progress?.Clear();
        }
        Tell(parsed, settings, summary, by, cancellation);
        return summary.Files.Any(file => file.State == FileState.Unreadable) ? ExitCode.Unreadable : ExitCode.Done;
    }

    private void Tell(ParseResult parsed, GlobalOptions settings, RunSummary summary, CoverageBy by, CancellationToken cancellation)
    {
        var result = new RunResult(summary, []);
        if (parsed.GetValue(_output) is { } folder) OutputFolder.Write(folder, result, SinkCatalog.Coverage, cancellation);
        if (settings.IsJson(parsed))
        {
            using var output = Console.OpenStandardOutput();
            CoverageWriter.Write(result, output);
            return;
        }
        CoverageText.Write(settings.Output(parsed), summary, by, parsed.GetValue(_day));
        if (parsed.GetValue(_output) is { } written && !settings.IsQuiet(parsed)) Console.Error.WriteLine($"Written to {written}: {string.Join(", ", SinkCatalog.Coverage.Select(sink => sink.FileName))}");
    }

    private static CoverageBy By(string text) =>
        Kinds.TryGetValue(text, out var by) ? by : throw new UsageException($"--by takes {string.Join(", ", Kinds.Keys)}, not `{text}`. {Nearest.Hint(text, Kinds.Keys)}".TrimEnd());
}
