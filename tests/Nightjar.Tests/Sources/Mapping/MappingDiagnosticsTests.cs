using Nightjar.Knowledge;
using Nightjar.Sources.Mapping;
using Xunit;

namespace Nightjar.Tests.Sources.Mapping;

/// <summary>Each mistake of an author has its number, its place and its words.</summary>
public sealed class MappingDiagnosticsTests
{
    private const string Good =
        """
        mapping: test-source
        title: A source of tests
        product: Tests
        log-name: MobileEDR:telemetry
        recognise: {keys: [dev, t]}
        tables: {os: {A: Android}}
        events:
        - class: log_line
          activity: 1
          set:
            time: t
            device.uid: dev
            device.os.type_id: {from: os, table: os}
        """;

    /// <summary>What is written instead of what, and which mistake that is at which line.</summary>
    public static TheoryData<string, string, string, int> Mistakes => new()
    {
        { "title: A source of tests", "title: a: b", "NJ3002", 2 },
        { "title: A source of tests", "title: &a x", "NJ3003", 2 },
        { "product: Tests", "product: Tests\nproduct: Again", "NJ3004", 4 },
        { "title: A source of tests", "title: [a]", "NJ3005", 2 },
        { "product: Tests\n", "", "NJ3006", 1 },
        { "product: Tests", "product: Tests\nprodct: x", "NJ3007", 4 },
        { "mapping: test-source", "mapping: Test Source", "NJ3008", 1 },
        { "product: Tests", "product: Tests\nplatform: symbian", "NJ3008", 4 },
        { "product: Tests", "product: Tests\nformat: xml", "NJ3008", 4 },
        { "device.uid: dev", "device.uid: dev\n    device.idd: dev", "NJ3010", 13 },
        { "device.uid: dev", "device.uid: dev\n    dst_endpoint.port: {constant: many}", "NJ3011", 13 },
        { "device.uid: dev", "device.uid: dev\n    install_source: {from: s, table: {a: market}}", "NJ3011", 13 },
        { "class: log_line", "class: log_lines", "NJ3012", 8 },
        { "device.uid: dev", "device.uid: dev\n    class_uid: dev", "NJ3013", 13 },
        { "time: t", "time: {from: t, format: epoch-m}", "NJ3014", 11 },
        { "time: t", "time: {from: t, format: yyyy-MM HH:mm}", "NJ3014", 11 },
        { "time: t", "time: {from: t, format: yyyy-MM-dd HH:mm}", "NJ3015", 11 },
        { "table: os", "table: oss", "NJ3016", 13 },
        { "tables: {os: {A: Android}}", "tables: {os: {A: Android}, more: {a: b}}", "NJ3017", 6 },
        { "device.uid: dev", "device.uid: {from: dev, take: upper}", "NJ3018", 12 },
        { "device.uid: dev", "device.uid: {from: dev, take: {match: '(a)\\1'}}", "NJ3019", 12 },
        { "device.uid: dev", "device.uid: {from: dev, unit: KB}", "NJ3020", 12 },
        { "device.uid: dev", "device.uid: dev\n    file.size: {from: s, unit: ms}", "NJ3020", 13 },
        { "- class: log_line", "- when: {a: {cidr: 10.0.0.0/40}}\n  class: log_line", "NJ3021", 8 },
        { "    time: t\n", "", "NJ3030", 8 },
        { "    device.uid: dev\n", "", "NJ3031", 8 },
        { "  activity: 1\n", "", "NJ3032", 8 },
        { "- class: log_line", "- when: {a: {is: x, not: x}}\n  class: log_line", "NJ3040", 8 },
        { "- class: log_line", "- when: {a: {exists: false, above: 3}}\n  class: log_line", "NJ3040", 8 },
        { "- class: log_line", "- when: {a: {above: 3, below: 3}}\n  class: log_line", "NJ3040", 8 },
        { "recognise: {keys: [dev, t]}", "recognise: {keys: [dev, t], values: {k: A}}\nignore: []", "", 0 },
        { "device.uid: dev", "device.uid: item.dev", "NJ3041", 12 },
        { "device.uid: dev", "device.uid: ^.dev", "NJ3041", 12 },
        { "product: Tests", "product: Tests\nrecords: a[].b[]", "NJ3041", 4 },
        { "recognise: {keys: [dev, t]}\n", "", "NJ3050", 1 },
        { "recognise: {keys: [dev, t]}", "recognise: {any: [dev]}", "NJ3050", 5 },
    };

    [Fact]
    public void A_good_mapping_has_none() => Assert.Empty(Load(Good).Diagnostics);

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_told_with_its_place(string what, string instead, string code, int line)
    {
        Assert.Contains(what, Good, StringComparison.Ordinal);
        var diagnostics = Load(Good.Replace(what, instead, StringComparison.Ordinal)).Diagnostics;
        if (code.Length == 0)
        {
            Assert.Empty(diagnostics);
            return;
        }
        var found = diagnostics.Where(item => item.Code == code).ToList();
        Assert.True(found.Count > 0, string.Join('\n', diagnostics));
        Assert.Contains(found, item => item.Line == line && item.Column > 0 && item.Effect.Length > 0);
    }

    [Fact]
    public void All_mistakes_are_told_at_once()
    {
        var text = Good.Replace("time: t", "tim: t", StringComparison.Ordinal).Replace("table: os", "table: x", StringComparison.Ordinal).Replace("activity: 1", "activity: many", StringComparison.Ordinal);
        Assert.Equal(["NJ3008", "NJ3010", "NJ3016", "NJ3017", "NJ3030"], Load(text).Diagnostics.Select(item => item.Code).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_near_name_is_offered() =>
        Assert.Contains(Load(Good.Replace("device.uid: dev", "device.uidd: dev", StringComparison.Ordinal)).Diagnostics, item => item.Hint == "Did you mean `device.uid`?");

    [Fact]
    public void A_condition_that_the_recognition_excludes_is_told()
    {
        var text = Good.Replace("{keys: [dev, t]}", "{keys: [dev, t], values: {k: [A, B]}}", StringComparison.Ordinal).Replace("- class: log_line", "- when: {k: C}\n  class: log_line", StringComparison.Ordinal);
        Assert.Equal(["NJ3040"], Load(text).Diagnostics.Select(item => item.Code));
    }

    [Fact]
    public void An_event_behind_one_that_takes_every_record_is_told_when_it_says_otherwise()
    {
        var text = Good + "\n- otherwise: true\n  class: log_line\n  activity: 1\n  set: {time: t, device.uid: dev}\n";
        Assert.Equal(["NJ3040"], Load(text).Diagnostics.Select(item => item.Code));
    }

    [Fact]
    public void Two_mappings_for_the_same_files_are_told()
    {
        var other = Good.Replace("test-source", "other-source", StringComparison.Ordinal);
        var set = MappingLoader.Load([new MappingSource("a.yml", Good), new MappingSource("b.yml", other)]);
        Assert.Equal("NJ3051", Assert.Single(set.Diagnostics).Code);
        Assert.Equal(2, set.Readers.Count);
        Assert.False(set.HasErrors);
    }

    [Fact]
    public void Two_mappings_of_one_name_are_told()
    {
        var set = MappingLoader.Load([new MappingSource("a.yml", Good), new MappingSource("b.yml", Good)]);
        Assert.Contains(set.Diagnostics, item => item.Code == "NJ3052" && item.File == "b.yml");
        Assert.Single(set.Readers);
    }

    [Fact]
    public void The_name_of_a_reader_in_code_is_taken()
    {
        var set = Load(Good.Replace("test-source", "zeek-tsv", StringComparison.Ordinal));
        Assert.Equal("NJ3053", Assert.Single(set.Diagnostics).Code);
        Assert.Empty(set.Readers);
    }

    [Fact]
    public void Every_rule_is_shown_by_a_test()
    {
        var elsewhere = new[] { "NJ3001", "NJ3033", "NJ3051", "NJ3052", "NJ3053", "NJ3060" };
        var shown = Mistakes.Select(row => row.Data.Item3).Concat(elsewhere).Where(code => code.Length > 0).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(MappingRules.All.Select(rule => rule.Code), shown);
    }

    [Fact]
    public void A_file_that_is_too_large_and_one_without_events_are_told()
    {
        Assert.Equal("NJ3001", Assert.Single(Load(new string('#', YamlText.MaxLength + 1)).Diagnostics).Code);
        Assert.Contains(Load(Good[..Good.IndexOf("events:", StringComparison.Ordinal)]).Diagnostics, item => item.Code == "NJ3033");
    }

    [Fact]
    public void No_text_makes_the_loader_throw()
    {
        for (var cut = 0; cut < Good.Length; cut++) Load(Good[..cut]);
        var random = new Random(3);
        for (var seed = 0; seed < 400; seed++)
        {
            var bytes = Mutation.Of(System.Text.Encoding.UTF8.GetBytes(Good), random.Next());
            Load(System.Text.Encoding.UTF8.GetString(bytes));
        }
    }

    private static MappingSet Load(string text) => MappingLoader.Load([new MappingSource("test/mapping.yml", text)]);
}
