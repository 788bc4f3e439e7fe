using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sources;
using Nightjar.Sources.W3c;
using Xunit;

namespace Nightjar.Tests.Sources.W3c;

public sealed class W3cTests
{
    [Fact]
    public void A_request_tells_times_bytes_url_and_file()
    {
        var e = Line("2026-03-02 09:05:07 12 10.0.3.7 - 200 TCP_MISS GET http files.example.net 8080 /pkg/tool.apk - \"Fetch/1 (Android 16)\" 48211 300 application/zip 198.51.100.20");
        Assert.Equal(("2026-03-02T09:05:06.988Z", "2026-03-02T09:05:07.000Z"), (e.Time.ToString(), e.End.ToString()));
        Assert.Equal(("10.0.3.7", "198.51.100.20", 48211L, 300L, "tool.apk"), (e[FieldId.SrcIp], e[FieldId.DstIp], e[FieldId.BytesIn], e[FieldId.BytesOut], e[FieldId.FileName]));
        Assert.Equal(("http://files.example.net:8080/pkg/tool.apk", "Fetch/1 (Android 16)", 8080L), (e[FieldId.UrlText], e[FieldId.HttpUserAgent], e[FieldId.DstPort]));
    }

    [Fact]
    public void A_tunnel_hides_what_was_asked_for()
    {
        var e = Line("2026-03-02 09:05:08 5006 10.0.3.7 - 200 TCP_TUNNELED CONNECT tcp files.example.net 443 / - - 19763 1700 - 198.51.100.20");
        Assert.Equal((EventClass.NetworkActivity, "files.example.net", 443L, null), (e.Class, e[FieldId.DstHostname], e[FieldId.DstPort], e[FieldId.HttpStatusCode]));
    }

    [Fact]
    public void A_refusal_failed() =>
        Assert.Equal(2L, Line("2026-03-02 09:05:09 1 10.0.3.7 - 403 TCP_DENIED GET https bad.example.net 443 /a.apk - - 900 300 text/html -")[FieldId.StatusId]);

    [Fact]
    public void The_log_of_a_web_server_is_not_a_proxys()
    {
        var head = "#Software: Microsoft Internet Information Services 10.0\n#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port c-ip cs(User-Agent) sc-status time-taken\n"u8.ToArray();
        Assert.Equal(0, new W3cReader().Recognise(new SourceHead(head, true, "u_ex260302.log")));
    }

    private static EvidenceEvent Line(string line)
    {
        var reading = SourceContract.ReadAll(new W3cReader(), W3cContract.Header + line);
        Assert.True(reading.Anomalies.Count == 0, reading.Describe());
        return Assert.Single(reading.Events);
    }
}
