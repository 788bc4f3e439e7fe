using System.Text;
using Nightjar.Analytics;
using Nightjar.Analytics.Translation;
using Nightjar.Analytics.Tuning;
using Nightjar.Events;
using Nightjar.Knowledge;
using Nightjar.Tests.Sources;
using Xunit;

namespace Nightjar.Tests.Analytics;

/// <summary>What cannot be carried over from Sigma is told with number, place, reason, effect and a way out.</summary>
public sealed class SigmaDiagnosticsTests
{
    private const string Sound = """
        title: Many flows
        name: many_flows
        correlation:
          type: event_count
          rules: [flow]
          group-by: [device.uid, dst_endpoint.hostname]
          timespan: 5m
          condition: {gte: 10}
        level: high
        ---
        title: A flow
        name: flow
        tags: [attack.t1437]
        logsource: {product: android}
        detection:
          sel:
            class_uid: 4001
            tls.sni|endswith: .example
          condition: sel
        """;

    /// <summary>Number, what is replaced, by what, line, and a part of the reason.</summary>
    public static TheoryData<string, string, string, int, string> Cases { get; } = new()
    {
        { "NJ2019", "tls.sni|endswith: .example", "tls.sni|endswith|all: .example", 18, "`all` is for several values, and there is one." },
        { "NJ2019", "name: flow\n", "name: flow\nstatus: unsupported\n", 13, "The rule says of itself that it cannot be used" },
        { "NJ2060", "condition: sel", "condition: sel | count() by tls.sni > 5", 19, "An aggregation (`| count() …`, `near`) stands in the condition. The analytic is not loaded. Write a correlation rule" },
        { "NJ2060", "condition: sel", "condition: sel\n  timeframe: 5m", 20, "`timeframe` belongs to the aggregations of Sigma 1." },
        { "NJ2060", "name: flow\n", "name: flow\naction: global\n", 13, "`action` is of the rule collections of Sigma 1." },
        { "NJ2061", "rules: [flow]", "rules: [flows]", 5, "`flows` is no rule of these files. The analytic is not loaded. Did you mean `flow`?" },
        { "NJ2062", "class_uid: 4001", "class_id: 4001", 5, "`flow` in t.yml has a mistake." },
        { "NJ2063", "rules: [flow]", "rules: [many_flows]", 4, "`many_flows` is about itself, by way of its rules." },
        { "NJ2063", "{gte: 10}", "{gte: 50000}", 4, "50000 events of one device are more than Nightjar remembers." },
        { "NJ2063", "type: event_count", "type: temporal", 4, "The condition comes to more than" },
        { "NJ2064", "[device.uid, dst_endpoint.hostname]", "[dst_endpoint.hostname]", 6, "`group-by` does not name `device.uid`. Each device is looked at by itself." },
        { "NJ2065", "attack.t1437", "attack.t1059.001", 13, "`T1059.001` is no technique of ATT&CK Mobile 19.1." },
        { "NJ2066", "tls.sni|endswith", "DestinationHostname|endswith", 18, "`DestinationHostname|endswith` is `dst_endpoint.hostname|endswith` in OCSF." },
        { "NJ2067", "tls.sni|endswith: .example", "tls.sni|expand: '%bad%'", 4, "`%bad%` stands for nothing yet." },
        { "NJ2068", "name: flow\n", "name: flow\ncustom: 1\n", 13, "`custom` is no key of Sigma that Nightjar knows." },
        { "NJ2069", "name: flow\n", "name: flow\ndate: 21.11.2026\n", 13, "`21.11.2026` is no date of the form YYYY-MM-DD." },
        { "NJ2070", "type: event_count\n  rules: [flow]", "type: value_percentile\n  rules: [flow]", 8, "No `percentile` is named; the median is taken." },
        { "NJ2003", "{gte: 10}", "{field: time}", 4, "`condition` is missing." },
        { "NJ2006", "type: event_count", "type: event_counts", 4, "`event_counts` is no type of correlation. The analytic is not loaded. Did you mean `event_count`?" },
        { "NJ2044", "timespan: 5m", "timespan: 5 minutes", 7, "`timespan` is `5 minutes`." },
        { "NJ2010", "tls.sni", "tls.sny", 18, "`tls.sny` is no field. The analytic is not loaded. Did you mean `tls.sni`?" },
        { "NJ2011", "|endswith", "|endwith", 18, "`endwith` is no modifier of Sigma 2.1. The analytic is not loaded. Did you mean `endswith`?" },
        { "NJ2016", "tls.sni|endswith: .example", "tls.sni|re: '(?=a)b'", 18, "Look-around, back references and atomic groups need backtracking." },
        { "NJ2010", "dst_endpoint.hostname]", "dst_endpoint.hostnam]", 6, "`dst_endpoint.hostnam` is no field. The analytic is not loaded. Did you mean `dst_endpoint.hostname`?" },
        { "NJ2010", "{gte: 10}", "{gte: 10, field: tls.sny}", 8, "`tls.sny` is no field." },
        { "NJ2033", "dst_endpoint.hostname]", "permissions]", 6, "A list stands where a text or a number of the event is needed." },
        { "NJ2007", "name: many_flows", "name: flow", 12, "`flow` is the name of another rule too." },
        { "NJ2008", "product: android", "product: windows", 14, "`logsource.product` is `windows`." },
    };

    [Fact]
    public void Sound_rules_have_no_mistake() => Assert.Empty(Load(Sound).Diagnostics.Select(item => item.ToString()));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_mistake_is_told_with_number_place_and_reason(string code, string before, string after, int line, string reason)
    {
        Assert.Contains(before, Sound, StringComparison.Ordinal);
        var text = Sound.Replace(before, after, StringComparison.Ordinal);
        if (reason.Contains("percentile", StringComparison.Ordinal)) text = text.Replace("{gte: 10}", "{field: traffic.bytes_out, gte: 10}", StringComparison.Ordinal);
        Assert.Contains(Load(text).Diagnostics, item => item.Code == code && item.Line == line && item.ToString().Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public void Import_tells_the_same_as_loading()
    {
        foreach (var row in Cases)
        {
            var text = Sound.Replace(row.Data.Item2, row.Data.Item3, StringComparison.Ordinal);
            var imported = SigmaImport.Import([new AnalyticSource("t.yml", text)], ReferenceData.Shipped);
            Assert.Equal(Load(text).Diagnostics.Select(item => item.ToString()), imported.Diagnostics.Select(item => item.ToString()));
        }
    }

    [Theory]
    [InlineData("detection: 1")]
    [InlineData("correlation: [1, 2]")]
    [InlineData("correlation: {type: temporal, rules: [[1]], timespan: {}, aliases: [1], group-by: {a: b}, condition: [x]}")]
    [InlineData("filter: x\n---\ndetection: {condition: [[a]]}")]
    [InlineData("detection: {'': {'|': }, condition: '1 of'}\ntags: {a: b}\nfields: 5\nrelated: 7")]
    [InlineData("title: {}\nid: []\nname: {}\ndetection: {a: [[[]]], condition: a}\nlogsource: []")]
    public void No_content_throws(string text)
    {
        Assert.True(Load(text).HasErrors);
        Assert.True(SigmaImport.Import([new AnalyticSource("t.yml", text)], ReferenceData.Shipped).HasErrors);
        Assert.Empty(SigmaExport.Export(new AnalyticSource("t.yml", text)));
    }

    [Fact]
    public void Every_half_of_a_file_is_told_of_and_never_throws()
    {
        for (var length = 0; length < Sound.Length; length += 3)
        {
            var half = Sound[..length];
            Assert.NotNull(Load(half));
            Assert.NotNull(SigmaImport.Import([new AnalyticSource("t.yml", half)], ReferenceData.Shipped));
        }
    }

    [Fact]
    public void Damaged_files_are_told_of_and_never_throw()
    {
        var rules = Encoding.UTF8.GetBytes(Sound + """

            ---
            title: Backups
            logsource: {product: android}
            filter: {rules: [flow], s: {app_name|contains: backup}, condition: s}
            ---
            title: Then
            correlation: {type: temporal_ordered, rules: [many_flows, flow], group-by: [host], aliases: {host: {flow: tls.sni, many_flows: tls.sni}}, timespan: 1h, condition: many_flows and not flow}
            """);
        for (var seed = 0; seed < 1500; seed++)
        {
            var text = Encoding.UTF8.GetString(Mutation.Of(rules, seed));
            Assert.NotNull(Load(text));
            foreach (var imported in SigmaImport.Import([new AnalyticSource("t.yml", text)], ReferenceData.Shipped).Analytics)
            {
                var source = new AnalyticSource("t/analytic.yml", imported.Text);
                Assert.False(AnalyticLoader.Load([source], new SymbolTable(), ReferenceData.Shipped, DefaultTuning.Instance).HasErrors, $"seed {seed}");
                Assert.Single(SigmaExport.Export(source));
            }
        }
    }

    [Fact]
    public void Correlations_upon_correlations_end()
    {
        // Each layer names both of the next: followed one by one these would be 2^40 paths.
        var layers = Enumerable.Range(0, 40).SelectMany(i => new[] { $"a{i}", $"b{i}" }.Select(name =>
            $"title: {name}\nname: {name}\ncorrelation: {{type: temporal, rules: [{(i == 39 ? "flow" : $"a{i + 1}, b{i + 1}")}], group-by: [device.uid], timespan: 1m}}\n---\n"));
        Assert.True(Load(string.Concat(layers) + Sound).HasErrors);
    }

    private static AnalyticSet Load(string text) =>
        AnalyticLoader.Load([new AnalyticSource("t.yml", text)], new SymbolTable(), ReferenceData.Shipped, DefaultTuning.Instance);
}
