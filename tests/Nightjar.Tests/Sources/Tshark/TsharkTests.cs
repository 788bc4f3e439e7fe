using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sources.Tshark;
using Xunit;

namespace Nightjar.Tests.Sources.Tshark;

public sealed class TsharkTests
{
    [Fact]
    public void Packets_are_summed_to_a_connection_with_its_app()
    {
        var flow = Phone().Events.Single(e => e.Class == EventClass.NetworkActivity && e[FieldId.DstPort] is 80L);
        Assert.Equal((76L, 3074L), (flow[FieldId.BytesOut], flow[FieldId.BytesIn]));
        Assert.Equal(("2026-03-02T09:05:00.100Z", "2026-03-02T09:05:00.220Z"), (flow.Time.ToString(), flow.End.ToString()));
        Assert.Equal(("com.example.courier", "Courier", AppGrade.Package), (flow.App, flow[FieldId.AppName], flow.State.AppGrade));
        Assert.Equal("fixtures/example.log record 4", flow.Provenance);
    }

    [Fact]
    public void A_handshake_names_server_and_fingerprint()
    {
        var flow = Phone().Events.Single(e => e[FieldId.DstPort] is 443L);
        Assert.Equal(("cdn.example.net", "cdn.example.net", "349640b9e304f8ea23a8e0f71dde2248", "2001:db8::20"), (flow[FieldId.TlsSni], flow[FieldId.DstHostname], flow[FieldId.TlsJa3], flow[FieldId.DstIp]));
        // What the client offers is not what was agreed.
        Assert.Null(flow[FieldId.TlsVersion]);
    }

    [Fact]
    public void A_request_and_its_response_are_one_transaction()
    {
        var e = Phone().Events.Single(item => item.Class == EventClass.HttpActivity);
        Assert.Equal(("http://files.example.net/pkg/tool.apk", 200L, 3002L, "tool.apk", "Fetch/1"), (e[FieldId.UrlText], e[FieldId.HttpStatusCode], e[FieldId.BytesIn], e[FieldId.FileName], e[FieldId.HttpUserAgent]));
        Assert.Equal(("2026-03-02T09:05:00.140Z", "2026-03-02T09:05:00.220Z", "com.example.courier"), (e.Time.ToString(), e.End.ToString(), e.App));
    }

    [Fact]
    public void The_resolver_asks_for_nobody_in_particular()
    {
        var answer = Phone().Events.Single(e => e.Class == EventClass.DnsActivity && e.Activity == 2);
        Assert.Equal(("files.example.net", "A", null, 1L), (answer[FieldId.QueryHostname], answer[FieldId.QueryType], answer.App, answer[FieldId.StatusId]));
        Assert.Equal(["cdn.example.net", "198.51.100.20", "198.51.100.21"], (string[])answer[FieldId.AnswerData]!);
        Assert.Equal(("10.215.173.1", "10.215.173.2"), (answer[FieldId.SrcIp], answer[FieldId.DstIp]));
    }

    [Fact]
    public void A_trailer_names_the_app_too()
    {
        var trailer = ",\"eth_trailer\":[\"000001072021000027e6436f757269657200000000000000000000000000\"]";
        var e = Assert.Single(Read(new PcapdroidPacketsReader(), EkText.Tcp(1, 0, true, 10, "", trailer)).Events);
        Assert.Equal(("Courier", AppGrade.Label), (e.App, e.State.AppGrade));
    }

    [Fact]
    public void Both_shapes_of_the_form_tell_the_same()
    {
        var chosen = EkText.Question(1, 0, "").Replace("10.215.173.1\"", "10.0.3.7\"", StringComparison.Ordinal).Replace("10.215.173.2", "10.0.3.1", StringComparison.Ordinal);
        Assert.Equal(Facts(Read(new TsharkReader(), EkText.Whole)), Facts(Read(new TsharkReader(), chosen)));
    }

    [Fact]
    public void What_is_sent_again_counts_once()
    {
        var text = string.Join('\n', EkText.Tcp(1, 0, false, 1000, ""), EkText.Tcp(2, 1, false, 1000, "", ",\"tcp_analysis_retransmission\":[\"1\"]"));
        Assert.Equal(1000L, Assert.Single(Read(new TsharkReader(), text).Events)[FieldId.BytesIn]);
    }

    [Fact]
    public void A_request_without_a_response_is_told()
    {
        var text = string.Join('\n', EkText.Tcp(1, 0, true, 76, "", EkText.Request("/a")), EkText.Tcp(2, 60, true, 76, "", EkText.Request("/b")));
        var events = Read(new TsharkReader(), text).Events;
        Assert.Equal(["/a", "/b"], events.Where(e => e.Class == EventClass.HttpActivity).Select(e => (string)e[FieldId.UrlPath]!));
        Assert.Equal(3, events.Count);
    }

    [Fact]
    public void Datagrams_after_a_long_silence_are_another_exchange() =>
        Assert.Equal(2, Read(new TsharkReader(), string.Join('\n', EkText.Question(1, 0, ""), EkText.Question(2, 10, ""), EkText.Question(3, 500, ""))).Events.Count(e => e.Class == EventClass.NetworkActivity));

    [Fact]
    public void Connections_are_bounded_and_none_is_lost()
    {
        var packets = Enumerable.Range(0, FlowTable.Capacity + 50).Select(i => EkText.Tcp(i + 1, i * 0.001, true, 10, "").Replace("\"tcp_stream\":[\"0\"]", $"\"tcp_stream\":[\"{i}\"]", StringComparison.Ordinal));
        var reading = Read(new TsharkReader(), string.Join('\n', packets));
        Assert.Equal(FlowTable.Capacity + 50, reading.Events.Count);
        Assert.Equal((FlowTable.Capacity + 50) * 10L, reading.Events.Sum(e => (long)e[FieldId.BytesOut]!));
    }

    [Fact]
    public void Two_captures_of_one_connection_tell_one_event()
    {
        var first = Phone().Events.Single(e => e[FieldId.DstPort] is 443L);
        var again = Read(new TsharkReader(), EkText.Hello(77, 1, "").Replace("\"tcp_stream\":[\"1\"]", "\"tcp_stream\":[\"9\"]", StringComparison.Ordinal)).Events.Single();
        Assert.Equal(first.Uid, again.Uid);
    }

    private static Reading Phone() => Read(new PcapdroidPacketsReader(), EkText.Phone);

    private static Reading Read(Nightjar.Sources.ISourceReader reader, string text) => SourceContract.ReadAll(reader, text);

    private static IEnumerable<string> Facts(Reading reading) =>
        reading.Events.Select(e => $"{e.Class} {e.Activity} {e.Time} {e[FieldId.SrcIp]} {e[FieldId.SrcPort]} {e[FieldId.DstIp]} {e[FieldId.DstPort]} {e[FieldId.QueryHostname]} {e[FieldId.QueryType]} {e[FieldId.BytesOut]}");
}
