using Nightjar.Analytics;
using Nightjar.Engine;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sources.Identity;
using Nightjar.Sources.Intake;
using Nightjar.Vetting;

namespace Nightjar.Cli.Scanning;

/// <summary>The one place where a scan is joined: bytes, readers, devices, order, engine, findings. Read it from top to bottom.</summary>
internal sealed class ScanRun(ScanRequest request, AnalyticSet analytics, SymbolTable symbols)
{
    private static readonly TimeSpan MaxFuture = TimeSpan.FromHours(1);

    // Beside it the texts of a gigabyte and the engine's state must fit well below 600 MiB.
    private const long MemoryBudget = 128L << 20;

    /// <summary>The reviewed packages that the analytics compare with.</summary>
    public IReadOnlyList<VettedPackage> Vetted { get; init; } = [];

    /// <exception cref="OperationCanceledException">Interrupted; temporary files are gone.</exception>
    public ScanOutcome Run(CancellationToken cancellation)
    {
        var leases = new IdentityBook();
        var map = ReadMap();
        // Asked for first when the leases of all files are known.
        var devices = new Lazy<DeviceDirectory>(() => new DeviceDirectory(map, leases));
        using var intake = new EventIntake(Options(leases, devices), symbols);
        var engines = NewEngines(intake);
        var span = new SpanOfEvents();
        foreach (var step in intake.Read(cancellation))
        {
            if (step.Batch is { } batch)
            {
                span.Add(batch);
                engines.Process(batch);
                continue;
            }
            engines = NewEngines(intake);
            span = new SpanOfEvents();
        }
        var findings = engines.Complete();
        return new ScanOutcome(Summarise(intake, engines, span), findings);
    }

    private EngineGroup NewEngines(EventIntake intake) =>
        new(new EngineOptions(), request.Threads, analytics.Analytics, symbols, (file, position) => intake.FileOf(file).Locate(position));

    private IntakeOptions Options(IdentityBook leases, Lazy<DeviceDirectory> devices) => new()
    {
        Paths = request.Paths,
        StandardInput = request.Paths.Contains("-") ? Console.OpenStandardInput() : null,
        Settings = request.Settings,
        Threads = request.Threads,
        MemoryBudget = MemoryBudget,
        LatestAllowed = request.Now + MaxFuture,
        Since = request.Since,
        Until = request.Until,
        Identities = leases,
        Wrap = (session, file, format, path) => new AttributingSession(session, file, format, path, devices.Value, request.Device),
        Progress = request.Progress,
    };

    private DeviceMap ReadMap()
    {
        if (request.DeviceMap is null) return DeviceMap.Empty;
        if (!File.Exists(request.DeviceMap)) throw new UsageException($"There is no device map {request.DeviceMap}.");
        using var reader = new StreamReader(request.DeviceMap);
        var map = DeviceMap.Read(reader, request.Settings.AssumedOffset);
        foreach (var mistake in map.Mistakes) Console.Error.WriteLine($"{request.DeviceMap}: {mistake}");
        return map;
    }

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
