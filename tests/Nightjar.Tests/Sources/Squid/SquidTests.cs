using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sources;
using Nightjar.Sources.Squid;
using Xunit;

namespace Nightjar.Tests.Sources.Squid;

public sealed class SquidTests
{
    [Fact]
    public void The_time_is_that_of_the_end_and_the_duration_leads_to_the_begin()
    {
        var e = Line("1772442306.750   5006 10.0.3.7 TCP_TUNNEL/200 19763 CONNECT files.example.net:443 - HIER_DIRECT/198.51.100.20 -");
        Assert.Equal(("2026-03-02T09:05:01.744Z", "2026-03-02T09:05:06.750Z"), (e.Time.ToString(), e.End.ToString()));
        Assert.Equal((EventClass.NetworkActivity, 6, "CONNECT"), (e.Class, e.Activity, e[FieldId.HttpMethod]));
        Assert.Equal(("10.0.3.7", "198.51.100.20", "files.example.net", 443L, 19763L), (e[FieldId.SrcIp], e[FieldId.DstIp], e[FieldId.DstHostname], e[FieldId.DstPort], e[FieldId.BytesIn]));
        Assert.Null(e[FieldId.HttpStatusCode]);
    }

    [Fact]
    public void A_request_tells_url_type_and_file()
    {
        var e = Line("1772442307.000     12 10.0.3.7 TCP_MISS/200 48211 GET http://files.example.net:8080/pkg/tool.apk?x=1 - HIER_DIRECT/198.51.100.20 application/zip");
        Assert.Equal((EventClass.HttpActivity, 200L, "application/zip", "tool.apk"), (e.Class, e[FieldId.HttpStatusCode], e[FieldId.HttpContentType], e[FieldId.FileName]));
        Assert.Equal(("files.example.net", "/pkg/tool.apk", 8080L), (e[FieldId.UrlHostname], e[FieldId.UrlPath], e[FieldId.DstPort]));
    }

    [Fact]
    public void A_refusal_failed_and_transferred_no_file()
    {
        var e = Line("1772442308.000      0 10.0.3.7 TCP_DENIED/403 3811 GET http://bad.example.net/a.apk - HIER_NONE/- text/html");
        Assert.Equal((2L, 403L, null, null), (e[FieldId.StatusId], e[FieldId.HttpStatusCode], e[FieldId.FileName], e[FieldId.DstIp]));
    }

    [Fact]
    public void The_combined_form_tells_the_agent_too()
    {
        var e = Line("10.0.3.7 - - [02/Mar/2026:10:05:07 +0100] \"GET http://files.example.net/pkg/tool.apk HTTP/1.1\" 200 48211 \"-\" \"Fetch/1\" TCP_MISS:HIER_DIRECT");
        Assert.Equal(("2026-03-02T09:05:07.000Z", "Fetch/1", 48211L, TimeBasis.Stated), (e.Time.ToString(), e[FieldId.HttpUserAgent], e[FieldId.BytesIn], e.State.TimeBasis));
    }

    [Fact]
    public void The_log_of_a_web_server_is_not_a_proxys()
    {
        var line = "192.0.2.1 - - [02/Mar/2026:10:05:07 +0100] \"GET /index.html HTTP/1.1\" 200 48211 \"-\" \"Fetch/1\"\n"u8.ToArray();
        Assert.Equal(0, new SquidReader().Recognise(new SourceHead(line, true, "access.log")));
    }

    private static EvidenceEvent Line(string line)
    {
        var reading = SourceContract.ReadAll(new SquidReader(), line);
        Assert.True(reading.Anomalies.Count == 0, reading.Describe());
        return Assert.Single(reading.Events);
    }
}
