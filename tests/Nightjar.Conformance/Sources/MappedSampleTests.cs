using System.Text;
using Nightjar.Events;
using Xunit;

namespace Nightjar.Conformance.Sources;

/// <summary>The mappings that come with Nightjar, on what vendors and authors of connectors show of their formats.</summary>
public sealed class MappedSampleTests
{
    [Fact]
    public void Jamf_traffic_is_a_lookup_a_line_and_a_Mac_is_no_phone()
    {
        const string path = "mtd/jamf-traffic.ndjson";
        var bytes = Sample.Bytes(path);
        var (reader, events, anomalies) = Sample.Read(bytes, path);
        Assert.Equal("jamf-traffic", reader);
        Assert.Equal(Lines(bytes), events.Count);
        Assert.All(events, item => Assert.Equal(EventClass.DnsActivity, item.Class));
        Assert.Equal(Count(bytes, "\"MAC_OS\""), events.Count(item => item.Platform == Platform.Other));
        Assert.All(anomalies, item => Assert.Equal(AnomalyKind.UnknownField, item.Kind));
    }

    [Fact]
    public void Jamf_threats_with_impossible_hashes_keep_their_app()
    {
        const string path = "mtd/jamf-threat.ndjson";
        var (reader, events, anomalies) = Sample.Read(Sample.Bytes(path), path);
        Assert.Equal("jamf-threat", reader);
        var only = Assert.Single(events);
        Assert.Equal(("com.apple.iBooks", InstallSource.Sideload), (only.App, only.State.InstallSource));
        Assert.Null(only[FieldId.FileHashes]);
        Assert.Equal(2, anomalies.Count(item => item.Kind == AnomalyKind.BadValue));
    }

    [Fact]
    public void A_package_that_Zimperium_hides_in_a_path_is_found()
    {
        const string path = "mtd/zimperium-threats.json";
        var (reader, events, _) = Sample.Read(Sample.Bytes(path), path);
        Assert.Equal("zimperium-mtd", reader);
        Assert.Equal(3, events.Count);
        Assert.Equal("com.topjohnwu.magisk", events[2].App);
        Assert.All(events, item => Assert.Null(item[FieldId.UrlText]));
    }

    [Fact]
    public void Lookout_events_are_read_whatever_their_ids_look_like()
    {
        const string path = "mtd/lookout-events.ndjson";
        var (reader, events, _) = Sample.Read(Sample.Bytes(path), path);
        Assert.Equal("lookout-mobile-risk", reader);
        Assert.Equal([EventClass.SoftwareInfo, EventClass.LogLine], events.Select(item => item.Class));
    }

    [Fact]
    public void Cloudflare_writes_one_moment_in_three_ways()
    {
        const string path = "proxy/cloudflare-gateway_http.ndjson";
        var (reader, events, _) = Sample.Read(Sample.Bytes(path), path);
        Assert.Equal("cloudflare-gateway-http", reader);
        Assert.Equal("2023-05-03T20:55:05.000Z", Assert.Single(events.Select(item => item.Time.ToString()).Distinct()));
    }

    [Fact]
    public void Zscaler_writes_every_value_as_text()
    {
        const string path = "proxy/zscaler-nss_web.ndjson";
        var (reader, events, _) = Sample.Read(Sample.Bytes(path), path);
        Assert.Equal("zscaler-nss-web", reader);
        var first = events[0];
        Assert.Equal((10500L, 1300L, "mail.google.com"), (first[FieldId.BytesIn], first[FieldId.BytesOut], first[FieldId.DstHostname]));
        Assert.Equal("www.trythisencodeurl.com/index", first[FieldId.UrlText]);
    }

    private static int Lines(byte[] bytes) => Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;

    private static int Count(byte[] bytes, string text) => Encoding.UTF8.GetString(bytes).Split(text).Length - 1;
}
