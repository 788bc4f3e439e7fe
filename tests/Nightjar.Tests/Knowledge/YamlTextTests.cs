using Nightjar.Knowledge;
using Xunit;

namespace Nightjar.Tests.Knowledge;

public sealed class YamlTextTests
{
    [Fact]
    public void Nodes_know_where_they_stand()
    {
        var map = Assert.IsType<YamlMap>(Read("a: 1\nb:\n  - x\n  - y: [no, \"no\"]\n"));
        var list = Assert.IsType<YamlList>(map["b"]);
        Assert.Equal((3, 5), (list.Items[0].Line, list.Items[0].Column));
        var inner = Assert.IsType<YamlList>(Assert.IsType<YamlMap>(list.Items[1])["y"]);
        Assert.Equal(["no", "no"], inner.Items.Cast<YamlScalar>().Select(s => s.Text));
        Assert.Equal([true, false], inner.Items.Cast<YamlScalar>().Select(s => s.IsPlain));
        Assert.Null(map["c"]);
    }

    [Theory]
    [InlineData("a: &x 1\nb: *x\n", "NJ1005")]
    [InlineData("a: *x\n", "NJ1005")]
    [InlineData("a: !!int 1\n", "NJ1005")]
    [InlineData("? [a, b]\n: 1\n", "NJ1005")]
    [InlineData("a: 1\n---\nb: 2\n", "NJ1005")]
    [InlineData("a: [1\n", "NJ1004")]
    [InlineData("a: \"\n", "NJ1004")]
    [InlineData("a: b: c\n", "NJ1004")]
    [InlineData("a: \"\\UFFFFFFFF\"\n", "NJ1004")]
    [InlineData("%YAML 9.9\n---\na: 1\n", "NJ1004")]
    public void What_is_not_read_is_refused_with_its_place(string text, string code)
    {
        var diagnostics = new List<Diagnostic>();
        Assert.Null(YamlText.Parse("x.yml", text, diagnostics));
        Assert.Equal(code, Assert.Single(diagnostics).Code);
    }

    [Fact]
    public void Billions_of_laughs_are_refused_at_the_first() =>
        Assert.Equal("NJ1005", Assert.Single(Complaints("a: &a [x,x,x,x]\nb: &b [*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b]\n")).Code);

    [Fact]
    public void Depth_is_bounded()
    {
        Assert.Empty(Complaints(Nested(YamlText.MaxDepth)));
        Assert.Equal("NJ1005", Assert.Single(Complaints(Nested(YamlText.MaxDepth + 1))).Code);
        Assert.Equal("NJ1005", Assert.Single(Complaints(new string('[', 200_000))).Code);
        Assert.Equal("NJ1005", Assert.Single(Complaints(string.Concat(Enumerable.Repeat("- ", 100_000)))).Code);
    }

    [Fact]
    public void Size_is_bounded() => Assert.Equal("NJ1003", Assert.Single(Complaints(new string('#', YamlText.MaxLength + 1))).Code);

    [Fact]
    public void A_repeated_key_is_told_and_the_first_one_counts()
    {
        var diagnostics = new List<Diagnostic>();
        var map = Assert.IsType<YamlMap>(YamlText.Parse("x.yml", "a: 1\na: 2\nb: 3\na: {c: d}\n", diagnostics));
        Assert.Equal(["NJ1006", "NJ1006"], diagnostics.Select(d => d.Code));
        Assert.Equal("1", Assert.IsType<YamlScalar>(map["a"]).Text);
        Assert.Equal(2, map.Entries.Count);
    }

    [Fact]
    public void Any_prefix_of_a_file_and_any_broken_byte_of_it_is_survived()
    {
        var text = ReferenceData.ShippedFiles["places.yml"][..1500];
        for (var i = 0; i < text.Length; i += 23)
        {
            Complaints(text[..i]);
            foreach (var c in "\0:[{&*!|>\"'\n\t-?%@\ud800") Complaints(string.Concat(text.AsSpan(0, i), [c], text.AsSpan(i + 1)));
        }
    }

    private static string Nested(int depth) => new string('[', depth) + new string(']', depth);

    private static YamlNode? Read(string text) => YamlText.Parse("x.yml", text, []);

    private static List<Diagnostic> Complaints(string text)
    {
        var diagnostics = new List<Diagnostic>();
        YamlText.Parse("x.yml", text, diagnostics);
        return diagnostics;
    }
}
