using Nightjar.Analytics;
using Nightjar.Analytics.Tuning;
using Nightjar.Engine;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Knowledge;
using Xunit;

namespace Nightjar.Tests.Engine;

/// <summary>Where a rule of the language is easily missed by an engine that decides with bounded memory: one case each.</summary>
public sealed class ExactnessTests
{
    private const string App = "com.example.torch";
    private const string File = "class_uid: 1001, activity_id: 1";
    private const string Read = "class_uid: 1001, activity_id: 2";
    private const string Load = "class_uid: 1005, activity_id: 1";
    private const string Flow = "class_uid: 4001";
    private const string Sensor = "class_uid: 99901001";

    private readonly SymbolTable _symbols = new();

    [Fact]
    public void Without_an_order_the_match_is_the_one_that_is_completed_earliest()
    {
        var analytic = Analytic("order: any", Stage("a", File), Stage("b", Load), Stage("c", Flow, "dst_endpoint.hostname == b.module.file.path"));
        var line = Line().Add(0, EventClass.FileActivity, 1, App, "");
        Loaded(line, 1, "one");
        Loaded(line, 2, "two");
        Sent(line, 3, "two");
        Sent(line, 9, "one");
        Assert.Equal(["+0", "+2", "+3"], Times(Assert.Single(Run(analytic, line))));
    }

    [Fact]
    public void In_a_chain_every_later_event_comes_after_every_earlier_one()
    {
        var analytic = Analytic("order: sequence", Stage("a", File), Stage("b", Load), Stage("c", Sensor), Stage("d", Flow));
        var line = Line().Add(10, EventClass.FileActivity, 1, App, "one").Add(6, EventClass.ModuleActivity, 1, App, "two").Add(20, EventClass.NetworkActivity, 1, App, "one");
        Assert.Empty(Run(analytic, line.Add(5.5, EventClass.SensorUse, 1, App, "one")));
        Assert.Single(Run(analytic, line.Add(12, EventClass.SensorUse, 1, App, "one")));
    }

    [Fact]
    public void What_still_goes_on_when_a_chain_begins_is_not_absent()
    {
        var analytic = Analytic("order: sequence", Stage("a", File), Stage("b", Load), Stage("quiet", Flow) + "      absent: {}\n");
        var line = Line().Add(1000, EventClass.FileActivity, 1, App, "").Add(1001, EventClass.ModuleActivity, 1, App, "");
        Assert.Single(Run(analytic, line));
        Assert.Empty(Run(analytic, line.Add(0, EventClass.NetworkActivity, 6, App, "", (FieldId.EndTime, 1000.5))));
    }

    [Fact]
    public void A_measure_looks_back_from_the_chain_whatever_happens_afterwards()
    {
        var analytic = Analytic("order: sequence\n  require: [{stage: b, at_least: 2, over: 10m}]", Stage("a", File), Stage("b", Load));
        var line = Line().Add(0, EventClass.ModuleActivity, 1, App, "").Add(595, EventClass.FileActivity, 1, App, "").Add(600, EventClass.ModuleActivity, 1, App, "");
        Assert.Single(Run(analytic, line));
        Assert.Single(Run(analytic, line.Add(630, EventClass.FileActivity, 1, App, "")));
    }

    [Fact]
    public void A_finding_waits_for_what_began_within_its_suppression_time_whatever_other_devices_do()
    {
        var analytic = Analytic("order: sequence\n  suppress: 1m", Stage("a", Flow), Stage("b", Load));
        var line = Line().Add(0, EventClass.NetworkActivity, 6, App, "").Add(1, EventClass.ModuleActivity, 1, App, "")
            .Add(50, EventClass.NetworkActivity, 6, App, "", (FieldId.EndTime, 900.0)).Add(850, EventClass.ModuleActivity, 1, App, "");
        Assert.Single(Run(analytic, line));
        Assert.Single(Run(analytic, line.Add("phone-2", 500, EventClass.FileActivity, 1, App, "")));
    }

    [Fact]
    public void A_match_is_about_an_app_that_has_a_part_in_it()
    {
        var analytic = Analytic("order: sequence", Stage("a", Flow) + "      app: same_or_unnamed\n", Stage("b", Load) + "      app: same_or_unnamed\n");
        var line = Line().Add(0, EventClass.NetworkActivity, 6, "", "").Add(1, EventClass.ModuleActivity, 1, "", "");
        Assert.Empty(Run(analytic, line));
        Assert.Equal(["+0", "+2"], Times(Assert.Single(Run(analytic, line.Add(2, EventClass.ModuleActivity, 1, App, "")))));
    }

    [Fact]
    public void Another_app_is_one_that_is_named_and_is_not_the_app_itself()
    {
        var analytic = Analytic("order: sequence", Stage("a", Read) + "      app: other\n", Stage("b", Load));
        Assert.Empty(Run(analytic, Line().Add(0, EventClass.FileActivity, 2, "", "").Add(1, EventClass.ModuleActivity, 1, App, "")));
        Assert.Empty(Run(analytic, Line().Add(0, EventClass.FileActivity, 2, App, "").Add(1, EventClass.ModuleActivity, 1, App, "")));
        Assert.Equal(App, Assert.Single(Run(analytic, Line().Add(0, EventClass.FileActivity, 2, "com.example.other", "").Add(1, EventClass.ModuleActivity, 1, App, ""))).App);
    }

    [Fact]
    public void Different_values_are_counted_over_the_events_of_the_chain_too()
    {
        var analytic = Analytic("order: sequence\n  require: [{stage: b, distinct: {of: module.file.path, at_least: 2}}]", Stage("a", File), Stage("b", Load));
        var line = Loaded(Line().Add(0, EventClass.FileActivity, 1, App, ""), 1, "one");
        Assert.Empty(Run(analytic, line));
        Assert.Single(Run(analytic, Loaded(line, 2, "two")));
    }

    [Fact]
    public void The_skew_is_kept_where_the_window_is_shorter_than_it()
    {
        var analytic = Within("1s", "order: sequence\n  require: [{stage: b, before: a}]", Stage("a", File), Stage("b", Load));
        var line = Line().Add(10, EventClass.FileActivity, 1, App, "one").Add(7, EventClass.ModuleActivity, 1, App, "two").Add(9.5, EventClass.ModuleActivity, 1, App, "two");
        Assert.Single(Run(analytic, line));
    }

    [Fact]
    public void Without_an_order_what_must_be_absent_is_looked_for_from_the_first_event_on()
    {
        var analytic = Analytic("order: any", Stage("a", File), Stage("b", Load), Stage("quiet", Flow) + "      absent: {}\n");
        var line = Line().Add(0, EventClass.ModuleActivity, 1, App, "").Add(10, EventClass.FileActivity, 1, App, "");
        Assert.Empty(Run(analytic, line.Add(5, EventClass.NetworkActivity, 6, App, "")));
    }

    [Fact]
    public void A_record_that_names_no_app_is_remembered_for_as_long_as_the_window()
    {
        var analytic = Within("3d", "order: sequence", Stage("a", File), Stage("b", Flow) + "      app: same_or_unnamed\n", Stage("c", Load));
        var line = Line().Add(0, EventClass.FileActivity, 1, App, "").Add(60, EventClass.NetworkActivity, 6, "", "")
            .Add(100_000, EventClass.NetworkActivity, 6, "", "").Add(100_001, EventClass.ModuleActivity, 1, App, "");
        Assert.Equal(["+0", "+60", "+100001"], Times(Assert.Single(Run(analytic, line))));
    }

    private static EventLine Loaded(EventLine line, double at, string path) => line.Add(at, EventClass.ModuleActivity, 1, App, "", (FieldId.ModulePath, path));

    private static void Sent(EventLine line, double at, string host) => line.Add(at, EventClass.NetworkActivity, 6, App, "", (FieldId.DstHostname, host));

    private static string Stage(string id, string detection, string? where = null) =>
        $"    - id: {id}\n      detection: {{s: {{{detection}}}, condition: s}}\n" + (where is null ? "" : $"      where: {where}\n");

    private static string Analytic(string keys, params string[] stages) => Within("60s", keys, stages);

    private static string Within(string within, string keys, params string[] stages) =>
        $"title: Small\nstatus: test\nlevel: high\nlogsource: {{product: android}}\nanalytic:\n  uid: T1\n  version: 1.0.0\n  within: {within}\n  {keys}\n  stages:\n"
        + string.Concat(stages) + "  score: {base: 60}\n  finding: {title: \"{app}\", description: \"{state}\"}\n";

    private static IEnumerable<string> Times(Finding finding) => finding.Evidence.Select(item => $"+{(item.Event.Time - EventLine.Start).TotalSeconds}");

    private EventLine Line() => new(_symbols);

    private IReadOnlyList<Finding> Run(string analytic, EventLine line)
    {
        var set = AnalyticLoader.Load([new AnalyticSource("t1.yml", analytic)], _symbols, ReferenceData.Shipped, DefaultTuning.Instance);
        Assert.Empty(set.Diagnostics);
        var engine = new DetectionEngine(new EngineOptions(), set.Analytics, _symbols, (file, position) => $"{file}:{position}");
        engine.Process(line.Batch());
        engine.Complete();
        return engine.TakeFindings();
    }
}
