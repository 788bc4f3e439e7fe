using Nightjar.Events;
using Nightjar.Sources.Zeek;
using Xunit;

namespace Nightjar.Tests.Sources.Zeek;

public class ZeekConnTests
{
    private const string Fields = "ts uid id.orig_h id.orig_p id.resp_h id.resp_p proto duration orig_bytes resp_bytes conn_state local_orig local_resp";

    [Fact]
    public void A_connection_is_traffic_that_lasts()
    {
        var e = ZeekLogText.OneOfTsv("conn", Fields, "1772352000.000001 CaA1 10.20.0.7 40001 198.51.100.9 443 tcp 2.500000 1200 64000 SF - -");
        Assert.Equal((EventClass.NetworkActivity, 6, "NSM:Flow"), (e.Class, e.Activity, e.LogName));
        Assert.Equal(new Instant(1_772_352_000_000_001), e.Time);
        Assert.Equal(TimeSpan.FromSeconds(2.5), e.End - e.Time);
        Assert.Equal(("10.20.0.7", 40001L, "198.51.100.9", 443L), (e[FieldId.SrcIp], e[FieldId.SrcPort], e[FieldId.DstIp], e[FieldId.DstPort]));
        Assert.Equal((64000L, 1200L), (e[FieldId.BytesIn], e[FieldId.BytesOut]));
        Assert.Equal(("tcp", "CaA1", 1L), (e[FieldId.ProtocolName], e[FieldId.ConnectionUid], e[FieldId.StatusId]));
        Assert.Equal(("", Platform.Unknown), (e.Device, e.Platform));
    }

    [Theory]
    [InlineData("203.0.113.5", "10.20.0.7", "- -", true)]
    [InlineData("203.0.113.5", "172.16.0.1", "- -", true)]
    [InlineData("203.0.113.5", "172.32.0.1", "- -", false)]
    [InlineData("203.0.113.5", "100.64.9.9", "- -", true)]
    [InlineData("203.0.113.5", "fd12:3456::1", "- -", true)]
    [InlineData("203.0.113.5", "198.51.100.7", "F T", true)]
    [InlineData("203.0.113.5", "198.51.100.7", "T T", false)]
    [InlineData("203.0.113.5", "198.51.100.7", "- -", false)]
    [InlineData("203.0.113.5", "224.0.0.251", "F T", false)]
    [InlineData("2001:db8::5", "ff02::fb", "F T", false)]
    [InlineData("10.20.0.8", "10.20.0.7", "T T", false)]
    public void The_device_is_the_side_that_is_in_the_local_network_or_else_the_one_that_called(string caller, string called, string locals, bool isCalled)
    {
        var e = ZeekLogText.OneOfTsv("conn", Fields, $"1772352000.5 CaA1 {caller} 50000 {called} 8080 tcp 1.0 300 20 SF {locals}");
        Assert.Equal(isCalled ? called : caller, e[FieldId.SrcIp]);
        Assert.Equal(isCalled ? caller : called, e[FieldId.DstIp]);
        Assert.Equal(isCalled ? 8080L : 50000L, e[FieldId.SrcPort]);
        Assert.Equal(isCalled ? 300L : 20L, e[FieldId.BytesIn]);
        Assert.Equal(isCalled ? 20L : 300L, e[FieldId.BytesOut]);
    }

    [Fact]
    public void What_is_unset_is_absent_and_a_zero_is_a_zero()
    {
        var e = ZeekLogText.OneOfTsv("conn", Fields, "1772352000.5 CaA1 10.20.0.7 5353 198.51.100.9 5353 udp - 0 - S0 - -");
        Assert.Equal(e.Time, e.End);
        Assert.Equal(0L, e[FieldId.BytesOut]);
        Assert.Null(e[FieldId.BytesIn]);
        Assert.Null(e[FieldId.StatusId]);
    }

    [Theory]
    [InlineData("REJ", 2L)]
    [InlineData("S0", 2L)]
    [InlineData("RSTO", 1L)]
    [InlineData("OTH", null)]
    public void Tcp_tells_whether_the_connection_came_about(string state, long? status) =>
        Assert.Equal(status, ZeekLogText.OneOfTsv("conn", Fields, $"1772352000.5 CaA1 10.20.0.7 1 198.51.100.9 2 tcp - - - {state} - -")[FieldId.StatusId]);

    [Fact]
    public void Icmp_has_no_ports()
    {
        var e = ZeekLogText.OneOfTsv("conn", Fields, "1772352000.5 CaA1 10.20.0.7 8 198.51.100.9 0 icmp - - - OTH - -");
        Assert.Null(e[FieldId.SrcPort]);
        Assert.Null(e[FieldId.DstPort]);
    }

    [Fact]
    public void The_order_and_number_of_columns_do_not_matter()
    {
        var a = ZeekLogText.OneOfTsv("conn", "uid resp_bytes id.resp_h ts new_column id.orig_h proto", "CaA1 7 198.51.100.9 1772352000.5 what 10.20.0.7 tcp");
        Assert.Equal(("10.20.0.7", 7L), (a[FieldId.SrcIp], a[FieldId.BytesIn]));
    }

    [Fact]
    public void Names_with_underscores_are_the_same_names()
    {
        var e = ZeekLogText.OneOfTsv("conn", "ts uid id_orig_h id_orig_p id_resp_h id_resp_p proto", "1772352000.5 CaA1 10.20.0.7 1 198.51.100.9 2 tcp");
        Assert.Equal("10.20.0.7", e[FieldId.SrcIp]);
    }

    [Fact]
    public void Columns_and_json_give_the_same_event()
    {
        var a = ZeekLogText.OneOfTsv("conn", Fields, "1772352000.123456 CaA1 10.20.0.7 40001 2001:DB8::9 443 tcp 0.000092 1200 64000 SF T F");
        var b = ZeekLogText.OneOfJson("""
            {"ts":1772352000.123456,"uid":"CaA1","id.orig_h":"10.20.0.7","id.orig_p":40001,"id.resp_h":"2001:db8::9","id.resp_p":443,"proto":"tcp",
            "duration":0.00009199999999864872,"orig_bytes":1200,"resp_bytes":64000,"conn_state":"SF","local_orig":true,"local_resp":false}
            """.ReplaceLineEndings(""));
        Assert.Equal(a.Fields, b.Fields);
        Assert.Equal((a.Time, a.End, a.State), (b.Time, b.End, b.State));
    }

    [Fact]
    public void A_bad_value_is_left_out_and_told_and_the_rest_is_read()
    {
        var reading = Reading.Of(new ZeekTsvReader(), ZeekLogText.Tsv("conn", Fields, "1772352000.5 CaA1 10.20.0.7 40001 nowhere 443 tcp soon -3 64000 SF - -"));
        var e = Assert.Single(reading.Events);
        Assert.Equal(64000L, e[FieldId.BytesIn]);
        Assert.Null(e[FieldId.BytesOut]);
        Assert.Null(e[FieldId.DstIp]);
        Assert.Equal(3, reading.Of(AnomalyKind.BadValue).Count());
        Assert.Contains(reading.Anomalies, anomaly => anomaly.Reason.Contains("id.resp_h", StringComparison.Ordinal));
    }
}
