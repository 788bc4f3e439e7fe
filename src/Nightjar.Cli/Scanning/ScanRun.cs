using Nightjar.Analytics;
using Nightjar.Baselines;
using Nightjar.Engine;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Policies;
using Nightjar.Sources.Intake;
using Nightjar.Vetting;

namespace Nightjar.Cli.Scanning;

/// <summary>The one place where a scan is joined: bytes, readers, devices, order, engine, findings. Read it from top to bottom.</summary>
internal sealed class ScanRun(ScanRequest request, AnalyticSet analytics, SymbolTable symbols)
{
    private static readonly EngineOptions Engine = new();

    /// <summary>The reviewed packages that the analytics compare with.</summary>
    public IReadOnlyList<VettedPackage> Vetted { get; init; } = [];

    /// <summary>The policy; null without one.</summary>
    public PolicyInForce? Policy { get; init; }

    /// <summary>Learns what apps do from what is scanned; null when nothing is to be learned.</summary>
    public Func<BaselineLearning>? Learn { get; init; }

    /// <exception cref="OperationCanceledException">Interrupted; temporary files are gone.</exception>
    public ScanOutcome Run(CancellationToken cancellation)
    {
        using var reading = new TelemetryReading(request, symbols, Engine.ClockSkew);
        var engines = NewEngines(reading);
        var learning = Learn?.Invoke();
        var account = new TelemetryAccount(request, symbols, Engine);
        foreach (var step in reading.Read(cancellation))
        {
            if (step.Batch is { } batch)
            {
                account.Add(batch);
                learning?.Learn(batch);
                engines.Process(batch);
                continue;
            }
            engines = NewEngines(reading);
            learning = Learn?.Invoke();
            account = new TelemetryAccount(request, symbols, Engine);
        }
        var findings = engines.Complete();
        var summary = account.Summarise(reading, analytics.Analytics) with
        {
            PartialsGivenUp = engines.Counters.PartialsGivenUp,
            ReviewedPackages = [.. Vetted.Select(package => package.Name)],
            Policy = Policy is null ? null : PolicyAccounts.Of(Policy.Policy, findings, engines.Hidden),
        };
        return new ScanOutcome(summary, findings) { Hidden = engines.Hidden, Learned = learning is null ? null : Learned(learning, [.. findings, .. engines.Hidden]) };
    }

    // What is found must not become normal, and hiding it makes it no more so.
    private static Baseline Learned(BaselineLearning learning, IReadOnlyList<Finding> findings)
    {
        foreach (var finding in findings.Where(finding => finding.App is not null))
            learning.Forget(finding.App!, finding.Device.Uid, finding.Evidence.SelectMany(item => FieldCatalog.Destination.ToArray().Select(field => item.Event[field]).OfType<string>()));
        return learning.ToBaseline();
    }

    private EngineGroup NewEngines(TelemetryReading reading) =>
        new(Engine, request.Threads, analytics.Analytics, symbols, (file, position) => reading.Intake.FileOf(file).Locate(position), Policy);
}
