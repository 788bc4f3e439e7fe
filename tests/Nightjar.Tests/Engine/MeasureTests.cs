using Nightjar.Analytics;
using Nightjar.Analytics.Tuning;
using Nightjar.Engine;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Knowledge;
using Xunit;

namespace Nightjar.Tests.Engine;

/// <summary>Counts and figures within limits, groups, and windows that do not overlap.</summary>
public sealed class MeasureTests
{
    private readonly SymbolTable _symbols = new();

    [Theory]
    [InlineData("count: {at_least: 3}", "0:a:1 1:a:1 2:a:1", true)]
    [InlineData("count: {at_least: 3}", "0:a:1 1:a:1", false)]
    [InlineData("count: {at_most: 2}", "0:a:1 1:a:1", true)]
    [InlineData("count: {less_than: 2}", "0:a:1 1:a:1", false)]
    [InlineData("count: {more_than: 1, less_than: 3}", "0:a:1 1:a:1", true)]
    [InlineData("count: {exactly: 2}", "0:a:1 1:a:1", true)]
    [InlineData("count: {not: 2}", "0:a:1 1:a:1", false)]
    [InlineData("distinct: {of: dst_endpoint.hostname, at_least: 2}", "0:a:1 1:b:1", true)]
    [InlineData("distinct: {of: dst_endpoint.hostname, at_least: 2}", "0:a:1 1:a:1", false)]
    [InlineData("distinct: {of: dst_endpoint.hostname, at_most: 1}", "0:a:1 1:a:1", true)]
    [InlineData("distinct: {of: traffic.bytes_out, at_least: 2}", "0:a:1 1:a:2", true)]
    [InlineData("distinct: {of: [dst_endpoint.hostname, traffic.bytes_out], at_least: 3}", "0:a:1 1:a:2 2:b:1", true)]
    [InlineData("distinct: {of: domain(dst_endpoint.hostname), exactly: 1}", "0:x.a.example:1 1:y.a.example:1", true)]
    [InlineData("sum: {of: traffic.bytes_out, more_than: 2}", "0:a:1 1:a:2", true)]
    [InlineData("sum: {of: traffic.bytes_out, more_than: 3}", "0:a:1 1:a:2", false)]
    [InlineData("average: {of: traffic.bytes_out, at_least: 1.5}", "0:a:1 1:a:2", true)]
    [InlineData("average: {of: traffic.bytes_out, more_than: 1.5}", "0:a:1 1:a:2", false)]
    [InlineData("percentile: {of: traffic.bytes_out, at: 50, exactly: 2}", "0:a:3 1:a:1 2:a:2", true)]
    [InlineData("percentile: {of: traffic.bytes_out, at: 100, exactly: 3}", "0:a:3 1:a:1 2:a:2", true)]
    [InlineData("percentile: {of: traffic.bytes_out, at: 0, exactly: 1}", "0:a:3 1:a:1 2:a:2", true)]
    [InlineData("count: {at_least: 2}, per: 10s", "0:a:1 20:a:1 40:a:1", false)]
    [InlineData("count: {at_least: 2}, per: 10s", "0:a:1 20:a:1 29:a:1", true)]
    public void A_figure_holds_within_its_limits(string measure, string flows, bool holds) =>
        Assert.Equal(holds ? 1 : 0, Run(Analytic($"windows: tumbling\n  require: [{{stage: flow, {measure}}}]"), flows).Count);

    [Theory]
    [InlineData("0:a:1 1:b:1 2:a:1", 0)]
    [InlineData("0:a:1 1:b:1 2:a:1 3:a:1", 1)]
    public void A_group_is_counted_by_itself(string flows, int findings) =>
        Assert.Equal(findings, Run(Analytic("group: [dst_endpoint.hostname]\n  require: [{stage: flow, count: {at_least: 3}}]"), flows).Count);

    [Fact]
    public void An_event_of_a_tumbling_window_begins_none() =>
        Assert.Equal([0d, 61d], Starts(Run(Analytic("suppress: 1ms\n  windows: tumbling\n  require: [{stage: flow, count: {at_most: 3}}]"), "0:a:1 10:a:1 20:a:1 61:a:1 62:a:1")));

    [Fact]
    public void Tumbling_windows_are_those_of_the_group() =>
        Assert.Equal(2, Run(Analytic("suppress: 1ms\n  windows: tumbling\n  group: [dst_endpoint.hostname]\n  require: [{stage: flow, count: {exactly: 2}}]"), "0:a:1 1:b:1 50:a:1 51:b:1 52:c:1")[0].Evidence.Count);

    [Fact]
    public void Saved_and_restored_between_any_two_events_they_find_the_same()
    {
        const string Flows = "0:a:1 1:b:1 2:a:1 30:b:1 59:a:1 62:a:1 63:b:1 64:b:1 200:a:1";
        foreach (var body in new[] { "windows: tumbling\n  require: [{stage: flow, count: {at_most: 3}}]", "group: [dst_endpoint.hostname]\n  windows: tumbling\n  require: [{stage: flow, count: {exactly: 2}}]" })
        {
            var analytic = Analytic($"suppress: 1ms\n  {body}");
            var whole = Run(analytic, Flows).Select(finding => finding.Uid).ToArray();
            Assert.NotEmpty(whole);
            for (var cut = 0; cut < 9; cut++) Assert.Equal(whole, Restored(analytic, Flows, cut));
        }
    }

    [Theory]
    [InlineData("app", 0)]
    [InlineData("app_or_none", 1)]
    public void Records_that_name_no_app_count_when_the_key_says_so(string app, int findings) =>
        Assert.Equal(findings, Run(Analytic("require: [{stage: flow, count: {at_least: 2}}]").Replace("key: [device]", $"key: [device, {app}]", StringComparison.Ordinal), "0:a:1 1:a:1", app: "").Count);

    [Theory]
    [InlineData("require: [{stage: flow, count: {}}]", "NJ2003")]
    [InlineData("require: [{stage: flow, average: {of: tls.sni, at_least: 1}}]", "NJ2033")]
    [InlineData("require: [{stage: flow, percentile: {of: time, at: 101, at_least: 1}}]", "NJ2006")]
    [InlineData("require: [{stage: flow, distinct: {at_least: 1}}]", "NJ2003")]
    [InlineData("group: [permissions]", "NJ2033")]
    [InlineData("group: [tls.sny]", "NJ2031")]
    [InlineData("group: [{name: a, of: {flwo: tls.sni}}]", "NJ2041")]
    [InlineData("group: [{name: a}]", "NJ2003")]
    [InlineData("windows: rolling", "NJ2006")]
    [InlineData("platforms: [windows]", "NJ2008")]
    public void A_mistake_is_told(string body, string code) => Assert.Contains(Load(Analytic(body)).Diagnostics, item => item.Code == code);

    private static string Analytic(string body) => $$"""
        title: Flows
        logsource: {product: android}
        analytic:
          uid: M1
          version: 1.0.0
          key: [device]
          within: 60s
          {{body}}
          stages:
            - {id: flow, title: a flow, detection: {s: {class_uid: 4001}, condition: s} }
          score: {base: 60}
          finding: {title: t, description: d}
        """;

    private AnalyticSet Load(string text) => AnalyticLoader.Load([new AnalyticSource("t.yml", text)], _symbols, ReferenceData.Shipped, DefaultTuning.Instance);

    private DetectionEngine Engine(string text)
    {
        var set = Load(text);
        Assert.Empty(set.Diagnostics.Select(item => item.ToString()));
        return new DetectionEngine(new EngineOptions(), set.Analytics, _symbols, (_, position) => $"t:{position}");
    }

    private IReadOnlyList<Finding> Run(string text, string flows, string app = "com.example.torch")
    {
        var engine = Engine(text);
        engine.Process(Events(flows, app).Batch());
        engine.Complete();
        return engine.TakeFindings();
    }

    private string[] Restored(string text, string flows, int cut)
    {
        var words = flows.Split(' ');
        var engine = Engine(text);
        engine.Process(Events(string.Join(' ', words[..cut]), "com.example.torch").Batch());
        var saved = new MemoryStream();
        engine.Save(saved);
        saved.Position = 0;
        var other = Engine(text);
        other.Restore(saved);
        other.Process(Events(string.Join(' ', words[cut..]), "com.example.torch").Batch());
        other.Complete();
        return [.. engine.TakeFindings().Concat(other.TakeFindings()).Select(finding => finding.Uid)];
    }

    private EventLine Events(string flows, string app)
    {
        var events = new EventLine(_symbols);
        foreach (var parts in flows.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Split(':')))
        {
            events.Add(double.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture), EventClass.NetworkActivity, 6, app, "MobileEDR:telemetry",
                (FieldId.DstHostname, parts[1]), (FieldId.BytesOut, long.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture)));
        }
        return events;
    }

    private static IEnumerable<double> Starts(IEnumerable<Finding> findings) => findings.Select(finding => (finding.Start - EventLine.Start).TotalSeconds);
}
