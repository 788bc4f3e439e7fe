using Nightjar.Events;
using Nightjar.Findings;
using Xunit;

namespace Nightjar.Tests.Sources.Zeek;

public class ZeekHttpTests
{
    private const string Fields =
        "ts uid id.orig_h id.orig_p id.resp_h id.resp_p trans_depth method host uri user_agent request_body_len response_body_len status_code resp_filenames resp_mime_types";

    [Fact]
    public void A_download_has_its_url_its_type_and_its_file()
    {
        var e = Request("GET", "cdn.example.net", "/v2/tool.jar?token=a#x", response: "0 20000 200 - application/java-archive,text/plain");
        Assert.Equal((EventClass.HttpActivity, 3), (e.Class, e.Activity));
        Assert.Equal("http://cdn.example.net:8080/v2/tool.jar?token=a#x", e[FieldId.UrlText]);
        Assert.Equal(("cdn.example.net", "/v2/tool.jar", "cdn.example.net"), (e[FieldId.UrlHostname], e[FieldId.UrlPath], e[FieldId.DstHostname]));
        Assert.Equal(("GET", "Agent/1", 200L), (e[FieldId.HttpMethod], e[FieldId.HttpUserAgent], e[FieldId.HttpStatusCode]));
        Assert.Equal(("application/java-archive", "application/java-archive", "jar"), (e[FieldId.HttpContentType], e[FieldId.FileMimeType], e[FieldId.FileMagic]));
        Assert.Equal(("tool.jar", 20000L), (e[FieldId.FileName], e[FieldId.FileSize]));
        Assert.Equal((20000L, 0L), (e[FieldId.BytesIn], e[FieldId.BytesOut]));
    }

    [Theory]
    [InlineData("GET", 3)]
    [InlineData("POST", 6)]
    [InlineData("PUT", 7)]
    [InlineData("DELETE", 2)]
    [InlineData("HEAD", 4)]
    [InlineData("OPTIONS", 5)]
    [InlineData("CONNECT", 1)]
    [InlineData("TRACE", 8)]
    [InlineData("PATCH", 9)]
    [InlineData("PROPFIND", 99)]
    [InlineData("-", 0)]
    public void The_activity_is_that_of_the_method(string method, int activity) => Assert.Equal(activity, Request(method, "h.example", "/").Activity);

    [Theory]
    [InlineData("h.example:8080", "/a", "http://h.example:8080/a", "h.example")]
    [InlineData("198.51.100.4", "/a", "http://198.51.100.4:8080/a", "198.51.100.4")]
    [InlineData("-", "/a", "http://198.51.100.9:8080/a", null)]
    [InlineData("[2001:db8::1]:81", "/a", "http://[2001:db8::1]:81/a", "2001:db8::1")]
    [InlineData("h.example", "http://other.example/a", "http://other.example/a", "h.example")]
    public void The_url_is_put_together_of_what_was_asked(string host, string uri, string url, string? name)
    {
        var e = Request("GET", host, uri);
        Assert.Equal(url, e[FieldId.UrlText]);
        Assert.Equal(name, e[FieldId.UrlHostname]);
    }

    [Fact]
    public void The_target_of_a_tunnel_is_no_path()
    {
        var e = Request("CONNECT", "h.example:443", "h.example:443");
        Assert.Equal("h.example:443", e[FieldId.UrlText]);
        Assert.Null(e[FieldId.UrlPath]);
    }

    [Theory]
    [InlineData("/a/classes%2edex", "classes.dex")]
    [InlineData("/a/b.jar;jsessionid=1?x", "b.jar")]
    [InlineData("http://h.example/c.apk", "c.apk")]
    [InlineData("/api/v1/17", null)]
    [InlineData("/.hidden", null)]
    [InlineData("/a.b/", null)]
    [InlineData("/x.%ff%fe", null)]
    [InlineData("/a%00b.jar", null)]
    [InlineData("/..%2fetc.txt", null)]
    [InlineData("?q=a.jar", null)]
    public void The_file_is_named_by_the_last_part_of_the_path_when_that_is_like_a_name(string uri, string? name) =>
        Assert.Equal(name, Request("GET", "h.example", uri)[FieldId.FileName]);

    [Fact]
    public void A_name_that_the_server_states_counts_before_that_of_the_path() =>
        Assert.Equal("real.apk", Request("GET", "h.example", "/get.php", response: "0 9 200 real.apk -")[FieldId.FileName]);

    [Theory]
    [InlineData("404")]
    [InlineData("302")]
    public void A_refusal_transfers_no_file_of_that_name(string code)
    {
        var e = Request("GET", "h.example", "/a.dex", response: $"0 335 {code} - text/html");
        Assert.Null(e[FieldId.FileName]);
        Assert.Null(e[FieldId.FileSize]);
        Assert.Equal("/a.dex", e[FieldId.UrlPath]);
    }

    [Fact]
    public void What_cannot_be_printed_stays_escaped_and_is_the_same_in_both_forms()
    {
        var tsv = Request("GET", "h.example", "/a\\x07\\xe2\\x80\\x99\\xff\\\\b\\x2d");
        var json = ZeekLogText.OneOfJson("""{"ts":1772352000.5,"uid":"C","id.orig_h":"10.20.0.7","method":"GET","host":"h.example","uri":"/a\\x07’\\xff\\b-"}""");
        Assert.Equal("/a\\x07’\\xff\\b-", tsv[FieldId.UrlPath]);
        Assert.Equal(tsv[FieldId.UrlPath], json[FieldId.UrlPath]);
    }

    [Fact]
    public void A_dash_that_is_meant_is_no_absence() => Assert.Equal("-", Request("GET", "h.example", "/", agent: "\\x2d")[FieldId.HttpUserAgent]);

    private static EvidenceEvent Request(string method, string host, string uri, string response = "0 0 200 - -", string agent = "Agent/1") =>
        ZeekLogText.OneOfTsv("http", Fields, $"1772352000.5 CdD4 10.20.0.7 40002 198.51.100.9 8080 1 {method} {host} {uri} {agent} {response}");
}
