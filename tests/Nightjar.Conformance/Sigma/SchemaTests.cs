using System.Text.Json.Nodes;
using Nightjar.Conformance.Schemas;
using Nightjar.Analytics;
using Nightjar.Analytics.Translation;
using Nightjar.Events;
using Nightjar.Knowledge;
using Nightjar.Tests.House;
using Xunit;

namespace Nightjar.Conformance.Sigma;

/// <summary>What Nightjar takes for Sigma is Sigma by its published schemas, and what they refuse Nightjar complains of.</summary>
public sealed class SchemaTests
{
    private const string Rule = """
        title: A rule
        id: 2b1f6c1e-7c0e-4f5f-9a51-0d7f3f1c8a01
        name: a_rule
        related:
          - {id: 2b1f6c1e-7c0e-4f5f-9a51-0d7f3f1c8a02, type: similar}
        taxonomy: ocsf
        status: test
        description: What it says.
        license: MIT
        author: Somebody
        references: ["https://example.org/a"]
        date: 2026-11-21
        modified: 2026-11-21
        logsource: {product: android}
        detection: {sel: {class_uid: 4001}, condition: sel}
        fields: [dst_endpoint.hostname]
        falsepositives: [None known]
        level: low
        tags: [attack.t1437]
        scope: [phone]

        """;

    private const string Correlation = """
        title: A correlation
        id: 2b1f6c1e-7c0e-4f5f-9a51-0d7f3f1c8a03
        status: test
        description: What it says.
        author: Somebody
        references: ["https://example.org/a"]
        date: 2026-11-21
        modified: 2026-11-21
        taxonomy: ocsf
        correlation:
          type: event_count
          rules: [a_rule]
          group-by: [device.uid]
          timespan: 1m
          condition: {gte: 3}
        falsepositives: [None known]
        level: high
        generate: false
        ---

        """;

    /// <summary>What is replaced in a sound rule, and by what.</summary>
    public static TheoryData<string, string> RuleChanges { get; } = new()
    {
        { "title: A rule\n", "" },
        { "title: A rule\n", "title: [a]\n" },
        { "title: A rule\n", $"title: {new string('x', 257)}\n" },
        { "logsource: {product: android}\n", "" },
        { "logsource: {product: android}\n", "logsource: android\n" },
        { "logsource: {product: android}\n", "logsource: {product: android, category: [a]}\n" },
        { "detection: {sel: {class_uid: 4001}, condition: sel}\n", "detection: {sel: {class_uid: 4001}}\n" },
        { "detection: {sel: {class_uid: 4001}, condition: sel}\n", "detection: sel\n" },
        { "8a01\nname", "8a0\nname" },
        { "name: a_rule\n", $"name: {new string('x', 257)}\n" },
        { "type: similar", "type: alike" },
        { "8a02, type", "8a0, type" },
        { "{id: 2b1f6c1e-7c0e-4f5f-9a51-0d7f3f1c8a02, type: similar}", "{type: similar}" },
        { "taxonomy: ocsf\n", $"taxonomy: {new string('x', 257)}\n" },
        { "status: test\n", "status: tested\n" },
        { "description: What it says.\n", "description: {a: b}\n" },
        { "description: What it says.\n", $"description: {new string('x', 65_536)}\n" },
        { "license: MIT\n", "license: [MIT]\n" },
        { "author: Somebody\n", "author: [Somebody]\n" },
        { "references: [\"https://example.org/a\"]\n", "references: https://example.org/a\n" },
        { "references: [\"https://example.org/a\"]\n", "references: [a, a]\n" },
        { "date: 2026-11-21\nmodified", "date: 21.11.2026\nmodified" },
        { "modified: 2026-11-21\n", "modified: 2026-13-21\n" },
        { "fields: [dst_endpoint.hostname]\n", "fields: dst_endpoint.hostname\n" },
        { "fields: [dst_endpoint.hostname]\n", "fields: [time, time]\n" },
        { "falsepositives: [None known]\n", "falsepositives: [x]\n" },
        { "falsepositives: [None known]\n", "falsepositives: None known\n" },
        { "level: low\n", "level: lowest\n" },
        { "tags: [attack.t1437]\n", "tags: [Attack.T1437]\n" },
        { "tags: [attack.t1437]\n", "tags: [attack]\n" },
        { "tags: [attack.t1437]\n", "tags: [attack.t1437, attack.t1437]\n" },
        { "scope: [phone]\n", "scope: [p]\n" },
        { "sel: {class_uid: 4001}", "sel: 4001" },
        { "sel: {class_uid: 4001}", "sel: [[a]]" },
    };

    /// <summary>What is replaced in a sound correlation, and by what.</summary>
    public static TheoryData<string, string> CorrelationChanges { get; } = new()
    {
        { "title: A correlation\n", "" },
        { "  type: event_count\n", "" },
        { "  type: event_count\n", "  type: event_counts\n" },
        { "  type: event_count\n", "  type: value_median\n" },
        { "  rules: [a_rule]\n", "" },
        { "  rules: [a_rule]\n", "  rules: [a_rule, a_rule]\n" },
        { "  rules: [a_rule]\n", "  rules: [{name: a_rule}]\n" },
        { "  rules: [a_rule]\n", "  rules: a_rule\n" },
        { "  group-by: [device.uid]\n", "" },
        { "  group-by: [device.uid]\n", "  group-by: device.uid\n" },
        { "  group-by: [device.uid]\n", "  group-by: [device.uid, device.uid]\n" },
        { "  timespan: 1m\n", "" },
        { "  timespan: 1m\n", "  timespan: 60\n" },
        { "  condition: {gte: 3}\n", "" },
        { "  condition: {gte: 3}\n", "  condition: a_rule\n" },
        { "8a03\nstatus", "8a0\nstatus" },
        { "status: test\n", "status: tested\n" },
        { "date: 2026-11-21\nmodified", "date: today\nmodified" },
        { "references: [\"https://example.org/a\"]\n", "references: [a, a]\n" },
        { "falsepositives: [None known]\n", "falsepositives: [x]\n" },
        { "level: high\n", "level: highest\n" },
        { "generate: false\n", "generate: [a]\n" },
        { "taxonomy: ocsf\n", $"taxonomy: {new string('x', 257)}\n" },
    };

    [Fact]
    public void The_schemas_use_no_keyword_that_is_not_read_here()
    {
        Assert.Empty(Schema("sigma-detection-rule-schema.json").Unread());
        Assert.Empty(Schema("sigma-correlation-rules-schema.json").Unread());
        Assert.Empty(Schema("sigma-filters-schema.json").Unread().Except(["$id", "$ref", "$defs"]));
    }

    [Fact]
    public void The_sound_ones_are_valid_and_no_complaint_is_made()
    {
        Assert.Empty(Schema("sigma-detection-rule-schema.json").Errors(YamlJson.Documents(Rule).Single()));
        Assert.Empty(Schema("sigma-correlation-rules-schema.json").Errors(YamlJson.Documents(Correlation).First()));
        Assert.Empty(SigmaBench.Load(Correlation + Rule, new SymbolTable()).Diagnostics.Select(item => item.ToString()));
    }

    [Theory]
    [MemberData(nameof(RuleChanges))]
    public void A_rule_that_the_schema_refuses_is_complained_of(string before, string after)
    {
        var text = Changed(Rule, before, after);
        Assert.NotEmpty(Schema("sigma-detection-rule-schema.json").Errors(YamlJson.Documents(text).Single()));
        Assert.NotEmpty(SigmaBench.Load(text, new SymbolTable()).Diagnostics);
    }

    [Theory]
    [MemberData(nameof(CorrelationChanges))]
    public void A_correlation_that_the_schema_refuses_is_complained_of(string before, string after)
    {
        var text = Changed(Correlation, before, after);
        Assert.NotEmpty(Schema("sigma-correlation-rules-schema.json").Errors(YamlJson.Documents(text).First()));
        Assert.NotEmpty(SigmaBench.Load(text + Rule, new SymbolTable()).Diagnostics);
    }

    [Fact]
    public void The_sigma_part_of_the_analytics_that_come_with_Nightjar_is_valid()
    {
        var schema = Schema("sigma-detection-rule-schema.json");
        var complaints = new List<string>();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "analytics"), "analytic.yml", SearchOption.AllDirectories))
        {
            foreach (var rule in SigmaParts(YamlJson.Documents(File.ReadAllText(file)).Single())) complaints.AddRange(schema.Errors(rule).Select(error => $"{file}: {error}"));
        }
        Complaints.None(complaints);
    }

    [Fact]
    public void What_import_writes_has_a_valid_sigma_part()
    {
        var imported = SigmaImport.Import([new AnalyticSource("r.yml", Rule)], ReferenceData.Shipped);
        var document = YamlJson.Documents(Assert.Single(imported.Analytics).Text).Single();
        foreach (var rule in SigmaParts(document)) Assert.Empty(Schema("sigma-detection-rule-schema.json").Errors(rule));
    }

    /// <summary>The upper part of an analytic with the detection of each stage in turn.</summary>
    private static IEnumerable<JsonObject> SigmaParts(JsonObject analytic)
    {
        foreach (var stage in (JsonArray)analytic["analytic"]!["stages"]!)
        {
            var rule = (JsonObject)analytic.DeepClone();
            rule.Remove("analytic");
            rule["detection"] = stage!["detection"]!.DeepClone();
            yield return rule;
        }
    }

    internal static JsonSchema Schema(string name)
    {
        var schema = JsonSchema.Beside($"sigma/{name}");
        Assert.SkipUnless(schema is not null, $"Sigma's schema {name} is not beside the repository.");
        return schema!;
    }

    private static string Changed(string text, string before, string after)
    {
        Assert.Contains(before, text, StringComparison.Ordinal);
        return text.Replace(before, after, StringComparison.Ordinal);
    }
}
