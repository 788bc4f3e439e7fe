using System.Text.Json;
using Nightjar.Analytics;
using Nightjar.Analytics.Tuning;
using Nightjar.Engine;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Inquiry;
using Nightjar.Knowledge;
using Nightjar.Sinks.Plain;
using Nightjar.Sinks.Records;
using Nightjar.Tests.Engine;
using Xunit;

namespace Nightjar.Tests.Inquiry;

/// <summary>What is told when an analytic was quiet: the right reason, and by how much.</summary>
public sealed class WhyNotTests
{
    private const string App = "com.example.torch";

    private const string Analytic = """
        title: Small
        status: test
        level: high
        logsource: {product: android}
        analytic:
          uid: T1
          version: 1.0.0
          within: 60s
          tunables:
            Least: {type: bytes, default: 16KiB, description: How much.}
          stages:
            - id: flow
              title: the app downloads
              detection: {s: {class_uid: 4001}, condition: s}
              where: traffic.bytes_in >= Least and dst_endpoint.hostname != 'good.example'
            - id: write
              title: the app writes
              detection: {s: {class_uid: 1001, activity_id: 1}, condition: s}
            - id: load
              title: the app loads
              detection: {s: {class_uid: 1005, activity_id: 1}, condition: s}
              where: module.file.path == write.file.path
            - id: review
              title: the file is reviewed
              detection: {s: {class_uid: 1001, activity_id: 2}, condition: s}
          chains:
            - name: whole
              stages: [flow, write, load]
              score: 25
              unless: [review]
              require:
                - {stage: flow, at_least: 2}
          allow:
            - {name: known, reason: It is known., stages: [load], where: "module.file.path contains 'known'"}
          score:
            add:
              - {name: unattended, points: 10, reason: nobody was there, when: unattended(5m)}
          finding: {title: "{app}", description: "{state}"}
        """;

    private readonly SymbolTable _symbols = new();

    [Fact]
    public void A_finding_is_named() => Assert.Equal(35, Assert.Single(Ask(Whole().Add(-10, EventClass.MobileState, 2, "", "")).Reported).Score);

    [Fact]
    public void A_score_below_the_threshold_is_told_line_by_line()
    {
        var answer = Ask(Whole());
        Assert.Equal(25, answer.Closest[0].Score);
        Assert.Contains("score is 25; reporting begins at 30", Text(answer), StringComparison.Ordinal);
        Assert.Contains("nobody was there: unknown", Text(answer), StringComparison.Ordinal);
        Assert.Contains("app_state = unknown", Text(answer), StringComparison.Ordinal);
    }

    [Fact]
    public void What_came_too_late_is_told_with_the_time() =>
        Assert.Contains("1 min 13 s after 'flow'; the window is 1 min, so 13 s too late", Text(Ask(Flow(Flow(Line(), 0), 1), (2, "a"), (74, "a"))), StringComparison.Ordinal);

    [Fact]
    public void What_came_too_early_is_told_with_the_time() =>
        Assert.Contains("it came 3 s before 'write' and must come after it", Text(Ask(Flow(Flow(Line(), 0), 1), (5, "a"), (2, "a"))), StringComparison.Ordinal);

    [Fact]
    public void Another_path_is_told_beside_the_one_that_was_wanted() =>
        Assert.Contains("does not go with 'write': module.file.path == write.file.path [module.file.path is 'b', wanted 'a']", Text(Ask(Flow(Flow(Line(), 0), 1), (2, "a"), (3, "b"))), StringComparison.Ordinal);

    [Fact]
    public void A_number_below_its_threshold_is_told_with_both()
    {
        var text = Text(Ask(Flow(Line(), 0, 12_288), (2, "a"), (3, "a")));
        Assert.Contains("not so: traffic.bytes_in >= Least [traffic.bytes_in is 12 KiB (12,288 bytes), wanted >= 16 KiB (16,384 bytes)]", text, StringComparison.Ordinal);
        Assert.DoesNotContain("good.example", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_count_that_falls_short_is_told_with_both() =>
        Assert.Contains("'flow' falls short: 1 events, at least 2 wanted", Text(Ask(Flow(Line(), 0), (2, "a"), (3, "a"))), StringComparison.Ordinal);

    [Fact]
    public void An_exception_is_named_with_its_reason() =>
        Assert.Contains("an exception made it quiet: known: It is known.", Text(Ask(Flow(Flow(Line(), 0), 1), (2, "known"), (3, "known"))), StringComparison.Ordinal);

    [Fact]
    public void What_must_not_have_happened_is_shown()
    {
        var gap = Assert.Single(Ask(Whole().Add(-20, EventClass.FileActivity, 2, App, "")).Closest[0].Gaps);
        Assert.Equal((GapKind.Unwanted, "review", EventLine.Start - TimeSpan.FromSeconds(20)), (gap.Kind, gap.Stage, gap.Event!.Time));
    }

    [Fact]
    public void What_no_telemetry_could_show_is_named_with_the_telemetry()
    {
        var answer = Ask(Flow(Line(), 0));
        Assert.Contains(answer.Closest[0].Stages, stage => stage is { Id: "load", State: StageState.NotObservable, Missing: DataComponents.ModuleLoad });
        Assert.Contains("would need Module Load (DC0016)", Text(answer), StringComparison.Ordinal);
    }

    [Fact]
    public void What_another_app_did_is_told_where_the_app_did_nothing() =>
        Assert.Contains("is of an app that does not count", Text(Ask(Line().Add(0, EventClass.FileActivity, 1, "com.example.other", "", (FieldId.FilePath, "a")))), StringComparison.Ordinal);

    [Fact]
    public void Nothing_near_and_another_platform_are_told()
    {
        Assert.Contains("comes near any of its stages", Text(Ask(Line().Add(0, EventClass.MobileState, 2, App, ""))), StringComparison.Ordinal);
        var line = Whole().Batch();
        for (var i = 0; i < line.Count; i++) line.HeaderAt(i).Platform = Platform.IOS;
        Assert.Contains("it is not for iOS", Text(Ask(line)), StringComparison.Ordinal);
    }

    [Fact]
    public void Attempts_that_miss_the_same_are_told_once()
    {
        var line = Line();
        for (var i = 0; i < 50; i++) Flow(line, i * 100);
        var attempt = Assert.Single(Ask(line).Closest);
        Assert.Equal(49, attempt.Alike);
    }

    [Fact]
    public void Memory_is_bounded_and_what_was_not_kept_is_told()
    {
        var inquiry = Inquiry(mostEvents: 100);
        var line = Line();
        for (var i = 0; i < 1000; i++) Flow(line, i * 100);
        Take(inquiry, line.Batch());
        Assert.Contains(inquiry.Ask(App).GivenUp, item => item.Contains("were not kept", StringComparison.Ordinal));
    }

    [Fact]
    public void It_reports_what_the_engine_reports_and_tells_everything_else_in_eighty_columns()
    {
        var bench = new Bench();
        var quiet = 0;
        for (var seed = 0; seed < 400; seed++)
        {
            var item = new Drawing(seed).Case();
            if (bench.Load(item.Analytic, out _) is not { } analytic) continue;
            foreach (var (answer, rulings) in bench.Answers(analytic, item.Stream))
            {
                Assert.Equal(rulings, answer.Reported.Select(reported => reported.Uid));
                Assert.All(Lines(answer).Split('\n'), line => Assert.True(line.Length <= 80, line));
                JsonDocument.Parse(Json(answer)).Dispose();
                if (answer.Reported.Count > 0) continue;
                quiet++;
                Assert.All(answer.Closest, attempt => Assert.True(attempt.Gaps.Count + attempt.Stages.Sum(stage => stage.State == StageState.Matched ? 0 : 1) > 0, item.ToString()));
            }
        }
        Assert.True(quiet > 200);
    }

    private EventLine Line() => new(_symbols);

    private EventLine Whole() => Loaded(Flow(Flow(Line(), 0), 1), (2, "a"), (3, "a"));

    private static EventLine Flow(EventLine line, double at, int bytes = 20_000) =>
        line.Add(at, EventClass.NetworkActivity, 6, App, "", (FieldId.BytesIn, bytes), (FieldId.DstHostname, "drop.example"));

    private static EventLine Loaded(EventLine line, (double At, string Path) write, (double At, string Path) load) =>
        line.Add(write.At, EventClass.FileActivity, 1, App, "", (FieldId.FilePath, write.Path)).Add(load.At, EventClass.ModuleActivity, 1, App, "", (FieldId.ModulePath, load.Path));

    private WhyNot Ask(EventLine line, (double At, string Path) write, (double At, string Path) load) => Ask(Loaded(line, write, load));

    private WhyNot Ask(EventLine line) => Ask(line.Batch());

    private WhyNot Ask(EventBatch batch)
    {
        var inquiry = Inquiry(1000);
        Take(inquiry, batch);
        return inquiry.Ask(App);
    }

    private static void Take(DeviceInquiry inquiry, EventBatch batch)
    {
        for (var i = 0; i < batch.Count; i++) inquiry.Add(batch[i]);
    }

    private DeviceInquiry Inquiry(int mostEvents)
    {
        var set = AnalyticLoader.Load([new AnalyticSource("t1.yml", Analytic)], _symbols, ReferenceData.Shipped, DefaultTuning.Instance);
        Assert.Empty(set.Diagnostics);
        return new DeviceInquiry(set.Analytics[0], _symbols, Bench.Like(new EngineOptions()), (file, position) => $"file {file} line {position}", mostEvents: mostEvents);
    }

    private static string Lines(WhyNot answer)
    {
        var writer = new StringWriter();
        TextWhyNot.Write(answer, writer);
        return writer.ToString();
    }

    // Where a line breaks plays no part in what is said.
    private static string Text(WhyNot answer) => string.Join(' ', Lines(answer).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));

    private static string Json(WhyNot answer)
    {
        using var stream = new MemoryStream();
        WhyNotWriter.Write(answer, stream);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }
}
