using System.Text;
using Nightjar.Sources;
using Xunit;

namespace Nightjar.Tests.Sources;

public sealed class JsonItemsTests
{
    [Theory]
    [InlineData("""[{"a":1},{"a":[{"b":2}]}]""", """{"a":1}|{"a":[{"b":2}]}|End""")]
    [InlineData("{\"a\":1}\n{\"a\":2}\n", """{"a":1}|{"a":2}|End""")]
    [InlineData("""{"a":1},{"a":2},""", """{"a":1}|{"a":2}|End""")]
    [InlineData("""["x","y\"]"]""", "\"x\"|\"y\\\"]\"|End")]
    [InlineData("""[{"a":"}]\""}]""", """{"a":"}]\""}|End""")]
    [InlineData("{\n\"a\":1\n}\n{\"a\":2}", "{\n\"a\":1\n}|{\"a\":2}|End")]
    [InlineData("{\"a\":1}\n{\"a\":\n{\"a\":3}\n", """{"a":1}|Malformed|{"a":3}|End""")]
    [InlineData("[{\"a\":\"x\n,\n{\"a\":2}\n]", "Malformed|{\"a\":2}|End")]
    [InlineData("""[{"a":1}""", """{"a":1}|Truncated|End""")]
    [InlineData("""[{"a":1""", "Truncated|End")]
    [InlineData("]}]}", "End")]
    public void Records_are_found_whatever_the_layout(string text, string expected) =>
        Assert.Equal(expected, Find(text, true));

    [Fact]
    public void What_holds_the_records_names_them()
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes("""{"x":{"deep":[{"a":1}],"none":{"b":2}},"title":"t","list":["u"]}"""));
        var texts = new List<string>();
        using var items = new JsonItems(stream, false) { OnText = (name, text) => texts.Add(Encoding.UTF8.GetString(name) + "=" + Encoding.UTF8.GetString(text)) };
        Assert.Equal(JsonFound.Item, items.Next(TestContext.Current.CancellationToken));
        Assert.Equal("""{"a":1}""", Encoding.UTF8.GetString(items.Item));
        Assert.Equal("x deep", Encoding.UTF8.GetString(items.Name(0)) + " " + Encoding.UTF8.GetString(items.Name(1)));
        Assert.Equal(14, items.Offset);
        Assert.Equal(JsonFound.Item, items.Next(TestContext.Current.CancellationToken));
        Assert.Equal("\"u\" list", Encoding.UTF8.GetString(items.Item) + " " + Encoding.UTF8.GetString(items.Name(0)));
        Assert.Equal(JsonFound.End, items.Next(TestContext.Current.CancellationToken));
        Assert.Equal(["title=t"], texts);
    }

    [Fact]
    public void A_record_beyond_the_limit_is_left_out_and_the_next_is_found()
    {
        Assert.Equal("""TooLong|{"a":2}|End""", Find("[{\"a\":\"" + new string('x', JsonItems.MaxItemBytes) + "\"},{\"a\":2}]", true));
    }

    private static string Find(string text, bool isRootRecord)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        using var items = new JsonItems(stream, isRootRecord);
        var found = new List<string>();
        do
        {
            var next = items.Next(TestContext.Current.CancellationToken);
            found.Add(next == JsonFound.Item ? Encoding.UTF8.GetString(items.Item) : next.ToString());
        }
        while (found[^1] != "End" && found.Count < 20);
        return string.Join('|', found);
    }
}
