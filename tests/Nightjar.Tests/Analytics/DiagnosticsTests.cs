using Nightjar.Analytics;
using Nightjar.Analytics.Reading;
using Nightjar.Analytics.Tuning;
using Nightjar.Events;
using Nightjar.Knowledge;
using Xunit;

namespace Nightjar.Tests.Analytics;

/// <summary>Each mistake of an author has a number, a place, a reason, an effect and a way out, and all are told at once.</summary>
public sealed class DiagnosticsTests
{
    private const string Sound = """
        title: Two stages
        status: test
        level: high
        logsource: {product: android}
        analytic:
          uid: T1
          version: 1.0.0
          attack: {release: "19.1", strategy: DET0618, techniques: [T1407]}
          within: 60s
          tunables:
            Least: {type: bytes, default: 4KiB, min: 1, max: 1MiB, description: smallest}
          stages:
            - id: flow
              detection: {s: {class_uid: 4001}, condition: s}
              where: traffic.bytes_in >= Least
            - id: load
              detection: {s: {class_uid: 1005, activity_id: 1}, condition: s}
              where: module.file.path startswith '/data/'
          allow:
            - {name: known, reason: known, stages: [load], where: actor.app_uid == 'com.example.known'}
          score:
            base: 60
            add:
              - {name: unattended, points: 10, reason: nobody was there, when: unattended(5m)}
          finding: {title: "{app} loaded {load.module.file.path}", description: "{state}"}
        """;

    /// <summary>Number, what is replaced, by what, line, and a part of the reason.</summary>
    public static TheoryData<string, string, string, int, string> Cases { get; } = new()
    {
        { "NJ2001", "title: Two stages", "title: [", 1, "" },
        { "NJ2002", "title: Two stages", "title: &a Two stages\nother: *a", 2, "Aliases are not allowed." },
        { "NJ2003", "  uid: T1\n", "", 6, "`uid` is missing." },
        { "NJ2004", "within: 60s", "whithin: 60s", 9, "`whithin` is not known here. The analytic is not loaded. Did you mean `within`?" },
        { "NJ2005", "within: 60s", "within: [60s]", 9, "`within` must be a text." },
        { "NJ2006", "level: high", "level: hihg", 3, "`hihg` is no level. The analytic is not loaded. Did you mean `high`?" },
        { "NJ2007", "- id: load", "- id: flow", 16, "`flow` is the id of another stage too." },
        { "NJ2008", "product: android", "product: windows", 4, "`logsource.product` is `windows`." },
        { "NJ2010", "{class_uid: 4001}", "{class_id: 4001}", 14, "`class_id` is no field. The analytic is not loaded. Did you mean `class_uid`?" },
        { "NJ2011", "{class_uid: 4001}", "{class_uid|conatins: 4001}", 14, "`conatins` is no modifier of Sigma 2.1. The analytic is not loaded. Did you mean `contains`?" },
        { "NJ2012", "{class_uid: 4001}", "{tls.sni|gte: 5, class_uid: 4001}", 14, "`tls.sni` is no number" },
        { "NJ2013", "{s: {class_uid: 4001}, condition: s}", "{s: {class_uid: 4001}, condition: s and}", 14, "The condition ends too early." },
        { "NJ2014", "{s: {class_uid: 4001}, condition: s}", "{s: {class_uid: 4001}, condition: sel}", 14, "There is no selection `sel`." },
        { "NJ2015", "{s: {class_uid: 4001}, condition: s}", "{s: {class_uid: 4001}, t: {class_uid: 4001}, condition: s}", 14, "`t` is not used." },
        { "NJ2016", "{class_uid: 4001}", "{tls.sni|re: '(a)\\1', class_uid: 4001}", 14, "need backtracking" },
        { "NJ2017", "{class_uid: 4001}", "{dst_endpoint.ip|cidr: 10.0.0.0/40, class_uid: 4001}", 14, "`10.0.0.0/40` is no address range." },
        { "NJ2018", "module.file.path startswith '/data/'", "module.file.path startswith '/sdcard/'", 18, "`/sdcard/` is called `/storage/emulated/0" },
        { "NJ2018", "{class_uid: 4001}", "{file.path|contains: /sdcard/, class_uid: [4001, 1001]}", 14, "`/sdcard/` is called `/storage/emulated/0" },
        { "NJ2020", "type: bytes", "type: byts", 11, "`byts` is no type of tunable. The analytic is not loaded. Did you mean `bytes`?" },
        { "NJ2021", "default: 4KiB", "default: 4GiB", 11, "The default of `Least` lies outside its range." },
        { "NJ2022", "traffic.bytes_in >= Least", "traffic.bytes_in >= 5", 11, "`Least` is used nowhere." },
        { "NJ2023", "within: 60s", "within: Window", 9, "`Window` is neither a value nor a tunable." },
        { "NJ2030", "traffic.bytes_in >= Least", "traffic.bytes_in >= ) or Least", 15, "`)` was not expected." },
        { "NJ2031", "traffic.bytes_in >= Least", "traffic.byte_in >= Least", 15, "`traffic.byte_in` is no field, tunable or stage. (character 1) The analytic is not loaded. Did you mean `traffic.bytes_in`?" },
        { "NJ2032", "unattended(5m)", "unatended(5m)", 24, "`unatended` is no function. (character 1) The analytic is not loaded. Did you mean `unattended`?" },
        { "NJ2033", "traffic.bytes_in >= Least", "traffic.bytes_in >= Least and tls.sni", 15, "A text stands where a truth is needed." },
        { "NJ2034", "module.file.path startswith '/data/'", "module.file.path == load.file.path", 18, "looks at a stage that does not come before" },
        { "NJ2040", "      where: traffic.bytes_in >= Least\n", "      where: traffic.bytes_in >= Least\n      optional: true\n      score: 5\n", 0, "" },
        { "NJ2041", "stages: [load]", "stages: [laod]", 20, "`laod` is no stage. The analytic is not loaded. Did you mean `load`?" },
        { "NJ2042", "{s: {class_uid: 1005, activity_id: 1}, condition: s}", "{s: {class_uid: 1005}, t: {class_uid: 1001}, condition: s and t}", 16, "No event can match `load`." },
        { "NJ2043", "  score:\n", "  chains: [{name: one, stages: [flow], score: 60}]\n  score:\n", 16, "`load` does nothing." },
        { "NJ2044", "within: 60s", "within: 30d", 9, "`within` is 2592000 s." },
        { "NJ2045", "base: 60", "base: 60\n    low: 80", 22, "The thresholds low, medium and high must ascend." },
        { "NJ2046", "base: 60", "base: 5", 22, "The highest score is 15; reporting begins at 30." },
        { "NJ2047", "{app} loaded", "{apps} loaded", 25, "`{apps}` is no placeholder." },
        { "NJ2048", "reason: known, ", "", 20, "`known` has no reason." },
        { "NJ2050", "techniques: [T1407]", "techniques: [T1999]", 8, "`T1999` is no technique of ATT&CK 19.1." },
        { "NJ2051", "uid: T1", "uid: AN1848", 11, "ATT&CK names the mutable element `TimeWindow`, which is no tunable here." },
        { "NJ2053", "release: \"19.1\"", "release: \"12.0\"", 8, "Release `12.0` is not at hand; 18.1, 19.1 are." },
        { "NJ2054", "Least", "BytesWrittenThreshold", 11, "`BytesWrittenThreshold` is a mutable element of other analytics, not of AN1848." },
        { "NJ2055", "uid: T1", "uid: AN1848", 8, "AN1848 belongs to DET0718 in ATT&CK 19.1, not to `DET0618`." },
        { "NJ2055", "uid: T1", "uid: AN1848", 8, "AN1848 is for T1544 in ATT&CK 19.1, not for T1407." },
        { "NJ2056", "techniques: [T1407]", "techniques: [T1400]", 8, "`T1400` is revoked in ATT&CK 19.1; T1625.001 took its place." },
        { "NJ2057", "release: \"19.1\", strategy: DET0618, techniques: [T1407]", "release: \"18.1\", techniques: [T1660]", 8, "`T1660` differs in ATT&CK 19.1: version 1.1 → 1.2." },
    };

    [Fact]
    public void A_sound_analytic_has_none() => Assert.Empty(Load(Sound).Diagnostics);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_mistake_is_told_with_number_place_and_reason(string code, string before, string after, int line, string reason)
    {
        Assert.Contains(before, Sound, StringComparison.Ordinal);
        var text = Sound.Replace(before, after, StringComparison.Ordinal);
        if (code == "NJ2054") text = text.Replace("uid: T1", "uid: AN1848", StringComparison.Ordinal);
        if (code == "NJ2040") text = text.Replace("- id: load", "- id: load\n      optional: true\n      score: 5", StringComparison.Ordinal);
        var found = Load(text).Diagnostics.Where(item => item.Code == code).ToArray();
        Assert.NotEmpty(found);
        Assert.Contains(found, item => item.ToString().Contains(reason, StringComparison.Ordinal));
        if (line > 0) Assert.Contains(found, item => item.Line == line);
    }

    [Fact]
    public void Every_rule_has_a_case()
    {
        // NJ2052 needs the scenarios beside the file and is told by the suite that reads them.
        var covered = Cases.Concat(SigmaDiagnosticsTests.Cases).Select(row => row.Data.Item1).Append("NJ2052");
        Assert.Equal(Rules.All.Select(rule => rule.Code), covered.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Fifty_mistakes_are_fifty_diagnostics_in_one_run()
    {
        var lines = string.Join('\n', Enumerable.Range(0, 50).Select(i => $"    - {{id: s{i}, detection: {{s: {{no_such_field_{i}: 1}}, condition: s}}}}"));
        var text = Sound.Replace("  allow:\n", lines[2..].Insert(0, "  ") + "\n  allow:\n", StringComparison.Ordinal);
        Assert.Equal(50, Load(text).Diagnostics.Count(item => item.Code == "NJ2010"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("- 1\n- 2\n")]
    [InlineData("\0\u0001")]
    [InlineData("a: {b: {c: [")]
    [InlineData("analytic: {stages: [1, [2], {id: {}}], score: 5, allow: x, tunables: [], chains: {}, finding: []}")]
    public void No_content_throws(string text) => Assert.True(Load(text).HasErrors);

    [Fact]
    public void A_file_nested_too_deep_is_refused() => Assert.Contains(Load(new string('[', 5000)).Diagnostics, item => item.Code is "NJ2002" or "NJ2001");

    private static AnalyticSet Load(string text) =>
        AnalyticLoader.Load([new AnalyticSource("t.yml", text)], new SymbolTable(), ReferenceData.Shipped, DefaultTuning.Instance);
}
