using Nightjar.Events;
using Nightjar.Findings;
using Xunit;

namespace Nightjar.Tests.Sources.Zeek;

public class ZeekSslTests
{
    [Fact]
    public void A_handshake_opens_a_connection()
    {
        var e = Handshake("\"version\":\"TLSv13\",\"server_name\":\"Api.example.net\",\"ja3\":\"6734f37431670b3ab4292b8f60f29984\",\"established\":true");
        Assert.Equal((EventClass.NetworkActivity, 1), (e.Class, e.Activity));
        Assert.Equal(("api.example.net", "api.example.net", "TLSv1.3"), (e[FieldId.TlsSni], e[FieldId.DstHostname], e[FieldId.TlsVersion]));
        Assert.Equal(("6734f37431670b3ab4292b8f60f29984", "tcp", 1L), (e[FieldId.TlsJa3], e[FieldId.ProtocolName], e[FieldId.StatusId]));
        Assert.Null(e[FieldId.CertificateSelfSigned]);
        Assert.Null(e[FieldId.CertificateInvalid]);
    }

    [Theory]
    [InlineData("TLSv10", "TLSv1.0")]
    [InlineData("TLSv13-draft23", "TLSv1.3")]
    [InlineData("DTLSv12", "DTLSv1.2")]
    [InlineData("SSLv3", "SSLv3")]
    [InlineData("unknown-64282", "unknown-64282")]
    [InlineData("TLSv1", "TLSv1")]
    public void Versions_are_written_as_others_write_them(string zeek, string version) =>
        Assert.Equal(version, Handshake($"\"version\":\"{zeek}\"")[FieldId.TlsVersion]);

    [Theory]
    [InlineData("\"validation_status\":\"self signed certificate\"", true, true)]
    [InlineData("\"validation_status\":\"self-signed certificate\"", true, true)]
    [InlineData("\"validation_status\":\"self signed certificate in certificate chain\"", null, true)]
    [InlineData("\"validation_status\":\"ok\",\"subject\":\"CN=a\",\"issuer\":\"CN=b\"", false, false)]
    [InlineData("\"subject\":\"CN=a\",\"issuer\":\"CN=a\"", true, null)]
    [InlineData("\"validation_status\":\"certificate has expired\",\"subject\":\"CN=a\",\"issuer\":\"CN=b\"", false, true)]
    public void A_certificate_is_self_signed_or_invalid_when_zeek_says_so_or_the_names_show_it(string fields, bool? selfSigned, bool? invalid)
    {
        var e = Handshake(fields);
        Assert.Equal(selfSigned, e[FieldId.CertificateSelfSigned]);
        Assert.Equal(invalid, e[FieldId.CertificateInvalid]);
    }

    [Fact]
    public void An_address_in_place_of_a_server_name_is_no_host_name()
    {
        var e = Handshake("\"server_name\":\"198.51.100.9\",\"established\":false");
        Assert.Null(e[FieldId.DstHostname]);
        Assert.Equal(2L, e[FieldId.StatusId]);
    }

    private static EvidenceEvent Handshake(string fields) => ZeekLogText.OneOfJson(
        $$"""{"_path":"ssl","ts":1772352000.5,"uid":"C1","id.orig_h":"10.20.0.7","id.orig_p":40001,"id.resp_h":"198.51.100.9","id.resp_p":443,{{fields}}}""");
}
