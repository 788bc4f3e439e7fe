using Nightjar.Analytics;
using Nightjar.Analytics.Tuning;
using Nightjar.Coverage;
using Nightjar.Engine;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Knowledge;
using Nightjar.Tests.Engine;
using Xunit;

namespace Nightjar.Tests.Coverage;

/// <summary>What analytics could see by what came: in agreement with the engine, and never more than its parts.</summary>
public sealed class CoverageAssessmentTests
{
    private const string Edr = "MobileEDR:telemetry";
    private const string App = "com.example.torch";
    private const double Day = 24 * 3600;

    // A flow alone is worth 40; what else can be seen adds to it.
    private const string Growing = """
        title: Growing
        status: test
        level: high
        logsource: {product: android}
        analytic:
          uid: T1
          version: 1.0.0
          within: 60s
          stages:
            - id: flow
              detection: {s: {class_uid: 4001}, condition: s}
            - id: write
              optional: true
              score: 20
              detection: {s: {class_uid: 1001, activity_id: 1}, condition: s}
            - id: load
              optional: true
              score: 15
              detection: {s: {class_uid: 1005, activity_id: 1}, condition: s}
          score:
            base: 40
            add:
              - {name: background, points: 10, reason: not in the foreground, when: in_background()}
          finding: {title: "{app}", description: "{state}"}
        """;

    private const string Unattended = """
        title: Unattended
        status: test
        level: high
        logsource: {product: android}
        analytic:
          uid: T2
          version: 1.0.0
          within: 60s
          stages:
            - id: flow
              detection: {s: {class_uid: 4001}, condition: s}
              where: unattended(5m)
          score: {base: 60}
          finding: {title: "{app}", description: "{state}"}
        """;

    private static readonly EngineOptions Engine = new();

    private readonly SymbolTable _symbols = new();

    [Fact]
    public void With_all_telemetry_it_is_runnable_and_all_of_the_score_can_be_reached()
    {
        var check = Check(Growing, Events().Add(0, EventClass.MobileState, 1, App, Edr).Add(1, EventClass.NetworkActivity, 6, App, Edr).Add(2, EventClass.FileActivity, 1, App, Edr).Add(3, EventClass.ModuleActivity, 1, App, Edr), AppState.Background);
        Assert.Equal((CheckState.Runnable, 85), (check.State, check.ReachableScore));
        Assert.Empty(check.BlindStages);
        Assert.Empty(check.BlindContributions);
        Assert.Equal(new DayCounts(1, 0, 0), check.Days);
    }

    [Fact]
    public void A_state_that_nothing_told_is_a_contribution_that_cannot_be_earned()
    {
        var check = Check(Growing, Events().Add(1, EventClass.NetworkActivity, 6, App, Edr).Add(2, EventClass.FileActivity, 1, App, Edr).Add(3, EventClass.ModuleActivity, 1, App, Edr));
        Assert.Equal((CheckState.Degraded, 75), (check.State, check.ReachableScore));
        Assert.Equal(["background"], check.BlindContributions);
    }

    [Fact]
    public void A_stage_that_asks_for_a_state_that_nothing_told_keeps_the_analytic_blind()
    {
        var check = Check(Unattended, Events().Add(1, EventClass.NetworkActivity, 6, App, Edr));
        Assert.Equal(CheckState.Blind, check.State);
        Assert.Empty(check.BlindStages);
        Assert.Equal([new StageObstacle("flow", TelemetryLack.State)], check.Obstacles);
        Assert.Equal(CheckState.Runnable, Check(Unattended, Events().Add(0, EventClass.MobileState, 2, "", Edr).Add(1, EventClass.NetworkActivity, 6, App, Edr)).State);
    }

    [Fact]
    public void Telemetry_that_names_no_app_cannot_show_what_an_app_did()
    {
        var check = Check(Growing, Events().Add(1, EventClass.NetworkActivity, 6, "", Edr).Add(2, EventClass.FileActivity, 1, App, Edr));
        Assert.Equal(CheckState.Blind, check.State);
        Assert.Equal(["load"], check.BlindStages);
        Assert.Equal([new StageObstacle("flow", TelemetryLack.AppNames)], check.Obstacles);
    }

    [Fact]
    public void Over_days_it_is_what_it_was_on_the_worst_of_those_assessed_and_the_others_are_counted()
    {
        var lines = Events().Add(0, EventClass.NetworkActivity, 6, App, Edr).Add(1, EventClass.FileActivity, 1, App, Edr).Add(2, EventClass.ModuleActivity, 1, App, Edr).Add(3, EventClass.MobileState, 1, App, Edr)
            .Add(3 * Day, EventClass.NetworkActivity, 6, App, Edr).Add(6 * Day, EventClass.FileActivity, 1, App, Edr);
        var account = Account(Growing, lines.Batch(), AppState.Background);
        Assert.Equal([CheckState.Runnable, CheckState.Degraded, CheckState.Blind], account.Telemetry.Days.Select(day => day.Checks.Single().State));
        var check = account.Checks.Single();
        Assert.Equal((CheckState.Degraded, 50), (check.State, check.ReachableScore));
        Assert.Equal(new DayCounts(1, 1, 1), check.Days);
        Assert.Equal(["write", "load"], check.BlindStages);
    }

    [Fact]
    public void What_it_calls_not_observable_at_the_moment_of_decision_is_what_findings_call_so()
    {
        var set = Load(Growing);
        var stages = set.Analytics[0].StageInfos.ToDictionary(stage => stage.Id, StringComparer.Ordinal);
        var random = new Random(7);
        var (seen, unseen) = (0, 0);
        for (var round = 0; round < 60; round++)
        {
            var lines = Events();
            for (var i = 0; i < 6; i++) lines.Add(Math.Round(random.NextDouble() * 6 * Day, 3), EventClass.NetworkActivity, 6, $"com.example.app{i}", Edr);
            for (var i = 0; i < random.Next(4); i++) lines.Add(Math.Round(random.NextDouble() * 6 * Day, 3), EventClass.FileActivity, 1, "com.example.files", Edr);
            for (var i = 0; i < random.Next(4); i++) lines.Add(Math.Round(random.NextDouble() * 6 * Day, 3), EventClass.ModuleActivity, 1, "com.example.files", Edr);
            var batch = lines.Batch();
            var engine = new DetectionEngine(Engine, set.Analytics, _symbols, (_, _) => "");
            engine.Process(batch);
            engine.Complete();
            var telemetry = Account(set, batch).Telemetry;
            foreach (var finding in engine.TakeFindings())
            {
                var decided = finding.Evidence.Single(item => item.Stage == "flow").Event.End + set.Analytics[0].Window + Engine.ClockSkew;
                foreach (var outcome in finding.Stages)
                {
                    var observable = telemetry.Observes(stages[outcome.Id].Components, decided, Engine.ObservationWindow);
                    Assert.Equal(observable, outcome.State != StageState.NotObservable);
                    if (observable) seen++;
                    else unseen++;
                }
            }
        }
        Assert.True(seen > 100 && unseen > 100, $"{seen} observable, {unseen} not");
    }

    [Fact]
    public void Whatever_is_found_was_assessed_that_day_and_within_the_reachable_score()
    {
        var set = Load(Growing);
        var random = new Random(11);
        for (var round = 0; round < 40; round++)
        {
            var lines = Events();
            for (var i = 0; i < 12; i++)
            {
                var (kind, activity) = random.Next(3) switch { 0 => (EventClass.NetworkActivity, 6), 1 => (EventClass.FileActivity, 1), _ => (EventClass.ModuleActivity, 1) };
                lines.Add(Math.Round(random.NextDouble() * 3 * Day, 3), kind, activity, App, Edr);
            }
            var batch = lines.Batch();
            var engine = new DetectionEngine(Engine, set.Analytics, _symbols, (_, _) => "");
            engine.Process(batch);
            engine.Complete();
            var account = Account(set, batch);
            foreach (var finding in engine.TakeFindings())
            {
                var day = account.Telemetry.On(DateOnly.FromDateTime(finding.Start.ToDateTimeOffset().UtcDateTime))!;
                Assert.NotEqual(CheckState.Blind, day.Checks.Single().State);
                Assert.InRange(finding.Score, 0, day.Checks.Single().ReachableScore);
            }
        }
    }

    [Fact]
    public void A_device_that_is_known_and_told_nothing_is_named_and_not_called_clean()
    {
        var ledger = new TelemetryLedger(_symbols, Engine.ObservationWindow, Engine.Lateness);
        ledger.Add(Events().Add(1, EventClass.NetworkActivity, 6, App, Edr).Batch());
        KnownDevice[] known = [new(new DeviceReference("phone-1", Platform.Android), "the device map"), new(new DeviceReference("ghost", Platform.Android), "the device map"), new(new DeviceReference("ghost", Platform.Unknown), "an inventory")];
        var accounts = CoverageAssessment.Of(ledger, Load(Growing).Analytics, known);
        Assert.Equal(["ghost", "phone-1"], accounts.Select(account => account.Device.Uid));
        Assert.Equal("the device map", accounts[0].KnownFrom);
        Assert.Equal(CheckState.Blind, accounts[0].Checks.Single().State);
        Assert.Equal(DayCounts.None, accounts[0].Checks.Single().Days);
        Assert.Null(accounts[1].KnownFrom);
    }

    private EventLine Events() => new(_symbols);

    private DeviceCheck Check(string analytic, EventLine lines, AppState state = AppState.Unknown) => Account(analytic, lines.Batch(), state).Checks.Single();

    private DeviceAccount Account(string analytic, EventBatch batch, AppState state = AppState.Unknown)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            if (batch.HeaderAt(i).Class == EventClass.MobileState) batch.HeaderAt(i).State.AppState = state;
        }
        return Account(Load(analytic), batch);
    }

    private DeviceAccount Account(AnalyticSet set, EventBatch batch)
    {
        var ledger = new TelemetryLedger(_symbols, Engine.ObservationWindow, Engine.Lateness);
        ledger.Add(batch);
        return Assert.Single(CoverageAssessment.Of(ledger, set.Analytics, []));
    }

    private AnalyticSet Load(string text)
    {
        var set = AnalyticLoader.Load([new AnalyticSource("test.yml", text)], _symbols, ReferenceData.Shipped, DefaultTuning.Instance);
        Assert.False(set.HasErrors, string.Join('\n', set.Diagnostics));
        return set;
    }
}
