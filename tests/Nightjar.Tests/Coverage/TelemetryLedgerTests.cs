using System.Globalization;
using Nightjar.Coverage;
using Nightjar.Engine;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Tests.Engine;
using Xunit;

namespace Nightjar.Tests.Coverage;

/// <summary>What the ledger keeps of telemetry: when it came and when not, how complete it was, and what it had no room for.</summary>
public sealed class TelemetryLedgerTests
{
    private const string Edr = "MobileEDR:telemetry";
    private const string App = "com.example.torch";
    private const double Hour = 3600;
    private const double Day = 24 * Hour;

    private static readonly EngineOptions Engine = new();

    private readonly SymbolTable _symbols = new();

    [Fact]
    public void A_component_is_observable_from_its_first_event_until_the_window_after_its_last()
    {
        var files = Telemetry(File(0), Flow(10 * Day)).Components.Single(item => item.Component == DataComponents.FileCreation);
        Assert.False(files.IsObservableAt(At(-0.001), Engine.ObservationWindow));
        Assert.True(files.IsObservableAt(At(0), Engine.ObservationWindow));
        Assert.True(files.IsObservableAt(At(Day), Engine.ObservationWindow));
        Assert.False(files.IsObservableAt(At(Day) + TimeSpan.FromMicroseconds(1), Engine.ObservationWindow));
    }

    [Fact]
    public void A_gap_is_what_is_longer_than_the_window_and_begins_when_it_has_passed()
    {
        var files = Telemetry(File(0), File(Day), File(3 * Day)).Components.Single();
        Assert.Equal([new TelemetryGap(At(2 * Day), At(3 * Day))], files.Gaps);
        Assert.True(files.IsObservableAt(At(2 * Day), Engine.ObservationWindow));
        Assert.False(files.IsObservableAt(At(2 * Day) + TimeSpan.FromMicroseconds(1), Engine.ObservationWindow));
        Assert.True(files.IsObservableAt(At(3 * Day), Engine.ObservationWindow));
    }

    [Fact]
    public void Gaps_are_those_that_a_plain_count_finds()
    {
        var random = new Random(20260301);
        for (var round = 0; round < 200; round++)
        {
            double[] times = [.. Enumerable.Range(0, random.Next(1, 12)).Select(_ => Math.Round(random.NextDouble() * 12 * Day, 3)).Distinct().Order()];
            var telemetry = Telemetry([.. times.Select(File)]);
            for (var probe = 0; probe < 50; probe++)
            {
                var moment = Math.Round(random.NextDouble() * 14 * Day - Day, 3);
                var plain = times.Any(time => time <= moment && moment - time <= Day);
                Assert.Equal(plain, telemetry.Observes(DataComponents.FileCreation | DataComponents.ModuleLoad, At(moment), Engine.ObservationWindow));
            }
        }
    }

    [Fact]
    public void A_day_is_judged_at_its_last_event()
    {
        // Start is 10:00: the file telemetry of the first day is 25 hours old at the last flow of the second.
        var telemetry = Telemetry(File(0), Flow(Hour), Flow(25 * Hour), File(60 * Hour));
        Assert.Equal(["2026-03-02", "2026-03-03", "2026-03-04"], telemetry.Days.Select(day => day.Day.ToString("O", CultureInfo.InvariantCulture)));
        Assert.True(telemetry.Days[0].Observable.HasFlag(DataComponents.FileCreation));
        Assert.False(telemetry.Days[1].Observable.HasFlag(DataComponents.FileCreation));
        Assert.True(telemetry.Days[1].Observable.HasFlag(DataComponents.NetworkTrafficFlow));
        Assert.Equal([(DataComponents.FileCreation, 1L)], telemetry.Days[2].Arrived);
        Assert.Null(telemetry.On(new DateOnly(2026, 3, 5)));
        Assert.Equal(2, telemetry.On(new DateOnly(2026, 3, 2))!.Events);
    }

    [Fact]
    public void Fields_are_complete_by_the_events_that_could_have_had_them()
    {
        var lines = new EventLine(_symbols)
            .Add(0, EventClass.NetworkActivity, 6, App, "NSM:Flow", (FieldId.BytesIn, 4L), (FieldId.DstHostname, "a.example"))
            .Add(1, EventClass.NetworkActivity, 6, "", "NSM:Flow")
            .Add(2, EventClass.DnsActivity, 1, App, "NSM:Flow", (FieldId.QueryHostname, "a.example"))
            .Add(3, EventClass.FileActivity, 1, App, Edr, (FieldId.FileHashes, "aa"))
            .Add(4, EventClass.FileActivity, 4, App, Edr)
            .Add(5, EventClass.ModuleActivity, 1, App, Edr);
        Assert.Equal(
            [
                new(DecisiveField.App, 6, 5), new(DecisiveField.Bytes, 2, 1), new(DecisiveField.Host, 3, 2), new(DecisiveField.Hash, 2, 1),
                new(DecisiveField.AppState, 5, 0), new(DecisiveField.Lock, 6, 0),
            ],
            Telemetry(lines).Fields);
    }

    [Fact]
    public void A_state_that_was_told_counts_for_what_comes_after_it_and_only_for_its_app()
    {
        var batch = new EventLine(_symbols).Add(0, EventClass.FileActivity, 1, App, Edr).Add(1, EventClass.MobileState, 1, App, Edr)
            .Add(2, EventClass.FileActivity, 1, App, Edr).Add(3, EventClass.FileActivity, 1, "com.example.other", Edr).Add(4, EventClass.MobileState, 2, "", Edr).Add(5, EventClass.FileActivity, 1, "", Edr).Batch();
        batch.HeaderAt(1).State.AppState = AppState.Background;
        var fields = Telemetry(batch).Fields;
        Assert.Equal(new(DecisiveField.AppState, 4, 2), fields.Single(item => item.Field == DecisiveField.AppState));
        Assert.Equal(new(DecisiveField.Lock, 6, 2), fields.Single(item => item.Field == DecisiveField.Lock));
    }

    [Fact]
    public void It_counts_as_the_engine_counts()
    {
        var lines = new EventLine(_symbols).Add(0, EventClass.FileActivity, 1, App, Edr).Add(1, EventClass.FileActivity, 1, App, Edr)
            .Add("phone-2", 2, EventClass.FileActivity, 1, App, Edr).Add("", 3, EventClass.FileActivity, 1, App, Edr).Add(400, EventClass.FileActivity, 1, App, Edr);
        var batch = lines.Batch();
        // The second repeats the first; so would the third, but it is another device's; the last comes too late to be a repeat.
        for (var i = 1; i < batch.Count; i++) batch.HeaderAt(i).Id = batch.HeaderAt(0).Id;
        var engine = new DetectionEngine(Engine, [], _symbols, (_, _) => "");
        engine.Process(batch);
        var ledger = Ledger(batch);
        Assert.Equal((3, 1, 1), (ledger.Events, ledger.Duplicates, ledger.Unattributed));
        Assert.Equal((engine.Counters.Events, engine.Counters.Duplicates, engine.Counters.Unattributed), (ledger.Events, ledger.Duplicates, ledger.Unattributed));
    }

    [Fact]
    public void Log_sources_are_told_by_name_with_what_they_fill()
    {
        var logs = Telemetry(new EventLine(_symbols).Add(5, EventClass.NetworkActivity, 6, App, "NSM:Flow").Add(1, EventClass.FileActivity, 1, App, Edr).Add(9, EventClass.FileActivity, 4, App, Edr)).LogSources;
        Assert.Equal(
            [
                new(Edr, 2, At(1), At(9), DataComponents.FileCreation | DataComponents.FileDeletion),
                new("NSM:Flow", 1, At(5), At(5), DataComponents.NetworkTrafficContent | DataComponents.NetworkTrafficFlow | DataComponents.NetworkConnectionCreation),
            ],
            logs);
    }

    [Fact]
    public void What_there_is_no_room_for_is_counted()
    {
        var lines = new EventLine(_symbols);
        for (var i = 0; i < 40; i++) lines.Add(i, EventClass.LogLine, 1, App, $"source {i:00}");
        for (var i = 0; i < 70; i++) lines.Add(2 * Day * (i + 1), EventClass.FileActivity, 1, App, Edr);
        var telemetry = Telemetry(lines);
        Assert.Equal(32, telemetry.LogSources.Count);
        Assert.Equal(64, telemetry.Components.Single(item => item.Component == DataComponents.FileCreation).Gaps.Count);
        // Eight further sources and 70 events of the endpoint agent, and five of 69 gaps.
        Assert.Equal(8 + 70 + 5, telemetry.LeftOut);
    }

    [Fact]
    public void Days_beyond_the_bound_are_counted_and_cost_nothing_more()
    {
        var ledger = new TelemetryLedger(_symbols, Engine.ObservationWindow, Engine.Lateness);
        var batch = new EventLine(_symbols).Add(0, EventClass.FileActivity, 1, App, Edr).Batch();
        for (var day = 0; day < CoverageLimits.DeviceDays + 3; day++)
        {
            ref var header = ref batch.HeaderAt(0);
            (header.Time, header.End, header.Id) = (At(day * Day), At(day * Day), (UInt128)(uint)day + 1);
            ledger.Add(batch);
        }
        Assert.Equal(3, ledger.DaysLeftOut);
        var account = Assert.Single(CoverageAssessment.Of(ledger, [], []));
        Assert.Equal(CoverageLimits.DeviceDays, account.Telemetry.Days.Count);
        Assert.Equal(CoverageLimits.DeviceDays + 3, account.Events);
    }

    [Fact]
    public void An_event_allocates_nothing_once_its_device_app_and_day_are_known()
    {
        var lines = new EventLine(_symbols);
        for (var i = 0; i < 1000; i++) lines.Add($"phone-{i % 20}", i * 0.001, (i % 4) switch { 0 => EventClass.NetworkActivity, 1 => EventClass.DnsActivity, 2 => EventClass.MobileState, _ => EventClass.FileActivity }, 1, $"com.example.app{i % 60}", Edr, (FieldId.DstHostname, "www.example.org"));
        var batch = lines.Batch();
        var ledger = new TelemetryLedger(_symbols, Engine.ObservationWindow, Engine.Lateness);
        for (var round = 0; round < 20; round++) Again(ledger, batch);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 20; round++) Again(ledger, batch);
        var perEvent = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)(20 * batch.Count);
        Assert.True(perEvent < 0.5, $"{perEvent} bytes an event");
        Assert.Equal(40 * batch.Count, ledger.Events);
    }

    // The same events again, later and under other ids, so that none is a repeat.
    private static void Again(TelemetryLedger ledger, EventBatch batch)
    {
        ledger.Add(batch);
        for (var i = 0; i < batch.Count; i++)
        {
            ref var header = ref batch.HeaderAt(i);
            (header.Time, header.End, header.Id) = (header.Time + TimeSpan.FromSeconds(200), header.End + TimeSpan.FromSeconds(200), header.Id + 1_000_003);
        }
    }

    private static Instant At(double seconds) => EventLine.Start + TimeSpan.FromSeconds(seconds);

    private static (double, EventClass, int) File(double seconds) => (seconds, EventClass.FileActivity, 1);

    private static (double, EventClass, int) Flow(double seconds) => (seconds, EventClass.NetworkActivity, 6);

    private DeviceTelemetry Telemetry(params (double Seconds, EventClass Class, int Activity)[] events)
    {
        var lines = new EventLine(_symbols);
        foreach (var (seconds, eventClass, activity) in events) lines.Add(seconds, eventClass, activity, App, Edr);
        return Telemetry(lines);
    }

    private DeviceTelemetry Telemetry(EventLine lines) => Telemetry(lines.Batch());

    private DeviceTelemetry Telemetry(EventBatch batch) => Assert.Single(CoverageAssessment.Of(Ledger(batch), [], [])).Telemetry;

    private TelemetryLedger Ledger(EventBatch batch)
    {
        var ledger = new TelemetryLedger(_symbols, Engine.ObservationWindow, Engine.Lateness);
        ledger.Add(batch);
        return ledger;
    }
}
