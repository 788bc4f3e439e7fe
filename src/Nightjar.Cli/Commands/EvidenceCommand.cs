using System.CommandLine;
using System.Security.Cryptography;
using Nightjar.Auditing;
using Nightjar.Cli.Content;
using Nightjar.Cli.Scanning;
using Nightjar.Cli.Terminal;
using Nightjar.Events;
using Nightjar.Knowledge;
using Nightjar.Policies;
using Nightjar.Scenarios;
using Nightjar.Sinks;

namespace Nightjar.Cli.Commands;

/// <summary><c>nightjar evidence PATH… --output DIR</c>: a folder for an auditor, the same bytes for the same input.</summary>
internal sealed class EvidenceCommand
{
    // A file that could never be a handling file is not read into memory.
    private const long MostBytes = 64 << 20;

    private readonly InputOptions _input = new();
    private readonly Option<string> _output = new("--output", "-o") { Description = "A new or empty folder for the pack.", Required = true };
    private readonly Option<string?> _handling = new("--handling") { Description = "YAML or CSV that says what was done about findings." };
    private readonly Option<bool> _mutate = new("--mutate") { Description = "Also changes each piece of each analytic in turn and reports what no scenario notices. Takes longer." };
    private readonly Option<string?> _asOf = new("--as-of") { Description = "The moment as of which the pack is made (RFC 3339, or a date); records beyond it are left out. Default: now, which is not stated." };

    public static Command Create(GlobalOptions settings, CancellationToken cancellation)
    {
        var evidence = new EvidenceCommand();
        var command = new Command("evidence", "Evidence for an auditor: what was monitored, what could be seen and what could not, by what it was judged, what was found and done.") { evidence._input.Paths };
        foreach (var option in new Option[] { evidence._output, evidence._handling, evidence._mutate, evidence._asOf }.Concat(evidence._input.Options)) command.Options.Add(option);
        command.Subcommands.Add(EvidenceVerifyCommand.Create());
        command.SetAction(parsed => evidence.Run(parsed, settings, cancellation));
        return command;
    }

    private int Run(ParseResult parsed, GlobalOptions settings, CancellationToken cancellation)
    {
        var folder = parsed.GetValue(_output)!;
        EvidenceFolder.MustBeEmpty(folder);
        var progress = ProgressLine.ForTerminal(settings.IsQuiet(parsed));
        if (_input.Request(parsed, progress) is not { } request) return ExitCode.Mistakes;
        var asOf = InputOptions.Time(parsed.GetValue(_asOf), "--as-of");
        if (asOf is { } moment) request = request with { Now = moment };
        if (!TryReadHandling(parsed.GetValue(_handling), out var handling)) return ExitCode.Mistakes;
        var symbols = new SymbolTable();
        if (_input.Load(parsed, request, symbols) is not { } content) return ExitCode.Mistakes;
        ScanOutcome outcome;
        try
        {
            outcome = new ScanRun(request, content, symbols).Run(cancellation);
        }
        finally
        {
            progress?.Clear();
        }
        var pack = Pack(parsed, request, content, outcome) with { Handling = handling, AsOf = asOf };
        DiagnosticText.Print(HandlingFile.Unknown(parsed.GetValue(_handling) ?? "", handling, [.. outcome.Findings, .. outcome.Hidden]), Console.Error);
        var seal = EvidenceFolder.Write(folder, pack, cancellation);
        EvidenceText.Write(settings.Output(parsed), pack, seal);
        if (!settings.IsQuiet(parsed)) Console.Error.WriteLine($"Written to {folder}: begin with README.md and answers.md.");
        return outcome.Summary.Files.Any(file => file.State == FileState.Unreadable) ? ExitCode.Unreadable : ExitCode.Done;
    }

    private EvidencePack Pack(ParseResult parsed, ScanRequest request, RunContent content, ScanOutcome outcome)
    {
        var files = Catalogue.FilesOf(request.Analytics).For(content.Analytics.Analytics);
        return new EvidencePack
        {
            Result = new RunResult(outcome.Summary, outcome.Findings),
            Hidden = outcome.Hidden,
            Analytics = content.Analytics.Analytics,
            Content = files,
            Scenarios = ScenarioSuite.Run(files.Scenarios, files.Analytics, ReferenceData.Shipped),
            Mutations = parsed.GetValue(_mutate) ? ScenarioSuite.Mutate(files.Scenarios, files.Analytics, ReferenceData.Shipped) : null,
            Reference = ReferenceData.Shipped,
            Policy = content.Policy?.Bound,
            PolicyText = content.Policy is { } policy ? TextOf(policy.Policy, _input.PolicyPath(parsed)!) : default,
            Inputs = InputFingerprints.Of(outcome.Summary, Grounds(parsed)),
            Command = Spelled(parsed),
        };
    }

    private static byte[] TextOf(Policy policy, string path)
    {
        var bytes = File.ReadAllBytes(path);
        return Convert.ToHexStringLower(SHA256.HashData(bytes)) == policy.Sha256 ? bytes : throw new UsageException($"{path} was changed while the pack was made. Make it again.");
    }

    private IEnumerable<(string Role, string Path)> Grounds(ParseResult parsed) =>
        parsed.GetValue(_handling) is { } handling ? _input.Grounds(parsed).Append(("handling", handling)) : _input.Grounds(parsed);

    // The folder is left open: what is in it does not depend on where it is.
    private string Spelled(ParseResult parsed) =>
        string.Join(' ', ["nightjar evidence --output DIR", .. new Option[] { _handling, _mutate, _asOf }.SelectMany(option => CommandText.Of(parsed, option)), .. _input.Spelled(parsed)]);

    private static bool TryReadHandling(string? path, out IReadOnlyList<HandlingEntry> entries)
    {
        entries = [];
        if (path is null) return true;
        if (!File.Exists(path)) throw new UsageException($"There is no handling file {path}.");
        if (new FileInfo(path).Length > MostBytes) throw new UsageException($"{path} is larger than any handling file.");
        var reading = HandlingFile.Read(path.Replace('\\', '/'), File.ReadAllText(path));
        entries = reading.Entries;
        return DiagnosticText.Print(reading.Diagnostics, Console.Error) == ExitCode.Done;
    }
}

/// <summary><c>nightjar evidence verify DIR</c>: whether a pack is as it was made.</summary>
internal static class EvidenceVerifyCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("folder") { Description = "The folder of the pack." };
        var seal = new Option<string?>("--seal") { Description = "SHA-256 of the pack's manifest.sha256, as it was told when the pack was made." };
        var command = new Command("verify", "Compares every file of a pack with its manifest: what was changed, is missing or was added.") { folder, seal };
        command.SetAction(parsed => Run(parsed.GetValue(folder)!, parsed.GetValue(seal)));
        return command;
    }

    private static int Run(string folder, string? seal)
    {
        if (!Directory.Exists(folder)) throw new UsageException($"There is no folder {folder}.");
        var manifest = Path.Combine(folder, PackManifest.SumsName);
        if (!File.Exists(manifest)) return Tell([("missing", PackManifest.SumsName)]);
        var present = EvidenceFolder.Read(folder);
        var difference = PackManifest.Compare(File.ReadAllText(manifest), present);
        List<(string What, string Name)> told = [.. difference.Changed.Select(name => ("changed", name)), .. difference.Missing.Select(name => ("missing", name)), .. difference.Added.Select(name => ("added", name)),
            .. difference.Unreadable.Select(line => ("unreadable", $"line {line} of {PackManifest.SumsName}"))];
        var found = present.First(entry => entry.Name == PackManifest.SumsName).Sha256;
        if (seal is not null && !seal.Trim().Equals(found, StringComparison.OrdinalIgnoreCase)) told.Add(("resealed", $"{PackManifest.SumsName} is another than the seal says"));
        if (told.Count > 0) return Tell(told);
        Console.Out.WriteLine($"{SinkWords.Count(present.Count - 1, "file is as the manifest says", "files are as the manifest says")}; none is missing, none was added.");
        Console.Out.WriteLine(seal is null ? "Whether the manifest is the one that was made, --seal tells; it is now" : "The manifest is the one that was made:");
        Console.Out.WriteLine(found);
        return ExitCode.Done;
    }

    private static int Tell(List<(string What, string Name)> differences)
    {
        foreach (var (what, name) in differences) Console.Out.WriteLine($"{what,-10}  {VisibleText.Of(name)}");
        Console.Out.WriteLine($"{SinkWords.Count(differences.Count, "difference")}: the pack is not as it was made.");
        return ExitCode.Found;
    }
}
