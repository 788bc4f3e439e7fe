using Nightjar.Conformance.Schemas;
using Nightjar.Analytics;
using Nightjar.Analytics.Translation;
using Nightjar.Findings;
using Nightjar.Knowledge;
using Nightjar.Sinks.Ocsf;
using Xunit;

namespace Nightjar.Conformance.Sigma;

/// <summary>What import writes finds the same, byte for byte, as the rule does by itself; and so does what export writes and import reads again.</summary>
public sealed class RoundTripTests
{
    private const string Ground = """
        title: A flow
        name: flow
        logsource: {product: android}
        detection: {sel: {class_uid: 4001}, condition: sel}
        ---
        title: A file is written
        name: write
        logsource: {product: android}
        detection: {sel: {class_uid: 1001, activity_id: 1}, condition: sel}
        ---
        title: 'A module: "loaded"'
        name: load
        logsource: {product: android}
        detection: {sel: {class_uid: 1005, activity_id: 1}, condition: sel}
        ---

        """;

    public static IEnumerable<ITheoryDataRow> Modifiers => [.. TextCases.All, .. ValueCases.All];

    [Theory]
    [MemberData(nameof(Modifiers))]
    public void A_rule_finds_the_same_once_imported(string what, string item, string attributes, bool matches)
    {
        Assert.NotEmpty(what);
        var rule = $"title: '{{t}}: a'\nlogsource: {{product: android}}\nfields: [message, dst_endpoint.port]\ndetection:\n  sel:\n    {item}\n  condition: sel\n";
        Assert.Equal(matches, Same(rule, [SigmaBench.Line(0, attributes)]));
    }

    [Theory]
    [MemberData(nameof(CorrelationTests.Cases), MemberType = typeof(CorrelationTests))]
    public void A_correlation_finds_the_same_once_imported(string what, string correlation, string events, int findings)
    {
        Assert.NotEmpty(what);
        Assert.True(findings >= 0);
        Same(Ground + CorrelationTests.Document(correlation), [.. CorrelationTests.Lines(events)]);
    }

    [Theory]
    [MemberData(nameof(CorrelationTests.Cases), MemberType = typeof(CorrelationTests))]
    public void A_correlation_that_can_be_exported_finds_the_same_once_imported_again(string what, string correlation, string events, int findings)
    {
        Assert.NotEmpty(what);
        string[] lines = [.. CorrelationTests.Lines(events)];
        var imported = Import(Ground + CorrelationTests.Document(correlation)).Single(item => item.Uid == "whole");
        var exported = Assert.Single(SigmaExport.Export(new AnalyticSource("whole/analytic.yml", imported.Text)));
        Assert.Equal(exported.IsPortable, exported.Text is not null);
        if (exported.Text is null)
        {
            // Only a condition over rules becomes several chains, which plain Sigma 2.1 has not.
            Assert.Contains("`chains`", string.Join(';', exported.Reasons), StringComparison.Ordinal);
            return;
        }
        foreach (var document in YamlJson.Documents(exported.Text))
        {
            var schema = document.ContainsKey("correlation") ? "sigma-correlation-rules-schema.json" : "sigma-detection-rule-schema.json";
            if (JsonSchema.Beside($"sigma/{schema}") is { } found && correlation.StartsWith("value_count [flow] 1m {field: [", StringComparison.Ordinal) is false) Assert.Empty(found.Errors(document));
        }
        var again = SigmaBench.Run(exported.Text, lines);
        Assert.Equal(findings, again.Count);
        var first = SigmaBench.Run([new AnalyticSource("whole/analytic.yml", imported.Text)], lines);
        Assert.Equal(first.SelectMany(Events), again.SelectMany(Events));
    }

    [Theory]
    [InlineData("key: [device, app]", "", "f0 f10@x", 2)]
    [InlineData("key: [device, app_or_none]", "", "f0 f10@x", 2)]
    [InlineData("key: [device]", "", "f0 f10@x", 1)]
    [InlineData("key: [device]", "require: [{stage: flow, at_least: 3}]", "f0 f10@x", 0)]
    [InlineData("key: [device]", "require: [{stage: flow, at_least: 3}]", "f0 f10@x f20", 1)]
    [InlineData("key: [device]", "require: [{stage: flow}]", "f0 f10", 1)]
    [InlineData("key: [device]", "require: [{stage: flow}]", "f0", 0)]
    [InlineData("key: [device, app]", "allow: [{name: lamp, reason: known, detection: {s: {actor.app_uid: x}, condition: s}}]", "f0@x f10@y", 1)]
    public void An_analytic_that_was_never_sigma_finds_the_same_once_exported(string key, string more, string events, int findings)
    {
        var analytic = $$"""
            title: Flows
            level: medium
            logsource: {product: android}
            analytic:
              uid: OWN-1
              version: 1.0.0
              {{key}}
              within: 60s
              {{more}}
              stages:
                - {id: flow, title: a flow, detection: {s: {class_uid: 4001}, condition: s} }
              score: {base: 50}
              finding: {title: t, description: d}
            """;
        string[] lines = [.. CorrelationTests.Lines(events)];
        var exported = Assert.Single(SigmaExport.Export(new AnalyticSource("own/analytic.yml", analytic)));
        Assert.Empty(exported.Reasons);
        Assert.Equal(findings, SigmaBench.Run([new AnalyticSource("own/analytic.yml", analytic)], lines).Count);
        var again = SigmaBench.Run(exported.Text!, lines);
        Assert.Equal(findings, again.Count);
        Assert.Equal(SigmaBench.Run([new AnalyticSource("own/analytic.yml", analytic)], lines).SelectMany(Events), again.SelectMany(Events));
    }

    // Whether there was a finding; the bytes are the same either way.
    private static bool Same(string rules, string[] lines)
    {
        var direct = SigmaBench.Run(rules, lines);
        var imported = Import(rules).Select((item, index) => new AnalyticSource($"{index}/{item.Folder}/analytic.yml", item.Text));
        Assert.Equal(Bytes(direct), Bytes(SigmaBench.Run(imported, lines)));
        return direct.Count > 0;
    }

    private static IReadOnlyList<ImportedAnalytic> Import(string rules)
    {
        var result = SigmaImport.Import([new AnalyticSource("rules.yml", rules)], ReferenceData.Shipped);
        Assert.False(result.HasErrors);
        return result.Analytics;
    }

    private static string Bytes(IReadOnlyList<Finding> findings)
    {
        using var stream = new MemoryStream();
        new OcsfFindingWriter().Write(findings, stream);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    private static IEnumerable<string> Events(Finding finding) => finding.Evidence.Select(item => $"{finding.Device.Uid} {finding.App} {item.Event.Uid}");
}
