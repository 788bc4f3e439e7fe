using Nightjar.Analytics;
using Nightjar.Baselines;
using Nightjar.Coverage;
using Nightjar.Engine;
using Nightjar.Events;
using Nightjar.Findings;

namespace Nightjar.Cli.Scanning;

/// <summary>Watches the events of a run and says what was read and what could be checked. Every command that reads for coverage uses it, so that they agree.</summary>
internal sealed class TelemetryAccount(ScanRequest request, SymbolTable symbols, EngineOptions engine)
{
    private readonly SpanOfEvents _span = new();
    private readonly TelemetryLedger _ledger = new(symbols, engine.ObservationWindow, engine.Lateness);

    public void Add(EventBatch batch)
    {
        _span.Add(batch);
        _ledger.Add(batch);
    }

    /// <summary>What was read, when all has been.</summary>
    public RunSummary Summarise(TelemetryReading reading, IReadOnlyList<Analytic> analytics, Baseline baseline, BaselineRules rules) => new()
    {
        Files = reading.Intake.Accounts,
        Devices = CoverageAssessment.Of(_ledger, analytics, reading.Known),
        Events = _ledger.Events,
        Duplicates = _ledger.Duplicates,
        Unattributed = _ledger.Unattributed,
        PartialsGivenUp = 0,
        Span = _span.Value,
        Analytics = [.. analytics.Select(AnalyticReferences.Of)],
        Joins = reading.Joins,
        Clocks = reading.Clocks,
        Baseline = BaselineAccounts.Of(baseline, rules, _span, symbols),
        Period = Period(),
        ObservationWindow = engine.ObservationWindow,
        Supplies = new(() => [.. request.Readers.Select(reader => SupplyOf(reader.Format))]),
        TelemetryLosses = new TelemetryLosses(_ledger.EventsOfDevicesLeftOut, _ledger.DaysLeftOut, _ledger.EventsOfAppsLeftOut),
    };

    // What was asked for, where it was: a day that was asked for and told of by nothing is not assessed.
    private (DateOnly, DateOnly)? Period()
    {
        var from = request.Since ?? _span.Value?.From;
        var to = request.Until is { } until ? until - TimeSpan.FromMicroseconds(1) : _span.LastBegin;
        return from is { } first && to is { } last && first <= last ? (DayOf(first), DayOf(last)) : null;
    }

    private static DateOnly DayOf(Instant time) => DateOnly.FromDateTime(time.ToDateTimeOffset().UtcDateTime);

    private static TelemetrySupply SupplyOf(Sources.SourceFormat format) => new(
        format.Id, format.Title, format.Platform, format.Yields.Aggregate(DataComponents.None, (sum, kind) => sum | EventClasses.Components(kind)));
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

    /// <summary>Begin of the event that began last; null when there was none.</summary>
    public Instant? LastBegin { get; private set; }

    public void Add(EventBatch batch)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            ref var header = ref batch.HeaderAt(i);
            if (header.Time < _from) _from = header.Time;
            if (header.End > _to) _to = header.End;
            if (LastBegin is not { } last || header.Time > last) LastBegin = header.Time;
            if (header.App != _lastApp && !header.App.IsNone) _apps.Add(_lastApp = header.App);
        }
    }
}
