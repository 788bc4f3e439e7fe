using Nightjar.Events;
using Xunit;

namespace Nightjar.Tests.Sources.Suricata;

/// <summary>Suricata tells the certificate with the handshake and the bytes with the flow, which is written first or last.</summary>
public sealed class EveCertificateTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nightjar-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_flow_tells_what_was_doubtful_of_its_certificate(bool flowFirst)
    {
        var handshake = EveText.Tls("\"subject\":\"CN=files.example.net\",\"issuerdn\":\"CN=files.example.net\"");
        File.WriteAllLines(Path.Combine(_folder, "eve.json"), flowFirst ? [EveText.Flow, handshake] : [handshake, EveText.Flow]);
        var flow = FolderReading.Of(_folder).Single(e => e.Activity == 6);
        Assert.Equal((true, null), (flow[FieldId.CertificateSelfSigned], flow[FieldId.CertificateInvalid]));
    }
}
