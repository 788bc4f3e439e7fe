using Nightjar.Analytics;
using Xunit;

namespace Nightjar.Conformance.Sigma;

/// <summary>Correlations over correlations, over files, with aliases, filters and rules of their own.</summary>
public sealed class ChainedCorrelationTests
{
    private const string Ground = """
        title: A flow
        name: flow
        id: 2b1f6c1e-7c0e-4f5f-9a51-0d7f3f1c8a01
        logsource: {product: android}
        detection: {sel: {class_uid: 4001}, condition: sel}
        level: low
        ---
        title: A name is looked up
        name: lookup
        logsource: {product: android, category: dns}
        detection: {sel: {query.hostname|contains: example}, condition: sel}
        ---
        title: A module is loaded
        name: load
        logsource: {product: android}
        detection: {sel: {class_uid: 1005, activity_id: 1}, condition: sel}
        ---

        """;

    [Theory]
    [InlineData("f0 f5 f9 l20", 1)]
    [InlineData("f0 f5 l20", 0)]
    [InlineData("l0 f5 f9 f10", 0)]
    [InlineData("f0 f20 f40 l50", 0)]
    [InlineData("f0 f5 f9 l200", 0)]
    public void A_count_inside_a_chain_has_its_own_timespan(string events, int findings)
    {
        var rules = Ground + Named("burst", "event_count [flow] 10s {gte: 3}") + CorrelationTests.Document("temporal_ordered [burst, load] 2m");
        Assert.Equal(findings, SigmaBench.Run(rules, CorrelationTests.Lines(events)).Count);
    }

    [Theory]
    [InlineData("f0:a f5:b f9:c l20", 0)]
    [InlineData("f0:a f5:a f9:a l20", 1)]
    public void A_count_inside_a_chain_has_its_own_groups(string events, int findings)
    {
        var rules = Ground + Named("burst", "event_count [flow] 10s {gte: 3} dst_endpoint.hostname") + CorrelationTests.Document("temporal_ordered [burst, load] 2m");
        Assert.Equal(findings, SigmaBench.Run(rules, CorrelationTests.Lines(events)).Count);
    }

    [Theory]
    [InlineData("f0 w3 l20", 1)]
    [InlineData("f0 w8 l20", 0)]
    [InlineData("w0 f3 l20", 0)]
    public void A_chain_inside_a_chain_keeps_its_order_and_timespan(string events, int findings)
    {
        var rules = Ground + "title: Write\nname: write\nlogsource: {product: android}\ndetection: {s: {class_uid: 1001}, condition: s}\n---\n"
            + Named("start", "temporal_ordered [flow, write] 5s") + CorrelationTests.Document("temporal_ordered [start, load] 2m");
        Assert.Equal(findings, SigmaBench.Run(rules, CorrelationTests.Lines(events)).Count);
    }

    [Theory]
    [InlineData("a", 1)]
    [InlineData("b", 0)]
    public void Aliases_compare_different_fields(string host, int findings)
    {
        var rules = Ground + """
            title: The whole
            correlation:
              type: temporal
              rules: [flow, lookup]
              group-by: [device.uid, host]
              timespan: 1m
              aliases:
                host: {flow: dst_endpoint.hostname, lookup: query.hostname}

            """;
        string[] lines = [.. CorrelationTests.Lines("f5:a"), SigmaBench.Line(0, $"\"query\":{{\"hostname\":\"{host}.example\"}}", 4003, 1)];
        Assert.Equal(findings, SigmaBench.Run(rules, lines.Order(StringComparer.Ordinal)).Count);
    }

    [Fact]
    public void Rules_are_found_by_name_or_id_in_any_file()
    {
        var parts = Ground.Split("---\n");
        AnalyticSource[] sources =
        [
            new("z.yml", parts[0]), new("a/b.yml", parts[2]),
            new("m.yml", CorrelationTests.Document("temporal [2b1f6c1e-7c0e-4f5f-9a51-0d7f3f1c8a01, load] 1m")),
        ];
        var finding = Assert.Single(SigmaBench.Run(sources, CorrelationTests.Lines("f0 l10")));
        Assert.Equal("whole", finding.Analytic.Uid);
    }

    [Fact]
    public void Rules_stand_for_themselves_only_when_asked_for()
    {
        var rules = Ground + CorrelationTests.Document("temporal [flow, load] 1m");
        Assert.Equal(["whole"], SigmaBench.Run(rules, CorrelationTests.Lines("f0 l10")).Select(finding => finding.Analytic.Uid));
        Assert.Equal(3, SigmaBench.Run(rules + "generate: true\n", CorrelationTests.Lines("f0 l10")).Count);
    }

    [Theory]
    [InlineData("com.example.torch", 1)]
    [InlineData("com.example.backup", 0)]
    public void A_filter_is_an_exception(string app, int findings)
    {
        var rules = Ground + CorrelationTests.Document("event_count [flow] 1m {gte: 2}") + """
            ---
            title: Backups
            description: Backups talk much.
            logsource: {product: android}
            filter:
              rules: [flow]
              backup: {actor.app_uid: com.example.backup}
              condition: backup
            """;
        Assert.Equal(findings, SigmaBench.Run(rules, CorrelationTests.Lines($"f0@{app} f10@{app}")).Count);
    }

    [Fact]
    public void A_record_that_names_no_app_is_reported_without_one()
    {
        var rule = "title: t\nlogsource: {product: android}\ndetection: {s: {class_uid: 4001}, condition: s}\n";
        var findings = SigmaBench.Run(rule, [SigmaBench.Line(0, "", 4001, 6, app: null), SigmaBench.Line(1, "", 4001, 6)]);
        Assert.Equal([null, "com.example.torch"], findings.Select(finding => finding.App));
        Assert.Contains("no named app", findings[0].Title, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("informational", 30)]
    [InlineData("low", 30)]
    [InlineData("medium", 50)]
    [InlineData("high", 75)]
    [InlineData("critical", 90)]
    public void The_level_is_the_severity_and_the_score(string level, int score)
    {
        var rule = $"title: t\nlevel: {level}\ntags: [attack.t1437.001]\nlogsource: {{product: android}}\ndetection: {{s: {{class_uid: 4001}}, condition: s}}\n";
        var finding = Assert.Single(SigmaBench.Run(rule, [SigmaBench.Line(0, "", 4001, 6)]));
        Assert.Equal(level, finding.Severity.ToString(), ignoreCase: true);
        Assert.Equal(score, finding.Score);
        Assert.Equal("T1437.001", Assert.Single(finding.Analytic.Techniques).Uid);
    }

    [Theory]
    [InlineData("category: dns_query", 4003, 1, 1)]
    [InlineData("category: dns_query", 4001, 6, 0)]
    [InlineData("service: logcat", 99906002, 1, 1)]
    [InlineData("category: file_event", 1001, 1, 1)]
    [InlineData("category: file_event", 1001, 4, 0)]
    [InlineData("category: something_else", 4001, 6, 1)]
    public void A_log_source_stands_for_a_class_when_the_rule_names_none(string source, int eventClass, int activity, int findings)
    {
        var rule = $"title: t\nlogsource: {{product: android, {source}}}\ndetection: {{s: {{message: x}}, condition: s}}\n";
        Assert.Equal(findings, SigmaBench.Run(rule, [SigmaBench.Line(0, "\"message\":\"x\"", eventClass, activity)]).Count);
    }

    [Theory]
    [InlineData("{category: dns}", 201, 1)]
    [InlineData("{category: dns}", 301, 1)]
    [InlineData("{product: ios}", 301, 1)]
    [InlineData("{product: ios}", 302, 1)]
    [InlineData("{product: ios}", 201, 0)]
    [InlineData("{product: android}", 301, 0)]
    public void A_rule_without_a_product_is_for_both_platforms(string source, int system, int findings)
    {
        var rule = $"title: t\nlogsource: {source}\ndetection: {{s: {{class_uid: 4003}}, condition: s}}\n";
        var line = SigmaBench.Line(0, "", 4003, 1).Replace("\"type_id\":201", $"\"type_id\":{system}", StringComparison.Ordinal);
        Assert.Equal(findings, SigmaBench.Run(rule, [line]).Count);
    }

    [Theory]
    [InlineData("dns", "query: a.example", 4003)]
    [InlineData("proxy", "c-uri|contains: example", 4002)]
    [InlineData("network_connection", "DestinationHostname|endswith: example", 4001)]
    [InlineData("process_creation", "CommandLine|contains: example", 1007)]
    public void A_rule_in_the_taxonomy_of_Sigma_runs_as_it_is(string category, string item, int eventClass)
    {
        const string Attributes = """
            "query":{"hostname":"a.example"},"url":{"url_string":"https://a.example/"},"dst_endpoint":{"hostname":"a.example"},"process":{"cmd_line":"ping a.example"}
            """;
        var rule = $"title: t\nlogsource: {{category: {category}}}\ndetection: {{s: {{{item}}}, condition: s}}\n";
        Assert.Single(SigmaBench.Run(rule, [SigmaBench.Line(0, Attributes.Trim(), eventClass, 1)]));
        Assert.Contains(SigmaBench.Load(rule, new Events.SymbolTable()).Diagnostics, item => item.Code == "NJ2066");
    }

    [Fact]
    public void The_type_of_OCSF_is_its_class_and_activity()
    {
        const string Rule = "title: t\nlogsource: {product: android}\ndetection: {s: {type_uid: [100101, 100103]}, condition: s}\n";
        Assert.Single(SigmaBench.Run(Rule, [SigmaBench.Line(0, "", 1001, 3)]));
        Assert.Empty(SigmaBench.Run(Rule, [SigmaBench.Line(0, "", 1001, 2)]));
    }

    private static string Named(string name, string text) => CorrelationTests.Document(text).Replace("name: whole", $"name: {name}", StringComparison.Ordinal) + "---\n";
}
