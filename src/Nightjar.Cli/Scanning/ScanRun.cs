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
        var span = new SpanOfEvents();
        foreach (var step in reading.Read(cancellation))
        {
            if (step.Batch is { } batch)
            {
                span.Add(batch);
                learning?.Learn(batch);
                engines.Process(batch);
                continue;
            }
            engines = NewEngines(reading);
            learning = Learn?.Invoke();
            span = new SpanOfEvents();
        }
        var findings = engines.Complete();
        var summary = Summarise(reading.Intake, engines, span) with { Joins = reading.Joins, Clocks = reading.Clocks };
        return new ScanOutcome(summary with { Policy = Policy is null ? null : PolicyAccounts.Of(Policy.Policy, findings, engines.Hidden) }, findings)
        {
            Hidden = engines.Hidden, Learned = learning is null ? null : Learned(learning, [.. findings, .. engines.Hidden]),
        };
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

    private RunSummary Summarise(EventIntake intake, EngineGroup engines, SpanOfEvents span)
    {
        var counters = engines.Counters;
        return new RunSummary
        {
            Files = intake.Accounts,
            Devices = engines.Accounts,
            Events = counters.Events,
            Duplicates = counters.Duplicates,
            Unattributed = counters.Unattributed,
            PartialsGivenUp = counters.PartialsGivenUp,
            Span = span.Value,
            Analytics = [.. analytics.Analytics.Select(AnalyticReferences.Of)],
            ReviewedPackages = [.. Vetted.Select(package => package.Name)],
        };
    }
}

/// <summary>From the begin of the earliest to the end of the latest event.</summary>
internal sealed class SpanOfEvents
{
    private Instant _from = Instant.Max;
    private Instant _to = Instant.Min;

    /// <summary>Null when there was no event.</summary>
    public (Instant From, Instant To)? Value => _from > _to ? null : (_from, _to);

    public void Add(EventBatch batch)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            ref var header = ref batch.HeaderAt(i);
            if (header.Time < _from) _from = header.Time;
            if (header.End > _to) _to = header.End;
        }
    }
}
