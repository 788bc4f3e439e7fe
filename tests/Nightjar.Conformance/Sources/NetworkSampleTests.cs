using System.Globalization;
using System.Text;
using System.Text.Json;
using Nightjar.Events;
using Nightjar.Findings;
using Xunit;

namespace Nightjar.Conformance.Sources;

/// <summary>Real files of network sources, counted without the readers.</summary>
public sealed class NetworkSampleTests
{
    private static readonly string[] EveKinds = ["flow", "netflow", "dns", "http", "tls", "quic", "fileinfo", "alert"];

    [Theory]
    [InlineData("suricata-eve/slips_test6_first_events.json")]
    [InlineData("suricata-eve/sv_output-eve-fileinfo_eve.json")]
    public void Suricata_every_record_is_an_event_and_bytes_agree(string path)
    {
        var bytes = Sample.Bytes(path);
        var records = Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var (reader, events, anomalies) = Sample.Read(bytes, path);
        Assert.Equal("suricata-eve", reader);
        Assert.Empty(anomalies);
        Assert.All(records, record => Assert.Contains(record.GetProperty("event_type").GetString(), EveKinds));
        Assert.Equal(records.Count, events.Count);
        var flows = records.Where(record => record.GetProperty("event_type").GetString() == "flow").Select(record => record.GetProperty("flow")).ToList();
        Assert.Equal(flows.Sum(flow => flow.GetProperty("bytes_toserver").GetInt64() + flow.GetProperty("bytes_toclient").GetInt64()), events.Where(IsFlow).Sum(Bytes));
        Assert.Equal(flows.Select(flow => Moment(flow.GetProperty("start"))).Order(), events.Where(IsFlow).Select(e => e.Time).Order());
        Assert.Equal(records.Sum(record => record.TryGetProperty("dns", out var dns) && dns.TryGetProperty("answers", out var answers) ? answers.GetArrayLength() : 0), events.Sum(e => (e[FieldId.AnswerData] as string[])?.Length ?? 0));
    }

    [Fact]
    public void Suricata_the_device_in_the_local_network_is_the_source()
    {
        var events = Sample.Read(Sample.Bytes("suricata-eve/slips_test6_first_events.json"), "eve.json").Events;
        Assert.All(events, e => Assert.StartsWith("192.168.1.", (string)e[FieldId.SrcIp]!, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("har/charles.har")]
    [InlineData("har/chrome.har")]
    [InlineData("har/firefox.har")]
    [InlineData("har/postdata.har")]
    [InlineData("har/successful_log.har")]
    [InlineData("har/websocket.har")]
    [InlineData("har/with-bom.har")]
    public void Archives_every_entry_is_a_transaction(string path)
    {
        var bytes = Sample.Bytes(path);
        if (bytes is [0xEF, 0xBB, 0xBF, ..]) bytes = bytes[3..];
        var entries = JsonDocument.Parse(bytes).RootElement.GetProperty("log").GetProperty("entries").EnumerateArray().ToList();
        var (reader, events, anomalies) = Sample.Read(bytes, path);
        Assert.Equal("har", reader);
        Assert.Empty(anomalies);
        Assert.Equal(entries.Select(entry => entry.GetProperty("request").GetProperty("url").GetString()), events.Select(e => (string?)e[FieldId.UrlText]));
        Assert.Equal(entries.Select(entry => Moment(entry.GetProperty("startedDateTime"))), events.Select(e => e.Time));
        Assert.Equal(entries.Count(entry => entry.GetProperty("response").GetProperty("status").GetInt32() > 0), events.Count(e => e[FieldId.HttpStatusCode] is long));
    }

    [Fact]
    public void Squid_every_line_is_an_event()
    {
        var bytes = Sample.Bytes("proxy/squid-access.log");
        var lines = Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        var (reader, events, anomalies) = Sample.Read(bytes, "access.log");
        Assert.Equal("squid-access", reader);
        Assert.Empty(anomalies);
        Assert.Equal(lines.Select(line => long.Parse(line[4], CultureInfo.InvariantCulture)), events.Select(e => (long)e[FieldId.BytesIn]!));
        Assert.Equal(lines.Select(line => long.Parse(line[1], CultureInfo.InvariantCulture)), events.Select(e => (long)(e.End - e.Time).TotalMilliseconds));
    }

    private static bool IsFlow(EvidenceEvent e) => e.Class == EventClass.NetworkActivity && e.Activity == 6 && e[FieldId.FileSize] is null;

    private static long Bytes(EvidenceEvent e) => (e[FieldId.BytesIn] as long? ?? 0) + (e[FieldId.BytesOut] as long? ?? 0);

    private static Instant Moment(JsonElement text) => Instant.From(DateTimeOffset.Parse(text.GetString()!, CultureInfo.InvariantCulture));
}
