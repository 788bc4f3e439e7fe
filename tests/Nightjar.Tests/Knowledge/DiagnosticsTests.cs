using Nightjar.Knowledge;
using Xunit;

namespace Nightjar.Tests.Knowledge;

/// <summary>Every number with an example file and the very text that is promised for it.</summary>
public sealed class DiagnosticsTests
{
    public static TheoryData<string, string, string> Examples => new()
    {
        { "service-classes.yaml", "x", "service-classes.yaml: warning NJ1002: No reference file is called 'service-classes.yaml'. It is not read. Name it as a shipped file to replace that one, or put a word before the ending to extend it: service-classes.local.yml." },
        { "places.a.yml", new string(' ', YamlText.MaxLength + 1), "places.a.yml: error NJ1003: The file has 4194305 characters; at most 4194304 are read. Nothing of it is used. Split it into several files." },
        { "places.a.yml", "patterns: [\n", "places.a.yml:2:1: error NJ1004: This is not YAML: While parsing a node, did not find expected node content. Nothing of it is used. Look for a missing colon, quote or indentation at this place." },
        { "places.a.yml", "patterns: *all\n", "places.a.yml:1:11: error NJ1005: An alias (*name) is not read. Nothing of the file is used. Write the value out in plain form." },
        { "service-classes.a.yml", "suffixes:\n  paste: [a.example, A.example]\n", "service-classes.a.yml:2:22: warning NJ1006: The suffix 'a.example' stands in this file a second time. The first one counts. Remove one of the two." },
        { "app-roles.a.yml", "apps:\n  browser: {a: b}\n", "app-roles.a.yml:2:12: error NJ1007: This is a mapping where a list is expected. This part is left out. Compare with the shipped file of the same name." },
        { "places.a.yml", "pattern: []\n", "places.a.yml:1:1: warning NJ1008: The key 'pattern' is not known here. It is ignored. Known are: about, places, patterns, instruction_sets, stacked_extensions." },
        { "places.a.yml", "patterns:\n  - {pattern: /a}\n", "places.a.yml:2:5: error NJ1009: The key 'place' is missing. This part is left out. Add the key." },
        { "api-families/a.yml", "functions:\n  code.laod: [dlopen]\n", "api-families/a.yml:2:3: error NJ1010: No family is called 'code.laod'. This entry is left out. Declare it in api-families/families.yml, or correct its spelling." },
        { "service-classes.a.yml", "suffixes:\n  paste: [https://a.example/x]\n", "service-classes.a.yml:2:11: error NJ1011: 'https://a.example/x' is no host suffix. This entry is left out. Write it like example.com, without scheme, port, path or asterisk." },
        { "public-suffixes.a.txt", "good.example\n*.*.example\n", "public-suffixes.a.txt:2:1: error NJ1011: '*.*.example' is no rule. This entry is left out. Write it like co.uk, *.ck or !www.ck." },
        { "file-types.a.yml", "magics:\n  foo: {kind: code, extensions: [foo]}\n", "file-types.a.yml:2:34: error NJ1011: 'foo' is no extension. This entry is left out. Write it with its dot: .jar" },
        { "attack/mobile-19.1.json", "{\n!", "attack/mobile-19.1.json:2:1: error NJ1012: This is not JSON, or nested too deep. Nothing of it is used. Make the file anew from the published bundle." },
        { "attack/mobile-19.1.json", """{"nightjar_attack": 1, "strategies": [{"id": "DET1", "techniques": ["T1"]}]}""", "attack/mobile-19.1.json: error NJ1013: DET1 names T1, which is not there. This reference is left out. Make the file anew from the published bundle." },
        { "attack/mobile-20.0.json", """{"nightjar_attack": 1, "about": {"version": "19.1"}}""", "attack/mobile-20.0.json: warning NJ1014: The catalogue calls itself release '19.1'. The name counts. Rename the file, or make it anew from the published bundle." },
    };

    [Theory]
    [MemberData(nameof(Examples))]
    public void A_mistake_is_told_in_these_words(string path, string text, string expected) =>
        Assert.Equal(expected, Assert.Single(Texts.DiagnosticsOf(path, text)).ToString());

    [Fact]
    public void A_missing_file_is_told_in_these_words()
    {
        var files = ReferenceData.ShippedFiles.Where(f => f.Key != "places.yml").ToDictionary(f => f.Key, f => f.Value);
        Assert.Equal("places.yml: error NJ1001: The file 'places.yml' is not there. What it would have named stays unknown. Add the file, or leave the shipped one in place.",
            Assert.Single(ReferenceData.Load(files).Diagnostics).ToString());
    }

    [Fact]
    public void Every_number_has_an_example_here()
    {
        var shown = Examples.Select(row => row.Data.Item3.Split(':').First(part => part.Contains(" NJ", StringComparison.Ordinal))[^6..]).Append("NJ1001").ToHashSet();
        Assert.Empty(ReferenceRules.All.Select(rule => rule.Code).Except(shown));
    }

    [Fact]
    public void Numbers_are_unique_and_in_order() =>
        Assert.Equal(ReferenceRules.All.Select(rule => rule.Code).Distinct().Order(StringComparer.Ordinal), ReferenceRules.All.Select(rule => rule.Code));

    [Theory]
    [InlineData("f.yml", 3, 4, "f.yml:3:4: note NJ1: Reason. Effect. Hint.")]
    [InlineData("f.yml", 3, 0, "f.yml:3: note NJ1: Reason. Effect. Hint.")]
    [InlineData("f.yml", 0, 0, "f.yml: note NJ1: Reason. Effect. Hint.")]
    [InlineData("", 0, 0, "note NJ1: Reason. Effect. Hint.")]
    public void The_place_is_told_as_far_as_it_is_known(string file, int line, int column, string expected) =>
        Assert.Equal(expected, new Diagnostic("NJ1", DiagnosticSeverity.Note, file, line, column, "Reason.", "Effect.", "Hint.").ToString());

    [Fact]
    public void They_are_told_by_file_line_column_and_number()
    {
        var rule = ReferenceRules.BadValue;
        var ordered = new[] { rule.At("a", 1, 2, "x"), rule.At("a", 2, 1, "x"), rule.At("a", 2, 1, "y"), rule.At("b", 1, 1, "x") };
        Assert.Equal(ordered, ordered.Reverse().Order());
        Assert.True(ordered[0] < ordered[1] && ordered[3] > ordered[2]);
    }

    [Fact]
    public void A_long_value_is_shown_only_in_part() =>
        Assert.True(Assert.Single(Texts.DiagnosticsOf("service-classes.a.yml", $"suffixes:\n  paste: [\"{new string('x', 5000)}\"]\n")).Reason.Length < 150);
}
