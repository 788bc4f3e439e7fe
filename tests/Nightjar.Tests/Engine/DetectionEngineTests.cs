using Xunit;
using Nightjar.Analytics;
using Nightjar.Analytics.Tuning;
using Nightjar.Engine;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Knowledge;

namespace Nightjar.Tests.Engine;

/// <summary>The engine's semantics on an analytic of three stages: flow, file of the same name, load of the same file.</summary>
public sealed class DetectionEngineTests
{
    private const string ThreeStages = """
        title: Three stages
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
              where: traffic.bytes_in >= 1000
            - id: write
              detection: {s: {class_uid: 1001, activity_id: 1}, condition: s}
            - id: load
              detection: {s: {class_uid: 1005, activity_id: 1}, condition: s}
              where: module.file.path == write.file.path
            - id: deleted
              optional: true
              after: load
              score: 10
              detection: {s: {class_uid: 1001, activity_id: 4}, condition: s}
              where: file.path == write.file.path
          score:
            base: 60
            add:
              - {name: unattended, points: 10, reason: nobody was there, when: unattended(5m)}
          finding: {title: "{app} loaded {load.module.file.path}", description: "{state}"}
        """;

    private const string App = "com.example.torch";

    private readonly SymbolTable _symbols = new();

    [Fact]
    public void A_chain_in_order_is_one_finding_with_its_three_events()
    {
        var finding = Assert.Single(Run(Chain(0, 1, 2)));
        Assert.Equal(60, finding.Score);
        Assert.Equal(["flow", "write", "load"], finding.Evidence.Select(item => item.Stage));
        Assert.Equal(3, finding.Count);
        Assert.Equal("com.example.torch loaded /data/data/com.example.torch/files/a.dex", finding.Title);
    }

    [Theory]
    [InlineData(2, 1, 0)]
    [InlineData(0, 20, 10)]
    [InlineData(30, 1, 2)]
    public void Another_order_is_quiet(double flow, double write, double load) => Assert.Empty(Run(Chain(flow, write, load)));

    [Fact]
    public void The_window_ends_to_the_microsecond()
    {
        Assert.Single(Run(Chain(0, 1, 60)));
        Assert.Empty(Run(Chain(0, 1, 60.000001)));
    }

    [Fact]
    public void A_flow_that_ends_after_the_write_still_counts_as_its_download()
    {
        var finding = Assert.Single(Run(Chain(0, 1, 100, flowEnd: 50)));
        Assert.Contains(finding.Notes, note => note.Contains("still going on", StringComparison.Ordinal));
    }

    [Fact]
    public void Clocks_of_different_sources_may_differ_by_the_skew_and_no_more()
    {
        var finding = Assert.Single(Run(Chain(5, 1, 2)));
        Assert.Contains(finding.Notes, note => note.Contains("stamped 4 s before", StringComparison.Ordinal));
        Assert.Empty(Run(Chain(7, 1, 2)));
    }

    [Fact]
    public void Equal_times_count_as_in_order_and_are_told()
    {
        var finding = Assert.Single(Run(Chain(1, 1, 1)));
        Assert.Contains(finding.Notes, note => note.Contains("same time", StringComparison.Ordinal));
    }

    [Fact]
    public void Another_file_another_app_or_another_device_is_quiet()
    {
        Assert.Empty(Run(Line().Flow(0, App).Write(1, App, "a.dex").Load(2, App, "b.dex")));
        Assert.Empty(Run(Line().Flow(0, App).Write(1, App, "a.dex").Load(2, "com.example.other", "a.dex", owner: App)));
        Assert.Empty(Run(Line().Flow(0, "com.example.other").Write(1, App, "a.dex").Load(2, App, "a.dex")));
    }

    [Fact]
    public void The_write_that_is_loaded_is_found_among_others()
    {
        var line = Line().Flow(0, App);
        for (var i = 0; i < 20; i++) line.Write(1 + i * 0.1, App, $"{i}.dex");
        Assert.Single(Run(line.Load(5, App, "17.dex")));
    }

    [Fact]
    public void An_optional_stage_adds_its_points_and_its_evidence()
    {
        var finding = Assert.Single(Run(Chain(0, 1, 2).Delete(3, App, "a.dex")));
        Assert.Equal(70, finding.Score);
        Assert.Equal(4, finding.Count);
        Assert.Equal(60, Assert.Single(Run(Chain(0, 1, 2).Delete(1.5, App, "a.dex"))).Score);
    }

    [Fact]
    public void Unknown_context_is_neither_attended_nor_unattended_and_is_told()
    {
        var contribution = Assert.Single(Run(Chain(0, 1, 2))).Contributions.Single(item => item.Name == "unattended");
        Assert.Equal(Tri.Unknown, contribution.State);
        Assert.Equal(70, Assert.Single(Run(Chain(0, 1, 2).Lock(-10))).Score);
        Assert.Equal(60, Assert.Single(Run(Chain(0, 1, 2).Lock(3))).Score);
    }

    [Fact]
    public void Matches_within_the_suppression_time_are_one_finding_and_later_ones_another()
    {
        var near = Chain(0, 1, 2).Flow(1800, App).Write(1801, App, "c.dex").Load(1802, App, "c.dex");
        Assert.Equal(6, Assert.Single(Run(near)).Count);
        var far = Chain(0, 1, 2).Flow(9000, App).Write(9001, App, "c.dex").Load(9002, App, "c.dex");
        Assert.Equal(2, Run(far).Count);
    }

    [Fact]
    public void The_same_event_twice_counts_once()
    {
        var twice = Chain(0, 1, 2).Flow(0, App);
        Assert.Equal(3, Assert.Single(Run(twice)).Count);
    }

    [Fact]
    public void A_device_without_a_platform_is_judged_by_no_analytic()
    {
        var engine = Engine();
        var batch = Chain(0, 1, 2).Batch();
        for (var i = 0; i < batch.Count; i++) batch.HeaderAt(i).Platform = Platform.Unknown;
        engine.Process(batch);
        engine.Complete();
        Assert.Empty(engine.TakeFindings());
        Assert.Equal(1, engine.Counters.WithoutPlatform);
    }

    [Fact]
    public void A_hot_key_is_bounded_and_what_was_given_up_is_counted()
    {
        var line = Line();
        for (var i = 0; i < 500; i++) line.Flow(i * 0.01, App);
        var engine = Engine();
        engine.Process(line.Batch());
        engine.Complete();
        Assert.True(engine.Counters.PartialsGivenUp >= 400);
    }

    [Fact]
    public void Saved_and_restored_between_any_two_events_it_finds_the_same()
    {
        var batch = Chain(0, 1, 2, flowEnd: 30).Delete(3, App, "a.dex").Lock(-10).Flow(1800, App).Write(1801, App, "c.dex").Load(1802, App, "c.dex").Batch();
        var expected = Texts(RunInParts(batch, batch.Count));
        for (var cut = 0; cut < batch.Count; cut++) Assert.Equal(expected, Texts(RunInParts(batch, cut)));
    }

    [Fact]
    public void A_damaged_snapshot_is_refused_and_not_half_read()
    {
        Assert.Throws<InvalidDataException>(() => Engine().Restore(new MemoryStream("no snapshot at all, but long enough"u8.ToArray())));
    }

    // In the second part the texts have other symbols, as in another run.
    private List<Finding> RunInParts(EventBatch batch, int cut)
    {
        var findings = new List<Finding>();
        var first = Engine();
        first.Process(Part(batch, 0, cut, _symbols));
        findings.AddRange(first.TakeFindings());
        using var saved = new MemoryStream();
        first.Save(saved);
        saved.Position = 0;
        var symbols = new SymbolTable();
        symbols.Intern("something else first"u8);
        var second = Engine(symbols);
        second.Restore(saved);
        second.Process(Part(batch, cut, batch.Count, symbols));
        second.Complete();
        findings.AddRange(second.TakeFindings());
        return findings;
    }

    private static EventBatch Part(EventBatch all, int from, int to, SymbolTable symbols)
    {
        var part = new EventBatch(symbols);
        for (var i = from; i < to; i++)
        {
            var view = all[i];
            ref readonly var header = ref view.Header;
            part.Begin(header.Class, header.Activity, header.Time, header.File, header.Position);
            (part.Current.End, part.Current.Id, part.Current.Platform) = (header.End, header.Id, header.Platform);
            part.Current.Device = symbols.Intern(all.Symbols.Utf8(header.Device));
            part.Current.App = symbols.Intern(all.Symbols.Utf8(header.App));
            part.Current.LogName = symbols.Intern(all.Symbols.Utf8(header.LogName));
            foreach (var field in new[] { FieldId.FilePath, FieldId.ModulePath }) part.Set(field, all.Symbols.Utf8(view.Symbol(field)));
            if (view.TryGetInteger(FieldId.BytesIn, out var bytes)) part.SetInteger(FieldId.BytesIn, bytes);
            part.Commit();
        }
        return part;
    }

    private static IEnumerable<string> Texts(IEnumerable<Finding> findings) =>
        findings.Select(item => $"{item.Uid} {item.Score} {item.Count} {item.Start} {item.End} {item.Title} "
            + string.Join(';', item.Evidence.Select(one => $"{one.Stage} {one.Event.Uid} {one.Event.Provenance}")) + string.Join(';', item.Notes)
            + string.Join(';', item.Contributions) + string.Join(';', item.Context));

    private ChainLine Line() => new(_symbols);

    private ChainLine Chain(double flow, double write, double load, double? flowEnd = null) =>
        Line().Flow(flow, App, flowEnd).Write(write, App, "a.dex").Load(load, App, "a.dex");

    private DetectionEngine Engine(SymbolTable? symbols = null)
    {
        var set = AnalyticLoader.Load([new AnalyticSource("t1.yml", ThreeStages)], symbols ?? _symbols, ReferenceData.Shipped, DefaultTuning.Instance);
        Assert.Empty(set.Diagnostics);
        return new DetectionEngine(new EngineOptions(), set.Analytics, symbols ?? _symbols, (file, position) => $"{file}:{position}");
    }

    private IReadOnlyList<Finding> Run(ChainLine line)
    {
        var engine = Engine();
        engine.Process(line.Batch());
        engine.Complete();
        return engine.TakeFindings();
    }

    /// <summary>Lines of the three-stage analytic.</summary>
    internal sealed class ChainLine(SymbolTable symbols)
    {
        private readonly EventLine _line = new(symbols);

        public ChainLine Flow(double at, string app, double? end = null)
        {
            (FieldId, object)[] fields = end is { } time ? [(FieldId.BytesIn, 5000), (FieldId.EndTime, time)] : [(FieldId.BytesIn, 5000)];
            _line.Add(at, EventClass.NetworkActivity, 6, app, "NSM:Flow", fields);
            return this;
        }

        public ChainLine Write(double at, string app, string file)
        {
            _line.Add(at, EventClass.FileActivity, 1, app, "MobileEDR:telemetry", (FieldId.FilePath, $"/data/user/0/{app}/files/{file}"));
            return this;
        }

        public ChainLine Delete(double at, string app, string file)
        {
            _line.Add(at, EventClass.FileActivity, 4, app, "MobileEDR:telemetry", (FieldId.FilePath, $"/data/user/0/{app}/files/{file}"));
            return this;
        }

        public ChainLine Load(double at, string app, string file, string? owner = null)
        {
            _line.Add(at, EventClass.ModuleActivity, 1, app, "MobileEDR:telemetry", (FieldId.ModulePath, $"/data/data/{owner ?? app}/files/{file}"));
            return this;
        }

        public ChainLine Lock(double at)
        {
            _line.Add(at, EventClass.MobileState, 2, "", "MobileEDR:telemetry");
            return this;
        }

        public EventBatch Batch() => _line.Batch();
    }
}
