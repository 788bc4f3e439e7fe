using Nightjar.Cli.Captures;
using Nightjar.Crews;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sources.Identity;
using Nightjar.Sources.Identity.Joining;
using Nightjar.Sources.Intake;

namespace Nightjar.Cli.Scanning;

/// <summary>Reads what a request names, as every command reads it: bytes, readers, devices, clocks, order, and records of one contact joined.</summary>
internal sealed class TelemetryReading : IDisposable
{
    private static readonly TimeSpan MaxFuture = TimeSpan.FromHours(1);

    // Beside it the texts of a gigabyte and the engine's state must fit well below 600 MiB.
    private const long MemoryBudget = 96L << 20;

    private readonly ScanRequest _request;
    private readonly SymbolTable _symbols;
    private readonly DeviceMap _map;
    private readonly ContactJoin _join;
    private readonly ClockComparison _clocks;
    private ClockAlignment? _alignment;
    private EventIntake? _intake;
    private IdentityBook _identities = new();

    /// <param name="request">What to read.</param>
    /// <param name="symbols">Where texts are interned.</param>
    /// <param name="skew">How far the records of one contact may lie apart.</param>
    /// <exception cref="UsageException">The device map is not there.</exception>
    public TelemetryReading(ScanRequest request, SymbolTable symbols, TimeSpan skew)
    {
        (_request, _symbols, _map) = (request, symbols, ReadMap(request));
        (_join, _clocks) = (new ContactJoin(skew), new ClockComparison(symbols));
        Crew = new Crew(request.Threads);
    }

    /// <summary>The threads of the run; gone with the reading.</summary>
    public Crew Crew { get; }

    /// <summary>The intake, once the reading has begun.</summary>
    public EventIntake Intake => _intake ?? throw new InvalidOperationException("Nothing has been read yet.");

    public JoinCounts Joins => _join.Counts;

    /// <summary>By how much clocks differ, and what was done about it.</summary>
    public IReadOnlyList<ClockOffset> Clocks => [.. _alignment?.Applied ?? [], .. _clocks.Offsets()];

    /// <summary>Devices that the map or an inventory names, whether telemetry of them was read or not.</summary>
    public IEnumerable<KnownDevice> Known => KnownDevices.Of(_map, _identities);

    /// <summary>Gives every batch, in the total order, to those who take them: while one is at a batch, others are at others, and the reading goes on.</summary>
    /// <param name="begin">Who takes them, each on one thread at a time. Asked again when everything begins anew; then the ones before are to be forgotten.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="OperationCanceledException">Interrupted; temporary files are gone.</exception>
    public void Feed(Func<IReadOnlyList<Action<EventBatch>>> begin, CancellationToken cancellation)
    {
        var relay = new BatchRelay(Crew, begin());
        try
        {
            foreach (var step in Read(cancellation))
            {
                if (step.Batch is { } batch)
                {
                    relay.Hand(batch);
                    continue;
                }
                relay.Dispose();
                relay = new BatchRelay(Crew, begin());
            }
            relay.Finish();
        }
        finally
        {
            relay.Dispose();
        }
    }

    /// <summary>All events in their total order. After a step without a batch everything begins anew. A batch stays valid while others are under way that a
    /// <see cref="BatchRelay"/> of the crew has handed on.</summary>
    /// <exception cref="OperationCanceledException">Interrupted; temporary files are gone.</exception>
    public IEnumerable<IntakeStep> Read(CancellationToken cancellation)
    {
        _alignment = _request.AlignClocks ? new ClockAlignment(CompareClocks(cancellation)) : null;
        _intake = NewIntake(_alignment, _symbols);
        return _join.Join(Watched(_intake, _clocks, cancellation));
    }

    public void Dispose()
    {
        _intake?.Dispose();
        Crew.Dispose();
    }

    // A whole reading of its own: what a clock is off by is known only at the end, and the order of events depends on it.
    private IReadOnlyList<ClockOffset> CompareClocks(CancellationToken cancellation)
    {
        var texts = new SymbolTable();
        using var intake = NewIntake(null, texts);
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

    private EventIntake NewIntake(ClockAlignment? alignment, SymbolTable texts)
    {
        var leases = _identities = new IdentityBook();
        // Asked for first when the leases of all files are known.
        var devices = new Lazy<DeviceDirectory>(() => new DeviceDirectory(_map, leases));
        return new EventIntake(Options(leases, devices, alignment), texts);
    }

    private IntakeOptions Options(IdentityBook leases, Lazy<DeviceDirectory> devices, ClockAlignment? alignment) => new()
    {
        Paths = _request.Paths,
        Readers = _request.Readers,
        StandardInput = _request.Paths.Contains("-") ? Console.OpenStandardInput() : null,
        Settings = _request.Settings,
        Crew = Crew,
        MemoryBudget = MemoryBudget,
        LatestAllowed = _request.Now + MaxFuture,
        Since = _request.Since,
        Until = _request.Until,
        Identities = leases,
        Wrap = (session, file, format, path) => new AttributingSession(session, file, format, path, devices.Value, _request.Device, alignment),
        BatchesKept = ContactJoin.MostHeld + 1 + BatchRelay.MostUnderWay(Crew),
        Dissector = Tshark.Find(),
        Progress = _request.Progress,
    };

    private static DeviceMap ReadMap(ScanRequest request)
    {
        if (request.DeviceMap is null) return DeviceMap.Empty;
        if (!File.Exists(request.DeviceMap)) throw new UsageException($"There is no device map {request.DeviceMap}.");
        using var reader = new StreamReader(request.DeviceMap);
        var map = DeviceMap.Read(reader, request.Settings.AssumedOffset);
        foreach (var mistake in request.IsRepeat ? [] : map.Mistakes) Console.Error.WriteLine($"{request.DeviceMap}: {mistake}");
        return map;
    }
}
