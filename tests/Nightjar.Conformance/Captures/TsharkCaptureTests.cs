using Nightjar.Cli.Captures;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sources.Identity;
using Nightjar.Sources.Intake;
using Xunit;

namespace Nightjar.Conformance.Captures;

/// <summary>Captures through the tshark that is installed.</summary>
public sealed class TsharkCaptureTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nightjar-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(true, "com.example.courier")]
    [InlineData(false, "Courier")]
    public void What_PCAPdroid_says_of_apps_survives(bool isPcapng, string app)
    {
        var (events, accounts) = Read(isPcapng ? PhoneCapture.Pcapng() : PhoneCapture.PcapWithTrailers());
        Assert.Equal((FileState.Read, "pcapdroid-ek"), (accounts[0].State, accounts[0].Reader));
        var http = events.Single(e => e.Class == EventClass.HttpActivity);
        Assert.Equal((app, "http://files.example.net/pkg/tool.apk", 200L, "application/zip", 4L), (http.App, http[FieldId.UrlText], http[FieldId.HttpStatusCode], http[FieldId.HttpContentType], http[FieldId.BytesIn]));
        var flow = events.Single(e => e.Class == EventClass.NetworkActivity && e[FieldId.ProtocolName] is "tcp");
        Assert.Equal((app, 76L, 73L), (flow.App, flow[FieldId.BytesOut], flow[FieldId.BytesIn]));
        Assert.All(events.Where(e => e.Class == EventClass.DnsActivity), e => Assert.Null(e.App));
        Assert.Equal(["198.51.100.20"], (string[])events.Single(e => e.Class == EventClass.DnsActivity && e.Activity == 2)[FieldId.AnswerData]!);
    }

    [Fact]
    public void A_capture_that_is_cut_off_is_read_as_far_as_it_goes()
    {
        var (events, accounts) = Read(PhoneCapture.Pcapng()[..^40]);
        Assert.Equal(FileState.ReadInPart, accounts[0].State);
        Assert.Contains("cut short", accounts[0].Reason, StringComparison.Ordinal);
        Assert.Contains(events, e => e.Class == EventClass.DnsActivity);
    }

    [Fact]
    public void Without_tshark_it_is_said_what_to_install()
    {
        var (events, accounts) = Read(PhoneCapture.Pcapng(), withTool: false);
        Assert.Empty(events);
        Assert.Equal(FileState.Unrecognised, accounts[0].State);
        Assert.Contains("install tshark", accounts[0].Reason, StringComparison.Ordinal);
    }

    private (List<EvidenceEvent> Events, IReadOnlyList<FileAccount> Accounts) Read(byte[] capture, bool withTool = true)
    {
        var tool = withTool ? Tshark.Find() : null;
        Assert.SkipUnless(!withTool || tool is not null, "tshark is not installed.");
        File.WriteAllBytes(Path.Combine(_folder, "capture"), capture);
        var symbols = new SymbolTable();
        using var intake = new EventIntake(new IntakeOptions { Paths = [_folder], Identities = new IdentityBook(), Dissector = tool }, symbols);
        var events = new List<EvidenceEvent>();
        foreach (var step in intake.Read(TestContext.Current.CancellationToken))
            for (var i = 0; step.Batch is { } batch && i < batch.Count; i++) events.Add(EvidenceEvent.From(batch[i], symbols, ""));
        return (events, intake.Accounts);
    }
}
