using System.CommandLine;
using Nightjar.Baselines;
using Nightjar.Cli.Content;
using Nightjar.Cli.Scanning;
using Nightjar.Cli.Terminal;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Knowledge;
using Nightjar.Sinks;
using Nightjar.Sinks.Formats;

namespace Nightjar.Cli.Commands;

/// <summary><c>nightjar scan PATH…</c></summary>
internal sealed class ScanCommand
{
    private readonly InputOptions _input = new();
    private readonly Option<string?> _output = new("--output", "-o") { Description = "Folder for findings.ocsf.ndjson, evidence.ndjson, report.html, report.md, findings.csv, coverage.json, navigator.json and run.json." };
    private readonly Option<string?> _format = new("--format") { Description = $"Write the findings to standard output: {FormatOption.Known}." };
    private readonly Option<string?> _updateBaseline = new("--update-baseline") { Description = "File to write the baseline to, with what was seen now; events that prove a finding do not count." };
    private readonly Option<string?> _failOn = new("--fail-on") { Description = "low, medium or high: exit with 1 when a finding has at least this confidence." };

    public static Command Create(GlobalOptions settings, CancellationToken cancellation)
    {
        var scan = new ScanCommand();
        var command = new Command("scan", "Reads telemetry and reports what was found, and what could not be checked.") { scan._input.Paths };
        foreach (var option in new Option[] { scan._output, scan._format, scan._updateBaseline, scan._failOn }.Concat(scan._input.Options)) command.Options.Add(option);
        command.SetAction(parsed => scan.Run(parsed, settings, cancellation));
        return command;
    }

    private int Run(ParseResult parsed, GlobalOptions settings, CancellationToken cancellation)
    {
        var failOn = FailOn(parsed.GetValue(_failOn));
        var format = parsed.GetValue(_format) is { } name ? FormatOption.Read(name) : settings.IsJson(parsed) ? FormatOption.Read("ocsf") : null;
        var progress = ProgressLine.ForTerminal(settings.IsQuiet(parsed));
        if (_input.Request(parsed, progress) is not { } request) return ExitCode.Mistakes;
        var symbols = new SymbolTable();
        if (_input.Load(parsed, request, symbols) is not { } content) return ExitCode.Mistakes;
        ScanOutcome outcome;
        try
        {
            outcome = new ScanRun(request, content, symbols) { Learn = Learning(parsed, symbols) }.Run(cancellation);
        }
        finally
        {
            progress?.Clear();
        }
        var result = new RunResult(outcome.Summary, outcome.Findings);
        if (outcome.Learned is { } learned) BaselineFolder.Write(Baseline.Merge(content.Baseline, learned), parsed.GetValue(_updateBaseline)!);
        if (parsed.GetValue(_output) is { } folder) OutputFolder.Write(folder, result, cancellation);
        Tell(parsed, settings, result, format);
        return Code(result, failOn);
    }

    private Func<BaselineLearning>? Learning(ParseResult parsed, SymbolTable symbols) =>
        parsed.GetValue(_updateBaseline) is null ? null : () => new BaselineLearning(symbols, ReferenceData.Shipped);

    private void Tell(ParseResult parsed, GlobalOptions settings, RunResult result, IFindingFormat? format)
    {
        if (format is not null)
        {
            using var output = Console.OpenStandardOutput();
            FormatCatalog.Write(format, result.Findings, output);
            return;
        }
        TerminalReport.Write(result, settings.Output(parsed));
        if (parsed.GetValue(_output) is { } folder && !settings.IsQuiet(parsed)) Console.Error.WriteLine($"Written to {folder}: {string.Join(", ", SinkCatalog.All.Select(sink => sink.FileName))}");
    }

    private static int Code(RunResult result, Confidence? failOn)
    {
        if (failOn is { } least && result.Findings.Any(finding => finding.Confidence >= least)) return ExitCode.Found;
        return result.Summary.Files.Any(file => file.State == FileState.Unreadable) ? ExitCode.Unreadable : ExitCode.Done;
    }

    private static Confidence? FailOn(string? text) => text switch
    {
        null => null,
        "low" => Confidence.Low,
        "medium" => Confidence.Medium,
        "high" => Confidence.High,
        _ => throw new UsageException($"--fail-on takes low, medium or high, not `{text}`."),
    };
}
