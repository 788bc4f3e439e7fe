using Nightjar.Analytics;
using Nightjar.Baselines;
using Nightjar.Cli.Captures;
using Nightjar.Engine;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sources.Identity;
using Nightjar.Sources.Identity.Joining;
using Nightjar.Sources.Intake;
using Nightjar.Vetting;

namespace Nightjar.Cli.Scanning;

/// <summary>The one place where a scan is joined: bytes, readers, devices, order, engine, findings. Read it from top to bottom.</summary>
internal sealed class ScanRun(ScanRequest request, AnalyticSet analytics, SymbolTable symbols)
{
    private static readonly TimeSpan MaxFuture = TimeSpan.FromHours(1);

    private static readonly EngineOptions Engine = new();

    // Beside it the texts of a gigabyte and the engine's state must fit well below 600 MiB.
    private const long MemoryBudget = 128L << 20;

    /// <summary>The reviewed packages that the analytics compare with.</summary>
    public IReadOnlyList<VettedPackage> Vetted { get; init; } = [];

    /// <summary>Learns what apps do from what is scanned; null when nothing is to be learned.</summary>
    public Func<BaselineLearning>? Learn { get; init; }

    /// <exception cref="OperationCanceledException">Interrupted; temporary files are gone.</exception>
    public ScanOutcome Run(CancellationToken cancellation)
    {
        var map = ReadMap();
        var alignment = request.AlignClocks ? new ClockAlignment(CompareClocks(map, cancellation)) : null;
        using var intake = NewIntake(map, alignment, symbols);
        var clocks = new ClockComparison(symbols);
        var join = new ContactJoin(Engine.ClockSkew);
        var engines = NewEngines(intake);
        var learning = Learn?.Invoke();
        var span = new SpanOfEvents();
        foreach (var step in join.Join(Watched(intake, clocks, cancellation)))
        {
            if (step.Batch is { } batch)
            {
                span.Add(batch);
                learning?.Learn(batch);
                engines.Process(batch);
                continue;
            }
            engines = NewEngines(intake);
            learning = Learn?.Invoke();
            span = new SpanOfEvents();
        }
        var findings = engines.Complete();
        var summary = Summarise(intake, engines, span) with { Joins = join.Counts, Clocks = [.. alignment?.Applied ?? [], .. clocks.Offsets()] };
        return new ScanOutcome(summary, findings) { Learned = learning is null ? null : Learned(learning, findings) };
    }

    // What is found must not become normal.
    private static Baseline Learned(BaselineLearning learning, IReadOnlyList<Finding> findings)
    {
        foreach (var finding in findings.Where(finding => finding.App is not null))
            learning.Forget(finding.App!, finding.Device.Uid, finding.Evidence.SelectMany(item => HostFields.Select(field => item.Event[field]).OfType<string>()));
        return learning.ToBaseline();
    }

    private static readonly FieldId[] HostFields = [FieldId.DstHostname, FieldId.TlsSni, FieldId.UrlHostname, FieldId.QueryHostname, FieldId.DstIp];

    // A whole reading of its own: what a clock is off by is known only at the end, and the order of events depends on it.
    private IReadOnlyList<ClockOffset> CompareClocks(DeviceMap map, CancellationToken cancellation)
    {
        var texts = new SymbolTable();
        using var intake = NewIntake(map, null, texts);
        var clocks = new ClockComparison(texts);
        foreach (var _ in Watched(intake, clocks, cancellation))
        {
            // Only the comparison looks.
        }
        return clocks.Offsets();
    }

    private static IEnumerable<IntakeStep> Watched(EventIntake intake, ClockComparison clocks, CancellationToken cancellation)
    {
        foreach (var step in intake.Read(cancellation))
        {
            if (step.Batch is { } batch) clocks.Learn(batch);
            else clocks.Clear();
            yield return step;
        }
    }

    private EventIntake NewIntake(DeviceMap map, ClockAlignment? alignment, SymbolTable texts)
    {
        var leases = new IdentityBook();
        // Asked for first when the leases of all files are known.
        var devices = new Lazy<DeviceDirectory>(() => new DeviceDirectory(map, leases));
        return new EventIntake(Options(leases, devices, alignment), texts);
    }

    private EngineGroup NewEngines(EventIntake intake) =>
        new(Engine, request.Threads, analytics.Analytics, symbols, (file, position) => intake.FileOf(file).Locate(position));

    private IntakeOptions Options(IdentityBook leases, Lazy<DeviceDirectory> devices, ClockAlignment? alignment) => new()
    {
        Paths = request.Paths,
        Readers = request.Readers,
        StandardInput = request.Paths.Contains("-") ? Console.OpenStandardInput() : null,
        Settings = request.Settings,
        Threads = request.Threads,
        MemoryBudget = MemoryBudget,
        LatestAllowed = request.Now + MaxFuture,
        Since = request.Since,
        Until = request.Until,
        Identities = leases,
        Wrap = (session, file, format, path) => new AttributingSession(session, file, format, path, devices.Value, request.Device, alignment),
        BatchesKept = ContactJoin.MostHeld + 1,
        Dissector = Tshark.Find(),
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
