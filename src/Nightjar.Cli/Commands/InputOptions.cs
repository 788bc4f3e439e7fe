using System.CommandLine;
using System.Globalization;
using System.Text;
using Nightjar.Analytics;
using Nightjar.Analytics.Tuning;
using Nightjar.Baselines;
using Nightjar.Cli.Content;
using Nightjar.Cli.Scanning;
using Nightjar.Events;
using Nightjar.Knowledge;
using Nightjar.Policies;
using Nightjar.Sources;
using Nightjar.Vetting;

namespace Nightjar.Cli.Commands;

/// <summary>What every command that reads telemetry takes: the paths, and how they are read and judged.</summary>
internal sealed class InputOptions
{
    private readonly Argument<string[]> _paths = new("path") { Description = "Files, folders, archives; - for standard input.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> _analytics = new("--analytics") { Description = "A folder of analytics, or uids with commas. Default: all that come with Nightjar." };
    private readonly Option<string[]> _mappings = MappingFiles.Option();
    private readonly Option<string?> _deviceMap = new("--device-map") { Description = "CSV that says which device had which address or folder." };
    private readonly Option<string?> _device = new("--device") { Description = "The device of files that speak of one and do not name it." };
    private readonly Option<string[]> _vetted = new("--vetted") { Description = "Manifest of a reviewed app package, or a folder of them: code that it holds is not new code." };
    private readonly Option<string?> _baseline = new("--baseline") { Description = "What is normal for each app, as `nightjar baseline build` wrote it." };
    private readonly Option<string?> _policy = PolicyFile.Option();
    private readonly BaselineOptions _rules = new();
    private readonly Option<bool> _alignClocks = new("--align-clocks") { Description = "Move the times of network sensors to the device's clock, where matching records tell the difference. Reads everything twice." };
    private readonly Option<string?> _since = new("--since") { Description = "Leave out events before this time (RFC 3339, or a date)." };
    private readonly Option<string?> _until = new("--until") { Description = "Leave out events from this time on." };
    private readonly Option<string?> _zone = new("--assume-offset") { Description = "Zone of times that state none, for example +02:00. Default: UTC." };
    private readonly Option<string?> _reference = new("--reference-date") { Description = "The day by which times without a year are completed. Default: the file's own." };
    private readonly Option<int> _threads = new("--threads") { Description = "Threads to use, 1 to 64. The findings are the same.", DefaultValueFactory = _ => Math.Clamp(Environment.ProcessorCount, 1, 64) };

    public Argument<string[]> Paths => _paths;

    public IEnumerable<Option> Options => [_analytics, _vetted, _baseline, _policy, .. _rules.Options, .. Reading];

    /// <summary>Those of them that say how telemetry is read, for commands that judge nothing.</summary>
    public IEnumerable<Option> Reading => [_mappings, _deviceMap, _device, _alignClocks, _since, _until, _zone, _reference, _threads];

    /// <summary>When what the baseline saw counts as normal: as the options say, else as the policy does.</summary>
    /// <exception cref="UsageException">A value cannot be meant.</exception>
    public BaselineRules Rules(ParseResult parsed, Policy? policy) => _rules.Of(parsed, policy?.Baseline ?? BaselineRules.Default);

    /// <summary>The files that a run judges by, with what they are; a file that was not named is left out.</summary>
    public IEnumerable<(string Role, string Path)> Grounds(ParseResult parsed)
    {
        (string Role, string? Path)[] named = [("policy", parsed.GetValue(_policy)), ("baseline", parsed.GetValue(_baseline)), ("device map", parsed.GetValue(_deviceMap))];
        return named.Where(item => item.Path is not null).Select(item => (item.Role, item.Path!))
            .Concat((parsed.GetValue(_mappings) ?? []).Select(path => ("mapping", path)))
            .Concat((parsed.GetValue(_vetted) ?? []).Select(path => ("reviewed package", path)));
    }

    /// <summary>The options and paths as they were given, for a shell; without what does not change the result.</summary>
    public IEnumerable<string> Spelled(ParseResult parsed) =>
        Options.Where(option => option != _threads).SelectMany(option => CommandText.Of(parsed, option)).Concat(parsed.GetValue(_paths)!.Select(CommandText.Quoted));

    /// <summary>The policy that was named; null when none was.</summary>
    public string? PolicyPath(ParseResult parsed) => parsed.GetValue(_policy);

    /// <summary>The same for a command that takes policies by options of its own.</summary>
    public IEnumerable<Option> OptionsWithoutPolicy => Options.Where(option => option != _policy);

    /// <summary>The analytics of a request, with the reviewed packages, the baseline and the policy that they ask; null after mistakes, which are told.</summary>
    /// <exception cref="UsageException">The request names what is not there.</exception>
    public RunContent? Load(ParseResult parsed, ScanRequest request, SymbolTable symbols) => LoadTunable(parsed, request, symbols)?.Content;

    /// <summary>The same, and how to compile the analytics with other values for all.</summary>
    /// <exception cref="UsageException">The request names what is not there.</exception>
    public (RunContent Content, Func<ITuning, AnalyticSet> Compile)? LoadTunable(ParseResult parsed, ScanRequest request, SymbolTable symbols) =>
        LoadTunable(parsed, request, symbols, parsed.GetValue(_policy));

    /// <summary>The same by a policy of this file; null for none.</summary>
    /// <exception cref="UsageException">The request names what is not there.</exception>
    public RunContent? Load(ParseResult parsed, ScanRequest request, SymbolTable symbols, string? policy) => LoadTunable(parsed, request, symbols, policy)?.Content;

    private (RunContent Content, Func<ITuning, AnalyticSet> Compile)? LoadTunable(ParseResult parsed, ScanRequest request, SymbolTable symbols, string? file)
    {
        var baseline = BaselineFolder.Read(parsed.GetValue(_baseline));
        var (vetted, mistakes) = VettedFolder.Read(request.Vetted, symbols);
        if (!PolicyFile.TryRead(file, out var policy)) return null;
        var rules = Rules(parsed, policy);
        var normal = new KnownNormal(baseline, rules, symbols, host => ReferenceData.Shipped.PublicSuffixes.RegistrableDomain(host), vetted);
        if (policy is null)
        {
            var analytics = Catalogue.Load(request.Analytics, symbols, normal);
            if (Mistakes(mistakes, analytics) is ExitCode.Mistakes) return null;
            return (new RunContent(analytics, vetted, baseline, rules, null), tuning => Catalogue.Load(request.Analytics, symbols, normal, tuning));
        }
        var load = Catalogue.Load(request.Analytics, symbols, policy, normal);
        if (Mistakes([.. mistakes, .. load.Diagnostics], load.Analytics) is ExitCode.Mistakes) return null;
        return (new RunContent(load.Analytics, vetted, baseline, rules, load.InForce), tuning => load.InForce!.Compile(tuning));
    }

    /// <summary>What is asked for; null after mistakes of mapping files, which are told.</summary>
    /// <exception cref="UsageException">A value cannot be meant.</exception>
    public ScanRequest? Request(ParseResult parsed, ProgressLine? progress) => Request(parsed, progress, parsed.GetValue(_paths)!);

    /// <summary>The same for a command that takes its paths in a way of its own.</summary>
    /// <exception cref="UsageException">A value cannot be meant.</exception>
    public ScanRequest? Request(ParseResult parsed, ProgressLine? progress, IReadOnlyList<string> paths)
    {
        var mappings = MappingFiles.Load(parsed.GetValue(_mappings));
        if (!mappings.HasErrors) return Request(parsed, progress, paths, SourceCatalog.With(mappings));
        DiagnosticText.Print(mappings.Diagnostics, Console.Error);
        return null;
    }

    private ScanRequest Request(ParseResult parsed, ProgressLine? progress, IReadOnlyList<string> paths, IReadOnlyList<ISourceReader> readers) => new()
    {
        Readers = readers,
        Paths = paths,
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

    // Warnings of manifests are told, those of analytics are lint's; with an error all mistakes are told and nothing runs.
    private static int Mistakes(IReadOnlyList<Diagnostic> ofManifests, AnalyticSet analytics) =>
        DiagnosticText.Print(analytics.HasErrors ? [.. ofManifests, .. analytics.Diagnostics] : ofManifests, Console.Error);

    /// <summary>A time as people write it; null when there is none.</summary>
    /// <exception cref="UsageException">It is no time.</exception>
    public static Instant? Time(string? text, string option)
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
