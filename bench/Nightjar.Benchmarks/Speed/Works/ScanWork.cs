using System.Globalization;
using System.Security.Cryptography;
using Nightjar.Cli.Content;
using Nightjar.Cli.Scanning;
using Nightjar.Events;
using Nightjar.Sinks.Ocsf;

namespace Nightjar.Benchmarks.Speed.Works;

/// <summary>A whole scan, from opening the file to the last finding. Its answer is the hash of what it would write.</summary>
internal sealed class ScanWork(string name, string? analytics, int threads) : ISpeedWork
{
    private const string OfPlanted = "AN1677";

    public string Name => name;

    /// <summary>Whether the time that passed is taken, not that of the processor.</summary>
    public bool IsElapsed { get; init; }

    public string? Obstacle(SpeedInput input) =>
        Environment.ProcessorCount < threads ? $"needs {threads} processors, and this process has {Environment.ProcessorCount}" : null;

    public SpeedSample Run(SpeedInput input)
    {
        var file = input.InOrder;
        var (seconds, outcome) = IsElapsed ? Timed.Wall(() => Scan(file)) : Timed.Processor(() => Scan(file));
        return new SpeedSample(seconds, file.Length, outcome.Summary.Events, Answer(outcome, input));
    }

    private ScanOutcome Scan(FileInfo file)
    {
        var symbols = new SymbolTable();
        var request = new ScanRequest { Paths = [file.FullName], Now = Instant.Max, Threads = threads };
        return new ScanRun(request, Catalogue.Load(analytics, symbols), symbols).Run(CancellationToken.None);
    }

    // Nothing else in the telemetry loads new code, so the chains are known from how it was made.
    private static string Answer(ScanOutcome outcome, SpeedInput input)
    {
        var found = outcome.Findings.Count(finding => finding.Analytic.Uid == OfPlanted);
        if (found != input.PlantedChains) return $"{SpeedCatalogue.Wrong}: {found} of {input.PlantedChains} planted chains were found";
        using var written = new MemoryStream();
        new OcsfFindingWriter().Write(outcome.Findings, written);
        return string.Create(CultureInfo.InvariantCulture, $"{outcome.Findings.Count} findings, {Convert.ToHexStringLower(SHA256.HashData(written.ToArray()).AsSpan(0, 8))}");
    }
}
