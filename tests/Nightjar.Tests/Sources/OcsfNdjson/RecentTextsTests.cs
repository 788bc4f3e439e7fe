using System.Globalization;
using System.Text;
using Nightjar.Events;
using Nightjar.Sources.OcsfNdjson;
using Xunit;

namespace Nightjar.Tests.Sources.OcsfNdjson;

public sealed class RecentTextsTests
{
    private static readonly AttributeNode Host = AttributeTree.Root.Children["dst_endpoint"].Children["hostname"];

    private readonly RecentTexts _recent = new();

    [Fact]
    public void What_was_kept_is_found_for_its_kind_of_field_only()
    {
        Keep("host.example", new Symbol(7));
        Assert.Equal(new Symbol(7), Find("host.example", FieldKind.Host));
        Assert.True(Find("host.example", FieldKind.Symbol).IsNone);
        Assert.True(Find("host.exampl", FieldKind.Host).IsNone);
        Assert.True(Find("host.example\0", FieldKind.Host).IsNone);
        _recent.Clear();
        Assert.True(Find("host.example", FieldKind.Host).IsNone);
    }

    [Fact]
    public void What_is_found_is_right_however_many_are_kept()
    {
        var found = 0;
        for (var i = 1; i < 50_000; i++)
        {
            Keep(Name(i), new Symbol(i));
            var earlier = i - i * 31 % Math.Min(i, 3000);
            var symbol = Find(Name(earlier), FieldKind.Host);
            Assert.True(symbol.IsNone || symbol.Id == earlier);
            found += symbol.IsNone ? 0 : 1;
        }
        Assert.True(found > 25_000, $"Only {found} were found.");
    }

    [Fact]
    public void A_field_whose_texts_are_all_new_is_left_alone_for_a_while()
    {
        var expected = 0;
        for (var i = 1; i < 10_000; i++)
        {
            if (!_recent.Expects(Host.Field)) continue;
            expected++;
            Keep(Name(i), new Symbol(i), isNew: true);
        }
        Assert.InRange(expected, 64, 1000);
        while (!_recent.Expects(Host.Field))
        {
            // Asked for so often, it is given another chance.
        }
        Keep("host.example", new Symbol(1));
        for (var i = 0; i < 50; i++) Assert.True(_recent.Expects(Host.Field));
    }

    [Fact]
    public void A_text_is_the_same_within_a_line_and_at_its_end()
    {
        var line = Encoding.UTF8.GetBytes("some bytes that stand before it, host.example");
        var longer = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(line) + "\", and as many more bytes behind it as it takes");
        var start = line.Length - "host.example".Length;
        Assert.Equal(RecentTexts.Load(longer, start, 12), RecentTexts.Load(line, start, 12));
    }

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"host-{number}.example.net");

    private void Keep(string name, Symbol symbol, bool isNew = false)
    {
        var text = RecentTexts.Load(Encoding.UTF8.GetBytes(name), 0, name.Length);
        _recent.Keep(Host, text, name.Length, RecentTexts.PlaceOf(text, name.Length), symbol, isNew);
    }

    private Symbol Find(string name, FieldKind kind)
    {
        var text = RecentTexts.Load(Encoding.UTF8.GetBytes(name), 0, name.Length);
        return _recent.Find(kind, text, name.Length, RecentTexts.PlaceOf(text, name.Length));
    }
}
