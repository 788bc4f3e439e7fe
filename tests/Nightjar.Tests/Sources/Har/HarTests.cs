using System.Text;
using Nightjar.Events;
using Nightjar.Sources.Har;
using Xunit;

namespace Nightjar.Tests.Sources.Har;

public sealed class HarTests
{
    [Fact]
    public void An_entry_is_a_transaction()
    {
        var e = SourceContract.ReadAll(new HarReader(), HarContract.Archive).Events[0];
        Assert.Equal((EventClass.HttpActivity, 3), (e.Class, e.Activity));
        Assert.Equal(("2026-03-02T09:05:00.250Z", "2026-03-02T09:05:00.370500Z"), (e.Time.ToString(), e.End.ToString()));
        Assert.Equal(("2001:db8::20", 443L, "files.example.net", "Fetch/1"), (e[FieldId.DstIp], e[FieldId.DstPort], e[FieldId.DstHostname], e[FieldId.HttpUserAgent]));
        Assert.Equal((47000L, 48000L, "tool.apk", "application/zip"), (e[FieldId.BytesIn], e[FieldId.FileSize], e[FieldId.FileName], e[FieldId.HttpContentType]));
        Assert.Equal("fixtures/example.log record 1", e.Provenance);
    }

    [Fact]
    public void What_is_minus_one_is_unknown()
    {
        var e = SourceContract.ReadAll(new HarReader(), HarContract.Archive).Events[1];
        Assert.Equal((e.Time, 700L, 0L, null), (e.End, e[FieldId.BytesOut], e[FieldId.BytesIn], e[FieldId.HttpStatusCode]));
        Assert.Null(e[FieldId.FileSize]);
    }

    [Theory]
    [InlineData("203.0.113.9", "203.0.113.9")]
    [InlineData("files.example.net/203.0.113.9", "203.0.113.9")]
    [InlineData("[2001:db8::1]", "2001:db8::1")]
    [InlineData("", null)]
    [InlineData("unknown", null)]
    public void Servers_are_written_in_many_ways(string written, string? address) =>
        Assert.Equal(address, Only($"\"url\":\"https://a.example.net/\"}},\"serverIPAddress\":\"{written}\"")[FieldId.DstIp]);

    [Fact]
    public void Content_that_is_longer_than_memory_should_hold_is_passed_over()
    {
        var body = new string('A', 40_000_000);
        var text = Encoding.UTF8.GetBytes(Entry($"\"url\":\"https://a.example.net/\"}},\"response\":{{\"status\":200,\"content\":{{\"text\":\"{body}\",\"size\":7,\"mimeType\":\"text/html\"}}}}"));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var reading = SourceContract.ReadAll(new HarReader(), text);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 4_000_000);
        Assert.Equal(7L, Assert.Single(reading.Events)[FieldId.FileSize]);
    }

    [Fact]
    public void Data_in_a_url_is_no_host() => Assert.Null(Only("\"url\":\"data:image/png;base64,AAAA\"}")[FieldId.UrlHostname]);

    [Fact]
    public void What_is_broken_costs_no_more_than_its_entry()
    {
        var broken = HarContract.Archive.Replace("\"method\":\"GET\",\"url\":\"https://files", "\"method\":\"GET,\"url\":\"https://files", StringComparison.Ordinal);
        var reading = SourceContract.ReadAll(new HarReader(), broken);
        Assert.Contains(reading.Events, e => (string?)e[FieldId.UrlHostname] == "api.example.net");
    }

    [Fact]
    public void Escapes_and_pairs_are_read() =>
        Assert.Equal("https://a.example.net/ü/😀\"", Only("\"url\":\"https:\\/\\/a.example.net\\/\\u00fc\\/\\ud83d\\ude00\\\"\"}")[FieldId.UrlText]);

    private static Nightjar.Findings.EvidenceEvent Only(string fromUrl) => Assert.Single(SourceContract.ReadAll(new HarReader(), Entry(fromUrl)).Events);

    private static string Entry(string fromUrl) => $"{{\"log\":{{\"entries\":[{{\"startedDateTime\":\"2026-03-02T09:05:01Z\",\"request\":{{\"method\":\"GET\",{fromUrl}}}]}}}}";
}
