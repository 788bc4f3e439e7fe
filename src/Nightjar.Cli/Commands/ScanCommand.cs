using System.CommandLine;
using System.Globalization;
using System.Text;
using Nightjar.Analytics;
using Nightjar.Baselines;
using Nightjar.Cli.Content;
using Nightjar.Cli.Scanning;
using Nightjar.Cli.Terminal;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Knowledge;
using Nightjar.Sinks;
using Nightjar.Sinks.Ocsf;
using Nightjar.Sources;
using Nightjar.Vetting;

namespace Nightjar.Cli.Commands;

/// <summary><c>nightjar scan PATH…</c></summary>
internal sealed class ScanCommand
{
    private readonly Argument<string[]> _paths = new("path") { Description = "Files, folders, archives; - for standard input.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> _output = new("--output", "-o") { Description = "Folder for findings.ocsf.ndjson, report.html, coverage.json and run.json." };
    private readonly Option<string?> _format = new("--format") { Description = "ocsf: write the findings as NDJSON to standard output." };
    private readonly Option<string?> _analytics = new("--analytics") { Description = "A folder of analytics, or uids with commas. Default: all that come with Nightjar." };
    private readonly Option<string[]> _mappings = MappingFiles.Option();
    private readonly Option<string?> _deviceMap = new("--device-map") { Description = "CSV that says which device had which address or folder." };
    private readonly Option<string?> _device = new("--device") { Description = "The device of files that speak of one and do not name it." };
    private readonly Option<string[]> _vetted = new("--vetted") { Description = "Manifest of a reviewed app package, or a folder of them: code that it holds is not new code." };
    private readonly Option<string?> _baseline = new("--baseline") { Description = "What is normal for each app, as `nightjar baseline build` wrote it." };
    private readonly Option<string?> _updateBaseline = new("--update-baseline") { Description = "File to write the baseline to, with what was seen now; findings are left out of it." };
    private readonly Option<bool> _alignClocks = new("--align-clocks") { Description = "Move the times of network sensors to the device's clock, where matching records tell the difference. Reads everything twice." };
    private readonly Option<string?> _since = new("--since") { Description = "Leave out events before this time (RFC 3339, or a date)." };
    private readonly Option<string?> _until = new("--until") { Description = "Leave out events from this time on." };
    private readonly Option<string?> _failOn = new("--fail-on") { Description = "low, medium or high: exit with 1 when a finding has at least this confidence." };
    private readonly Option<string?> _zone = new("--assume-offset") { Description = "Zone of times that state none, for example +02:00. Default: UTC." };
    private readonly Option<string?> _reference = new("--reference-date") { Description = "The day by which times without a year are completed. Default: the file's own." };
    private readonly Option<int> _threads = new("--threads") { Description = "Threads to use, 1 to 64. The findings are the same.", DefaultValueFactory = _ => Math.Clamp(Environment.ProcessorCount, 1, 64) };

    public static Command Create(GlobalOptions settings, CancellationToken cancellation)
    {
        var scan = new ScanCommand();
        var command = new Command("scan", "Reads telemetry and reports what was found, and what could not be checked.") { scan._paths };
        foreach (var option in new Option[] { scan._output, scan._format, scan._analytics, scan._mappings, scan._deviceMap, scan._device, scan._vetted, scan._baseline, scan._updateBaseline, scan._alignClocks, scan._since, scan._until, scan._failOn, scan._zone, scan._reference, scan._threads })
            command.Options.Add(option);
        command.SetAction(parsed => scan.Run(parsed, settings, cancellation));
        return command;
    }

    private int Run(ParseResult parsed, GlobalOptions settings, CancellationToken cancellation)
    {
        var failOn = FailOn(parsed.GetValue(_failOn));
        var format = parsed.GetValue(_format);
        if (format is not (null or "ocsf")) throw new UsageException($"`{format}` is no format. Known: ocsf.");
        var progress = ProgressLine.ForTerminal(settings.IsQuiet(parsed));
        var mappings = MappingFiles.Load(parsed.GetValue(_mappings));
        if (mappings.HasErrors) return DiagnosticText.Print(mappings.Diagnostics, Console.Error);
        var request = Request(parsed, progress) with { Readers = SourceCatalog.With(mappings) };
        var symbols = new SymbolTable();
        var baseline = BaselineFolder.Read(parsed.GetValue(_baseline));
        var (vetted, mistakes) = VettedFolder.Read(request.Vetted, symbols);
        var analytics = Catalogue.Load(request.Analytics, symbols, new KnownNormal(baseline, BaselineRules.Default, symbols, ReferenceData.Shipped.PublicSuffixes.RegistrableDomain, vetted));
        if (Mistakes(mistakes, analytics) is ExitCode.Mistakes) return ExitCode.Mistakes;
        ScanOutcome outcome;
        try
        {
            outcome = new ScanRun(request, analytics, symbols) { Vetted = vetted.All, Learn = Learning(parsed, symbols) }.Run(cancellation);
        }
        finally
        {
            progress?.Clear();
        }
        var result = new RunResult(outcome.Summary, outcome.Findings);
        if (outcome.Learned is { } learned) BaselineFolder.Write(Baseline.Merge(baseline, learned), parsed.GetValue(_updateBaseline)!);
        if (parsed.GetValue(_output) is { } folder) OutputFolder.Write(folder, result, cancellation);
        Tell(parsed, settings, result, format);
        return Code(result, failOn);
    }

    private Func<BaselineLearning>? Learning(ParseResult parsed, SymbolTable symbols) =>
        parsed.GetValue(_updateBaseline) is null ? null : () => new BaselineLearning(symbols, ReferenceData.Shipped);

    // Warnings of manifests are told, those of analytics are lint's; with an error all mistakes are told and nothing runs.
    private static int Mistakes(IReadOnlyList<Diagnostic> ofManifests, AnalyticSet analytics) =>
        DiagnosticText.Print(analytics.HasErrors ? [.. ofManifests, .. analytics.Diagnostics] : ofManifests, Console.Error);

    private void Tell(ParseResult parsed, GlobalOptions settings, RunResult result, string? format)
    {
        if (format == "ocsf" || settings.IsJson(parsed))
        {
            using var output = Console.OpenStandardOutput();
            new OcsfFindingWriter().Write(result.Findings, output);
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

    private ScanRequest Request(ParseResult parsed, ProgressLine? progress) => new()
    {
        Paths = parsed.GetValue(_paths)!,
        Analytics = parsed.GetValue(_analytics),
        DeviceMap = parsed.GetValue(_deviceMap),
        Device = parsed.GetValue(_device),
        Vetted = parsed.GetValue(_vetted) ?? [],
        AlignClocks = parsed.GetValue(_alignClocks),
        Since = Time(parsed.GetValue(_since), "--since"),
        Until = Time(parsed.GetValue(_until), "--until"),
        Settings = new SourceSettings { AssumedOffset = Offset(parsed.GetValue(_zone)), ReferenceTime = Time(parsed.GetValue(_reference), "--reference-date") },
        Threads = parsed.GetValue(_threads) is >= 1 and <= 64 and var threads ? threads : throw new UsageException("--threads takes a number from 1 to 64."),
        Now = Instant.From(DateTimeOffset.UtcNow),
        Progress = progress,
    };

    private static Confidence? FailOn(string? text) => text switch
    {
        null => null,
        "low" => Confidence.Low,
        "medium" => Confidence.Medium,
        "high" => Confidence.High,
        _ => throw new UsageException($"--fail-on takes low, medium or high, not `{text}`."),
    };

    private static Instant? Time(string? text, string option)
    {
        if (text is null) return null;
        var whole = text.Length == 10 ? text + "T00:00:00Z" : text;
        return TimeText.TryParse(Encoding.UTF8.GetBytes(whole), TimeSpan.Zero, out var time, out _)
            ? time
            : throw new UsageException($"{option} takes a time such as 2026-03-02 or 2026-03-02T10:00:00Z, not `{text}`.");
    }

    private static TimeSpan Offset(string? text)
    {
        if (text is null) return TimeSpan.Zero;
        var sign = text.StartsWith('-') ? -1 : 1;
        return TimeSpan.TryParseExact(text.TrimStart('+', '-'), [@"hh\:mm", @"hhmm", "%h"], CultureInfo.InvariantCulture, out var span) && span.TotalHours <= 18
            ? span * sign
            : throw new UsageException($"--assume-offset takes an offset such as +02:00, not `{text}`.");
    }
}
