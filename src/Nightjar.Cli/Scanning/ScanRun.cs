using Nightjar.Analytics;
using Nightjar.Baselines;
using Nightjar.Engine;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sources.Intake;
using Nightjar.Vetting;

namespace Nightjar.Cli.Scanning;

/// <summary>The one place where a scan is joined: bytes, readers, devices, order, engine, findings. Read it from top to bottom.</summary>
internal sealed class ScanRun(ScanRequest request, AnalyticSet analytics, SymbolTable symbols)
{
    private static readonly EngineOptions Engine = new();

    /// <summary>The reviewed packages that the analytics compare with.</summary>
    public IReadOnlyList<VettedPackage> Vetted { get; init; } = [];

    /// <summary>What is normal for each app.</summary>
    public Baseline Baseline { get; init; } = Baseline.Empty;

    /// <summary>When it counts, and what is not learned.</summary>
    public BaselineRules Rules { get; init; } = BaselineRules.Default;

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
        var summary = Summarise(reading.Intake, engines, span) with { Joins = reading.Joins, Clocks = reading.Clocks, Baseline = BaselineAccounts.Of(Baseline, Rules, span, symbols) };
        return new ScanOutcome(summary, findings) { Learned = learning is null ? null : Learned(learning, findings) };
    }

    // What is surely found must not become normal.
    private Baseline Learned(BaselineLearning learning, IReadOnlyList<Finding> findings)
    {
        foreach (var finding in findings.Where(finding => finding.App is not null && finding.Score >= Rules.LeaveOutScore))
            learning.Forget(finding.App!, finding.Device.Uid, Texts(finding, FieldCatalog.Destination), Texts(finding, [FieldId.FunctionName]));
        return learning.ToBaseline();
    }

    private static IEnumerable<string> Texts(Finding finding, ReadOnlySpan<FieldId> fields)
    {
        var wanted = fields.ToArray();
        return finding.Evidence.SelectMany(item => wanted.Select(field => item.Event[field]).OfType<string>());
    }

    private EngineGroup NewEngines(TelemetryReading reading) =>
        new(Engine, request.Threads, analytics.Analytics, symbols, (file, position) => reading.Intake.FileOf(file).Locate(position));

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
    private readonly HashSet<Symbol> _apps = [];
    private Symbol _lastApp;

    /// <summary>The apps that events named.</summary>
    public IReadOnlySet<Symbol> Apps => _apps;

    /// <summary>Null when there was no event.</summary>
    public (Instant From, Instant To)? Value => _from > _to ? null : (_from, _to);

    public void Add(EventBatch batch)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            ref var header = ref batch.HeaderAt(i);
            if (header.Time < _from) _from = header.Time;
            if (header.End > _to) _to = header.End;
            if (header.App != _lastApp && !header.App.IsNone) _apps.Add(_lastApp = header.App);
        }
    }
}
