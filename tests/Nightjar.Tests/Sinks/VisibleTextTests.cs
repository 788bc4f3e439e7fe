using Nightjar.Sinks;
using Xunit;

namespace Nightjar.Tests.Sinks;

public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("com.example.app", "com.example.app")]
    [InlineData("", "")]
    [InlineData(null, "")]
    [InlineData("Größe 名前 مثال 🦉", "Größe 名前 مثال 🦉")]
    [InlineData("a\u001b[31mb", @"a\u{001B}[31mb")]
    [InlineData("a\nb\r\tc\0", @"a\nb\r\tc\u{0000}")]
    [InlineData("exe\u202Egpj", @"exe\u{202E}gpj")]
    [InlineData("a\u200Bb\uFEFF", @"a\u{200B}b\u{FEFF}")]
    [InlineData("a\u00A0b\u3164", @"a\u{00A0}b\u{3164}")]
    [InlineData("\u009B2J\u2028", @"\u{009B}2J\u{2028}")]
    [InlineData("\U000E0041\uE000", @"\u{E0041}\u{E000}")]
    public void What_cannot_be_seen_is_written_out(string? text, string shown) => Assert.Equal(shown, VisibleText.Of(text));

    [Fact]
    public void Half_a_surrogate_pair_is_written_out() => Assert.Equal(@"a\u{D83E}b", VisibleText.Of("a" + (char)0xD83E + "b"));

    [Fact]
    public void A_tower_of_marks_is_cut_down_and_an_accent_is_not()
    {
        Assert.Equal("e\u0301", VisibleText.Of("e\u0301"));
        Assert.Equal("e\u0301\u0301\u0301\u0301" + @"\u{0301}", VisibleText.Of("e\u0301\u0301\u0301\u0301\u0301"));
    }

    [Fact]
    public void A_long_text_says_how_much_is_missing()
    {
        Assert.Equal("xxxxx… (1,995 more characters)", VisibleText.Of(new string('x', 2000), 5));
        Assert.Equal("a… (2 more characters)", VisibleText.Of("a🦉", 2));
    }

    [Fact]
    public void Plain_text_is_not_copied()
    {
        var text = new string('x', 100);
        Assert.Same(text, VisibleText.Of(text));
    }
}
