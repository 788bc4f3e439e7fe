using System.Text.Json.Nodes;
using Nightjar.Analytics;
using Nightjar.Knowledge;
using Nightjar.Scenarios;
using Nightjar.Tests.House;
using Xunit;

namespace Nightjar.Tests.Scenarios.Schemas;

/// <summary>The schemas for editors say what the readers accept.</summary>
/// <remarks><c>NIGHTJAR_APPROVE=1 ./test unit SchemaTests</c> takes the present schemas over; then read the difference and commit it.</remarks>
public sealed class SchemaTests
{
    private static readonly SchemaCheck Analytic = new(Parse("analytic"));
    private static readonly SchemaCheck Scenario = new(Parse("scenario"));

    public static TheoryData<string> Names => [.. AuthoringSchemas.Names];

    public static TheoryData<string> Analytics => [.. RepositoryScenarios.Analytics.Select(item => item.Path), .. Repository.FilesUnder("tests/Nightjar.Tests/Analytics/Language", "/analytic.yml")];

    public static TheoryData<string> Scenarios => [.. RepositoryScenarios.Files.Select(item => item.Path).Where(path => path.EndsWith(".yml", StringComparison.Ordinal))];

    /// <summary>Every map of an analytic with a key that nobody knows, and where the schema describes the map.</summary>
    public static TheoryData<string, string> Maps => new()
    {
        { "top", "" },
        { "logsource", "/properties/logsource" },
        { "analytic", "/properties/analytic" },
        { "attack", "/properties/analytic/properties/attack" },
        { "limits", "/properties/analytic/properties/limits" },
        { "tunable", "/$defs/tunable" },
        { "stage", "/$defs/stage" },
        { "absent", "/$defs/stage/properties/absent" },
        { "distinct", "/$defs/measure/properties/distinct" },
        { "sum", "/$defs/measure/properties/sum" },
        { "ratio", "/$defs/measure/properties/ratio" },
        { "variation", "/$defs/measure/properties/variation" },
        { "period", "/$defs/measure/properties/period" },
        { "rate", "/$defs/measure/properties/rate" },
        { "measure", "/$defs/measure" },
        { "chain", "/$defs/chain" },
        { "allow", "/properties/analytic/properties/allow/items" },
        { "score", "/properties/analytic/properties/score" },
        { "when", "/$defs/addition/then" },
        { "counted", "/$defs/addition/else" },
        { "finding", "/properties/analytic/properties/finding" },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void The_documents_hold_the_present_schema(string name)
    {
        var file = $"docs/reference/schema/{name}.schema.json";
        if (Approval.IsAsked) File.WriteAllText(Path.Combine(Repository.Root, file), AuthoringSchemas.Text(name, ReferenceData.Shipped));
        Assert.Equal(AuthoringSchemas.Text(name, ReferenceData.Shipped), Repository.Read(file).ReplaceLineEndings("\n"));
    }

    [Theory]
    [MemberData(nameof(Analytics))]
    public void An_analytic_that_loads_is_valid(string path) => Complaints.None(Analytic.Complaints(YamlJson.Read(Repository.Read(path))));

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void A_scenario_that_runs_is_valid(string path) => Complaints.None(Scenario.Complaints(YamlJson.Read(Repository.Read(path))));

    [Fact]
    public void The_analytic_and_the_scenarios_of_the_guide_are_valid()
    {
        var fences = Markdown.Parse(Repository.Read("docs/guides/add-an-analytic.md")).Fences.ToArray();
        Complaints.None(fences.Where(fence => fence.Info == "yaml analytic").SelectMany(fence => Analytic.Complaints(YamlJson.Read(fence.Text))));
        Complaints.None(fences.Where(fence => fence.Info.StartsWith("yaml scenario", StringComparison.Ordinal)).SelectMany(fence => Scenario.Complaints(YamlJson.Read(fence.Text))));
    }

    [Theory]
    [MemberData(nameof(Maps))]
    public void The_keys_of_a_map_are_those_that_the_reader_accepts(string map, string pointer)
    {
        var told = Loaded.Value.Single(item => item.Reason.StartsWith($"`zz_{map}_zz` is not known", StringComparison.Ordinal)).Hint;
        const string Begin = "Known here are ";
        Assert.StartsWith(Begin, told, StringComparison.Ordinal);
        var schema = pointer.Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate((JsonNode)Parse("analytic"), (node, part) => node[part]!);
        Assert.False((bool)schema["additionalProperties"]!);
        Assert.Equal(told[Begin.Length..^1].Split(", "), schema["properties"]!.AsObject().Select(item => item.Key).Concat(Refused(map)).Order(StringComparer.Ordinal));
    }

    // What adds is a condition or a measure: the reader asks for both, and refuses both together.
    private static string[] Refused(string map) => map switch { "when" => ["stage"], "counted" => ["when"], _ => [] };

    [Theory]
    [InlineData("within: 60s", "whithin: 60s")]
    [InlineData("level: high", "level: hihg")]
    [InlineData("level: high\n", "level: high\nlevle: high\n")]
    [InlineData("product: android", "product: windows")]
    [InlineData("class_uid: 1001", "class_id: 1001")]
    [InlineData("class_uid: 1001", "class_uid|conatins: 1001")]
    [InlineData("  uid: T1\n", "")]
    [InlineData("title: Small\n", "")]
    [InlineData(", condition: s}", "}")]
    [InlineData("type: duration", "type: druation")]
    [InlineData("base: 60", "base: 600")]
    [InlineData("base: 60", "base: sixty")]
    [InlineData("- id: load", "- id: load\n      score: 5")]
    [InlineData("- id: load", "- id: load\n      app: none")]
    [InlineData("- id: load", "- {}\n    - id: load")]
    [InlineData("  stages:\n", "  select: some\n  stages:\n")]
    [InlineData("  stages:\n", "  order: any\n  chains: [{name: a, stages: [write]}]\n  stages:\n")]
    [InlineData("  stages:\n", "  key: [app]\n  stages:\n")]
    [InlineData("base: 60", "base: 60, add: [{name: a, points: 5, reason: r}]")]
    [InlineData("base: 60", "base: 60, add: [{name: a, points: 5, reason: r, when: app, at_least: 5}]")]
    [InlineData("  stages:\n", "    Roles: {type: roles, default: [gardener], description: Roles.}\n  stages:\n")]
    [InlineData("  finding:", "  allow: [{name: a, where: app == 'b'}]\n  finding:")]
    public void What_the_reader_refuses_is_invalid_too(string before, string after)
    {
        var sound = SmallSuite.Analytic().Text.Replace("  within: Window\n", "  within: 60s\n", StringComparison.Ordinal).Replace("module.file.path ==", "Window > 0s and module.file.path ==", StringComparison.Ordinal);
        Assert.Contains(before, sound, StringComparison.Ordinal);
        Complaints.None(Analytic.Complaints(YamlJson.Read(sound)));
        Assert.NotEmpty(Analytic.Complaints(YamlJson.Read(sound.Replace(before, after, StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("title: What happens\n", "")]
    [InlineData("reason:", "raeson:")]
    [InlineData("app: com", "ap: com")]
    [InlineData("events: |", "events: [a]\nrest: |")]
    [InlineData("reason: Because.", "reason: Because.\nbecause: {resaon: a}")]
    [InlineData("reason: Because.", "reason: Because.\nbecause: {time: late}")]
    [InlineData("reason: Because.", "reason: Because.\nbecause: {score: 500}")]
    [InlineData("reason: Because.", "reason: Because.\nexpect: {level: hihg}")]
    [InlineData("defaults: {", "defaults: {platform: symbian, ")]
    public void A_broken_scenario_is_invalid(string before, string after)
    {
        Complaints.None(Scenario.Complaints(YamlJson.Read(SmallSuite.WriteThenLoad)));
        Assert.Contains(before, SmallSuite.WriteThenLoad, StringComparison.Ordinal);
        Assert.NotEmpty(Scenario.Complaints(YamlJson.Read(SmallSuite.WriteThenLoad.Replace(before, after, StringComparison.Ordinal))));
    }

    private static readonly Lazy<IReadOnlyList<Diagnostic>> Loaded = new(() =>
        ScenarioSuite.Check([], [new AnalyticSource("a/analytic.yml", Everything), new AnalyticSource("b/analytic.yml", WithoutChains)], ReferenceData.Shipped));

    private const string Everything = """
        title: Everything
        zz_top_zz: 1
        logsource: {product: android, zz_logsource_zz: 1}
        analytic:
          attack: {zz_attack_zz: 1}
          limits: {zz_limits_zz: 1}
          tunables:
            One: {zz_tunable_zz: 1}
          stages:
            - id: flow
              zz_stage_zz: 1
            - id: gone
              absent: {zz_absent_zz: 1}
          chains:
            - name: one
              zz_chain_zz: 1
              stages: [flow]
              require:
                - stage: flow
                  zz_measure_zz: 1
                  distinct: {of: destination, zz_distinct_zz: 1}
                  sum: {of: traffic.bytes_in, zz_sum_zz: 1}
                  ratio: {of: traffic.bytes_in, to: traffic.bytes_out, zz_ratio_zz: 1}
                  variation: {of: traffic.bytes_in, zz_variation_zz: 1}
                  period: {zz_period_zz: 1}
                  rate: {zz_rate_zz: 1}
          allow:
            - {zz_allow_zz: 1}
          score:
            zz_score_zz: 1
            add:
              - {when: app, zz_when_zz: 1}
              - {stage: flow, zz_counted_zz: 1}
          finding: {zz_finding_zz: 1}
        """;

    private const string WithoutChains = """
        title: Without chains
        logsource: {product: android}
        analytic:
          zz_analytic_zz: 1
          stages:
            - {id: flow}
        """;

    private static JsonObject Parse(string name) => JsonNode.Parse(AuthoringSchemas.Text(name, ReferenceData.Shipped)!)!.AsObject();
}
