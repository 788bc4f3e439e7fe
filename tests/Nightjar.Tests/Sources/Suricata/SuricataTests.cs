using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sources.Suricata;
using Xunit;

namespace Nightjar.Tests.Sources.Suricata;

public sealed class SuricataTests
{
    [Fact]
    public void A_flow_lasts_from_its_start_to_its_end_whenever_it_was_written()
    {
        var e = Only(EveText.Flow);
        Assert.Equal(("2026-03-02T09:05:00.250Z", "2026-03-02T09:06:00.750Z"), (e.Time.ToString(), e.End.ToString()));
        Assert.Equal((1200L, 26000L), (e[FieldId.BytesOut], e[FieldId.BytesIn]));
        Assert.Equal(("10.0.3.7", "198.51.100.20", 443L, "tcp", "1001"), (e[FieldId.SrcIp], e[FieldId.DstIp], e[FieldId.DstPort], e[FieldId.ProtocolName], e[FieldId.ConnectionUid]));
    }

    [Fact]
    public void A_flow_without_a_start_has_no_time()
    {
        var reading = Read(EveText.Flow.Replace("\"start\"", "\"begin\"", StringComparison.Ordinal));
        Assert.Empty(reading.Events);
        Assert.Equal(AnomalyKind.MissingField, Assert.Single(reading.Anomalies).Kind);
    }

    [Fact]
    public void Bytes_in_go_toward_the_device_also_when_it_was_called()
    {
        var e = Only(EveText.Flow.Replace(EveText.Ends, EveText.Turned, StringComparison.Ordinal));
        Assert.Equal(("10.0.3.7", "198.51.100.20", 50111L), (e[FieldId.SrcIp], e[FieldId.DstIp], e[FieldId.SrcPort]));
        Assert.Equal((1200L, 26000L), (e[FieldId.BytesIn], e[FieldId.BytesOut]));
    }

    [Fact]
    public void A_capture_that_was_replayed_gives_the_same_events()
    {
        var again = EveText.Http(2002, "/pkg/tool.apk", 200, 48_000);
        var later = EveText.Flow.Replace("1001", "2001", StringComparison.Ordinal).Replace("10:20:00.000001", "23:00:00.000000", StringComparison.Ordinal);
        var reading = Read(string.Join('\n', EveText.Http(1002, "/pkg/tool.apk", 200, 48_000), again, EveText.Flow, later));
        Assert.Equal(4, reading.Events.Count);
        Assert.Equal(2, reading.Events.Select(e => e.Uid).Distinct().Count());
        Assert.NotEqual(Only(EveText.Http(1, "/a", 200, 1)).Uid, Only(EveText.Http(1, "/b", 200, 1)).Uid);
    }

    [Theory]
    [InlineData("query", "\"rrname\":\"Files.Example.net\",\"rrtype\":\"A\",\"id\":7", false, 1, "")]
    [InlineData("answer", "\"rrname\":\"files.example.net\",\"rrtype\":\"A\",\"rcode\":\"NOERROR\",\"ttl\":60,\"rdata\":\"198.51.100.20\"", false, 2, "198.51.100.20")]
    [InlineData("answer", "\"version\":2,\"rrname\":\"files.example.net\",\"rrtype\":\"A\",\"rcode\":\"NOERROR\",\"answers\":[{\"rdata\":\"Cdn.example.net\",\"rrtype\":\"CNAME\"},{\"rdata\":\"198.51.100.20\",\"rrtype\":\"A\"}],\"grouped\":{\"A\":[\"198.51.100.20\"]}", false, 2, "cdn.example.net 198.51.100.20")]
    [InlineData("request", "\"version\":3,\"queries\":[{\"rrname\":\"files.example.net\",\"rrtype\":\"A\"}]", false, 1, "")]
    [InlineData("response", "\"version\":3,\"rcode\":\"NOERROR\",\"queries\":[{\"rrname\":\"files.example.net\",\"rrtype\":\"A\"}],\"answers\":[{\"rrname\":\"files.example.net\",\"rrtype\":\"A\",\"ttl\":60,\"rdata\":\"198.51.100.20\"}]", true, 2, "198.51.100.20")]
    public void Every_shape_of_dns_tells_question_and_answers(string type, string rest, bool turned, int activity, string answers)
    {
        var e = Only(EveText.Dns(type, rest, turned));
        Assert.Equal((EventClass.DnsActivity, activity), (e.Class, e.Activity));
        Assert.Equal(("files.example.net", "A"), (e[FieldId.QueryHostname], e[FieldId.QueryType]));
        Assert.Equal(answers, string.Join(' ', e[FieldId.AnswerData] as string[] ?? []));
        Assert.Equal(("10.0.3.7", "10.0.3.1", 53L), (e[FieldId.SrcIp], e[FieldId.DstIp], e[FieldId.DstPort]));
    }

    [Fact]
    public void A_failed_answer_says_so() =>
        Assert.Equal(2L, Only(EveText.Dns("answer", "\"version\":2,\"rrname\":\"no.example.net\",\"rrtype\":\"A\",\"rcode\":\"NXDOMAIN\""))[FieldId.StatusId]);

    [Fact]
    public void A_transaction_tells_url_size_and_the_file_that_came()
    {
        var e = Only(EveText.Http(1002, "/pkg/tool.apk?x=1", 200, 48_000));
        Assert.Equal((EventClass.HttpActivity, "http://files.example.net:8080/pkg/tool.apk?x=1", "/pkg/tool.apk"), (e.Class, e[FieldId.UrlText], e[FieldId.UrlPath]));
        Assert.Equal(("files.example.net", 48_000L, 48_000L, "tool.apk", "application/zip"), (e[FieldId.DstHostname], e[FieldId.BytesIn], e[FieldId.FileSize], e[FieldId.FileName], e[FieldId.HttpContentType]));
        Assert.Null(Only(EveText.Http(1002, "/pkg/tool.apk", 404, 100))[FieldId.FileName]);
    }

    [Fact]
    public void A_handshake_tells_name_version_fingerprint_and_certificate()
    {
        var e = Only(EveText.Tls("\"subject\":\"CN=files.example.net\",\"issuerdn\":\"CN=files.example.net\",\"notbefore\":\"2020-01-01T00:00:00\",\"notafter\":\"2022-01-01T00:00:00\""));
        Assert.Equal((1, "files.example.net", "TLSv1.2", "b7202231ff2db28363c109cedc6d1642"), (e.Activity, e[FieldId.TlsSni], e[FieldId.TlsVersion], e[FieldId.TlsJa3]));
        Assert.Equal((true, true), (e[FieldId.CertificateSelfSigned], e[FieldId.CertificateInvalid]));
        var other = Only(EveText.Tls("\"subject\":\"CN=files.example.net\",\"issuerdn\":\"CN=Example CA\",\"notbefore\":\"2026-01-01T00:00:00\",\"notafter\":\"2027-01-01T00:00:00\""));
        Assert.Equal((false, null), (other[FieldId.CertificateSelfSigned], other[FieldId.CertificateInvalid]));
    }

    [Fact]
    public void A_file_comes_from_its_sender()
    {
        var e = Only(EveText.File("tool.apk", 48_000));
        Assert.Equal(("10.0.3.7", 48_000L, 48_000L, "tool.apk"), (e[FieldId.SrcIp], e[FieldId.BytesIn], e[FieldId.FileSize], e[FieldId.FileName]));
        Assert.Equal(["00112233445566778899aabbccddeeff"], (string[])e[FieldId.FileHashes]!);
        Assert.Equal("tool.apk", Only(EveText.File("/pkg/tool.apk", 1))[FieldId.FileName]);
        Assert.Null(Only(EveText.File("/pkg/tool.apk", 1, 404))[FieldId.FileName]);
    }

    [Fact]
    public void An_alert_is_kept_and_is_no_traffic()
    {
        var e = Only(EveText.Alert);
        Assert.Equal((EventClass.Other, "EXAMPLE something was fetched", "10.0.3.7", null), (e.Class, e[FieldId.Message], e[FieldId.SrcIp], e[FieldId.BytesIn]));
    }

    [Fact]
    public void Netflow_tells_one_direction()
    {
        var sent = Only(EveText.Netflow("10.0.3.7", 50111, "198.51.100.20", 443, 700));
        var received = Only(EveText.Netflow("198.51.100.20", 443, "10.0.3.7", 50111, 900));
        Assert.Equal((700L, null, "10.0.3.7"), (sent[FieldId.BytesOut], sent[FieldId.BytesIn], sent[FieldId.SrcIp]));
        Assert.Equal((900L, null, "10.0.3.7"), (received[FieldId.BytesIn], received[FieldId.BytesOut], received[FieldId.SrcIp]));
    }

    [Fact]
    public void Leases_tell_which_address_was_whose()
    {
        var lease = Assert.Single(Read(
            "{\"timestamp\":\"2026-03-02T09:00:00Z\",\"flow_id\":1,\"event_type\":\"dhcp\",\"src_ip\":\"10.0.3.1\",\"dest_ip\":\"10.0.3.7\","
            + "\"dhcp\":{\"type\":\"reply\",\"client_mac\":\"02:00:5E:00:53:07\",\"assigned_ip\":\"10.0.3.7\",\"dhcp_type\":\"ack\",\"lease_time\":3600,\"hostname\":\"kilo\"}}").Leases);
        Assert.Equal(("10.0.3.7", "02:00:5e:00:53:07", "kilo", "2026-03-02T10:00:00.000Z"), (lease.Ip, lease.Mac, lease.HostName, lease.To.ToString()));
    }

    [Fact]
    public void Kinds_that_are_not_read_are_counted_once()
    {
        var reading = Read(string.Join('\n', Enumerable.Repeat("{\"timestamp\":\"2026-03-02T09:00:00Z\",\"event_type\":\"ssh\"}", 3)));
        Assert.Equal("3 records of Suricata's ssh kind were counted and not read.", Assert.Single(reading.Anomalies).Reason);
    }

    private static EvidenceEvent Only(string line) => Assert.Single(Read(line).Events);

    private static Reading Read(string text) => SourceContract.ReadAll(new SuricataReader(), text);
}
