using System.Text;
using Nightjar.Events;
using Nightjar.Sources;
using Nightjar.Sources.Zeek;
using Xunit;

namespace Nightjar.Tests.Sources.Zeek;

/// <summary>Newer logs of handshakes name a certificate by its fingerprint only; what it says stands in another log.</summary>
public sealed class ZeekCertificateTests : IDisposable
{
    private const string Own = "{\"ts\":1772352000.4,\"fingerprint\":\"aa00\",\"certificate.serial\":\"01\",\"certificate.subject\":\"CN=a.example.net\",\"certificate.issuer\":\"CN=a.example.net\",\"certificate.not_valid_before\":1704067200.0,\"certificate.not_valid_after\":1735689600.0}\n";
    private const string Handshake = "{\"ts\":1772352000.5,\"uid\":\"C1\",\"id.orig_h\":\"10.20.0.7\",\"id.orig_p\":40001,\"id.resp_h\":\"198.51.100.9\",\"id.resp_p\":443,\"version\":\"TLSv12\",\"resumed\":false,\"established\":true,\"cert_chain_fps\":[\"aa00\",\"bb00\"]}\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("nightjar-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("a-x509.log", "b-ssl.log")]
    [InlineData("z-x509.log", "b-ssl.log")]
    public void A_handshake_tells_what_its_certificate_says_whatever_the_order_of_the_files(string certificates, string handshakes)
    {
        File.WriteAllText(Path.Combine(_folder, certificates), Own);
        File.WriteAllText(Path.Combine(_folder, handshakes), Handshake);
        var e = Assert.Single(FolderReading.Of(_folder));
        Assert.Equal(("CN=a.example.net", "CN=a.example.net", true, true), (e[FieldId.CertificateSubject], e[FieldId.CertificateIssuer], e[FieldId.CertificateSelfSigned], e[FieldId.CertificateInvalid]));
    }

    [Fact]
    public void Certificates_in_columns_and_by_the_file_they_came_as_are_found_too()
    {
        File.WriteAllText(Path.Combine(_folder, "x509.log"), ZeekLogText.Tsv(
            "x509", "ts id certificate.serial certificate.subject certificate.issuer certificate.not_valid_before certificate.not_valid_after",
            "1772352000.4 Fx1 01 CN=a.example.net CN=Example\\x20CA 1704067200.000000 1893456000.000000"));
        File.WriteAllText(Path.Combine(_folder, "ssl.log"), Handshake.Replace("cert_chain_fps\":[\"aa00\",\"bb00\"]", "cert_chain_fuids\":[\"Fx1\"]", StringComparison.Ordinal));
        var e = Assert.Single(FolderReading.Of(_folder));
        Assert.Equal(("CN=Example CA", false, null), (e[FieldId.CertificateIssuer], e[FieldId.CertificateSelfSigned], e[FieldId.CertificateInvalid]));
    }

    [Fact]
    public void A_connection_tells_what_was_doubtful_of_its_certificate()
    {
        const string ends = "\"id.orig_h\":\"10.20.0.7\",\"id.orig_p\":40001,\"id.resp_h\":\"198.51.100.9\",\"id.resp_p\":443";
        File.WriteAllText(Path.Combine(_folder, "conn.log"),
            $"{{\"ts\":1772352000.4,\"uid\":\"C1\",{ends},\"proto\":\"tcp\",\"orig_bytes\":900,\"resp_bytes\":900,\"conn_state\":\"SF\"}}\n"
            + $"{{\"ts\":1772352000.6,\"uid\":\"C2\",{ends},\"proto\":\"tcp\",\"conn_state\":\"SF\"}}\n");
        File.WriteAllText(Path.Combine(_folder, "ssl.log"), Handshake.Replace("\"resumed\"", "\"validation_status\":\"self signed certificate\",\"resumed\"", StringComparison.Ordinal));
        var flows = FolderReading.Of(_folder).Where(e => e.Activity == 6).ToDictionary(e => (string)e[FieldId.ConnectionUid]!);
        Assert.Equal((true, true), (flows["C1"][FieldId.CertificateSelfSigned], flows["C1"][FieldId.CertificateInvalid]));
        Assert.Equal((null, null), (flows["C2"][FieldId.CertificateSelfSigned], flows["C2"][FieldId.CertificateInvalid]));
    }

    [Fact]
    public void Without_the_other_log_nothing_is_said_of_the_certificate()
    {
        File.WriteAllText(Path.Combine(_folder, "ssl.log"), Handshake);
        var e = Assert.Single(FolderReading.Of(_folder));
        Assert.Equal((null, null, null), (e[FieldId.CertificateSubject], e[FieldId.CertificateSelfSigned], e[FieldId.CertificateInvalid]));
    }

    [Fact]
    public void A_notice_is_kept_and_is_no_traffic()
    {
        var e = ZeekLogText.OneOfJson("{\"ts\":1772352000.4,\"uid\":\"C1\",\"id.orig_h\":\"10.20.0.7\",\"id.resp_h\":\"198.51.100.9\",\"note\":\"SSL::Invalid_Server_Cert\",\"msg\":\"EXAMPLE\",\"suppress_for\":3600.0}");
        Assert.Equal((EventClass.Other, "SSL::Invalid_Server_Cert", "EXAMPLE", "C1"), (e.Class, e[FieldId.LogTag], e[FieldId.Message], e[FieldId.ConnectionUid]));
    }

    [Fact]
    public void A_handshake_over_QUIC_names_its_server()
    {
        var e = ZeekLogText.OneOfTsv("quic", "ts uid id.orig_h id.orig_p id.resp_h id.resp_p version server_name", "1772352000.4 CqQqQq1 10.20.0.7 40009 198.51.100.9 443 1 cdn.example.net");
        Assert.Equal((1, "udp", "cdn.example.net", "cdn.example.net"), (e.Activity, e[FieldId.ProtocolName], e[FieldId.TlsSni], e[FieldId.DstHostname]));
    }

    [Fact]
    public void The_book_is_bounded()
    {
        var book = new CertificateBook();
        for (var i = 0; i < CertificateBook.Capacity; i++) Assert.True(book.TryAdd(Encoding.ASCII.GetBytes($"{i}"), new Certificate("a", "b", null, null)));
        Assert.False(book.TryAdd("one-more"u8, new Certificate("a", "b", null, null)));
        Assert.True(book.TryAdd("7"u8, new Certificate("a", "b", null, null)));
    }
}
