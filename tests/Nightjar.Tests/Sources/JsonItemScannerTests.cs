using System.Text;
using Nightjar.Events;
using Nightjar.Sources;
using Xunit;

namespace Nightjar.Tests.Sources;

public sealed class JsonItemScannerTests
{
    private static List<string> Items(string text)
    {
        var head = new SourceHead(Encoding.UTF8.GetBytes(text), true, "x");
        return [.. JsonObjects.Of(head, 100).Select(item => Encoding.UTF8.GetString(item.Span))];
    }

    [Theory]
    [InlineData("[{\"a\":1},{\"b\":{\"c\":2}}]", "{\"a\":1}|{\"b\":{\"c\":2}}")]
    [InlineData("{\"a\":1}\n{\"b\":2}\n", "{\"a\":1}|{\"b\":2}")]
    [InlineData("[{\"a\":\"}{\"},{\"b\":\"\\\"}\"}]", "{\"a\":\"}{\"}|{\"b\":\"\\\"}\"}")]
    [InlineData("[{\"a\":\"\\\\\"},{\"b\":1}]", "{\"a\":\"\\\\\"}|{\"b\":1}")]
    [InlineData("[]", "")]
    [InlineData("[{\"a\":1", "")]
    public void Objects_end_where_their_braces_do(string text, string items) => Assert.Equal(items, string.Join('|', Items(text)));

    [Fact]
    public void An_object_over_the_limit_is_told_and_the_next_is_read()
    {
        var entry = UnifiedLog.UnifiedLogText.Entry("x");
        var text = $"[{entry},\n{{\"a\":\"{new string('a', JsonObjectSession.MaxItemBytes + 1_000_000)}\"}},\n{entry.Replace("5000", "5001", StringComparison.Ordinal)}]";
        using var stream = new ChunkedStream(Encoding.UTF8.GetBytes(text), 65_536);
        var reading = Reading.Of(new Nightjar.Sources.UnifiedLog.UnifiedLogArrayReader(), stream);
        Assert.Equal(2, reading.Events.Count);
        Assert.Equal(entry.Length + 3, Assert.Single(reading.Anomalies).Position);
        Assert.Equal(AnomalyKind.TooLong, reading.Anomalies[0].Kind);
        Assert.EndsWith($"offset {text.Length - 1 - entry.Length}", reading.Events[1].Provenance, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_quote_costs_its_object_alone() =>
        Assert.Equal(["{\"a\":1}", "{\"c\":3}"], Items("[{\"a\":1},\n{\"b\":\"2},\n{\"c\":3}]"));
}
