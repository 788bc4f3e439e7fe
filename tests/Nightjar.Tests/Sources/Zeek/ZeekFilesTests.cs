using Nightjar.Events;
using Nightjar.Findings;
using Xunit;

namespace Nightjar.Tests.Sources.Zeek;

public class ZeekFilesTests
{
    private const string Md5 = "00112233445566778899AABBCCDDEEFF";

    [Fact]
    public void A_received_file_has_its_name_size_type_and_hashes()
    {
        var e = File("\"tx_hosts\":[\"198.51.100.9\"],\"rx_hosts\":[\"10.20.0.7\"],\"conn_uids\":[\"C1\",\"C2\"],\"duration\":1.5", $"\"filename\":\"a.apk\",\"mime_type\":\"application/zip\",\"md5\":\"{Md5}\",\"sha1\":null");
        Assert.Equal((EventClass.NetworkActivity, 6), (e.Class, e.Activity));
        Assert.Equal(("a.apk", 4096L, "application/zip", "zip"), (e[FieldId.FileName], e[FieldId.FileSize], e[FieldId.FileMimeType], e[FieldId.FileMagic]));
        Assert.Equal([Md5.ToLowerInvariant()], Assert.IsType<string[]>(e[FieldId.FileHashes]));
        Assert.Equal(("10.20.0.7", "198.51.100.9", "C1"), (e[FieldId.SrcIp], e[FieldId.DstIp], e[FieldId.ConnectionUid]));
        Assert.Equal(4096L, e[FieldId.BytesIn]);
        Assert.Null(e[FieldId.BytesOut]);
        Assert.Equal(1.5, (e.End - e.Time).TotalSeconds);
    }

    [Theory]
    [InlineData("10.20.0.7", "198.51.100.9", "", "10.20.0.7", false)]
    [InlineData("198.51.100.9", "10.20.0.7", "", "10.20.0.7", true)]
    [InlineData("198.51.100.9", "203.0.113.5", ",\"is_orig\":true", "198.51.100.9", false)]
    [InlineData("198.51.100.9", "203.0.113.5", ",\"is_orig\":false", "203.0.113.5", true)]
    [InlineData("198.51.100.9", "203.0.113.5", "", "203.0.113.5", true)]
    public void Before_version_five_the_sides_of_the_transfer_tell_who_received(string from, string to, string more, string device, bool received)
    {
        var e = File($"\"tx_hosts\":[\"{from}\"],\"rx_hosts\":[\"{to}\"]{more}");
        Assert.Equal(device, e[FieldId.SrcIp]);
        Assert.Equal(4096L, e[received ? FieldId.BytesIn : FieldId.BytesOut]);
        Assert.Null(e[received ? FieldId.BytesOut : FieldId.BytesIn]);
    }

    [Theory]
    [InlineData("10.20.0.7", "198.51.100.9", false, "10.20.0.7", true)]
    [InlineData("10.20.0.7", "198.51.100.9", true, "10.20.0.7", false)]
    [InlineData("198.51.100.9", "10.20.0.7", true, "10.20.0.7", true)]
    [InlineData("198.51.100.9", "10.20.0.7", false, "10.20.0.7", false)]
    public void Since_then_the_connection_and_the_sender_do(string orig, string resp, bool isOrig, string device, bool received)
    {
        var e = File($"\"uid\":\"C1\",\"id.orig_h\":\"{orig}\",\"id.orig_p\":1,\"id.resp_h\":\"{resp}\",\"id.resp_p\":2,\"is_orig\":{(isOrig ? "true" : "false")}");
        Assert.Equal((device, "C1"), (e[FieldId.SrcIp], e[FieldId.ConnectionUid]));
        Assert.Equal(4096L, e[received ? FieldId.BytesIn : FieldId.BytesOut]);
    }

    [Theory]
    [InlineData("application/octet-stream", null)]
    [InlineData("text/plain", null)]
    [InlineData("image/jpeg", "jpeg")]
    [InlineData("application/x-executable", "elf")]
    [InlineData("text/html; charset=utf-8", "html")]
    public void Magic_is_told_only_where_the_type_leaves_no_doubt(string type, string? magic) =>
        Assert.Equal(magic, File("\"rx_hosts\":[\"10.20.0.7\"]", $"\"mime_type\":\"{type}\"")[FieldId.FileMagic]);

    private static EvidenceEvent File(string sides, string facts = "\"source\":\"HTTP\"") =>
        ZeekLogText.OneOfJson($$"""{"ts":1772352000.5,"fuid":"F1",{{sides}},"seen_bytes":4096,{{facts}}}""");
}
