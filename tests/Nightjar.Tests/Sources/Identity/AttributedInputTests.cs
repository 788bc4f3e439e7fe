using Nightjar.Events;
using Nightjar.Sources;
using Nightjar.Sources.Identity;
using Nightjar.Sources.Intake;
using Nightjar.Tests.Intake;
using Nightjar.Tests.Sources.Zeek;
using Xunit;

namespace Nightjar.Tests.Sources.Identity;

/// <summary>A whole input: leases in one file, records without devices in others.</summary>
public sealed class AttributedInputTests : IDisposable
{
    private const string Lease =
        "{\"_path\":\"dhcp\",\"ts\":1772352000.0,\"mac\":\"aa:00:00:00:00:0a\",\"assigned_addr\":\"10.20.0.7\",\"lease_time\":60.0,\"msg_types\":[\"ACK\"]}\n";

    private const string Query = "{\"_path\":\"dns\",\"ts\":1772352030.0,\"uid\":\"C2\",\"id.orig_h\":\"10.20.0.7\",\"query\":\"api.example.net\"}\n";

    private readonly IntakeBench _bench = new();

    public static TheoryData<string, string, string> Names => new()
    {
        { "a-conn.log", "z-dhcp.log", "m-dns.log" },
        { "z-conn.log", "a-dhcp.log", "m-dns.log" },
        { "sensor/conn.log", "server/dhcp.json", "sensor/dns.json" },
    };

    public void Dispose() => _bench.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Leases_name_the_devices_of_all_files_whatever_their_order(string conn, string dhcp, string dns)
    {
        WriteConn(conn);
        _bench.Write(dhcp, Lease);
        _bench.Write(dns, Query);
        Assert.Equal([("p1", 6), ("p1", 1), ("", 6)], Devices());
    }

    [Fact]
    public void Leases_in_the_middle_of_a_stream_of_many_logs_do_too()
    {
        WriteConn("conn.log");
        _bench.Write("all.json", Query + Lease);
        Assert.Equal([("p1", 6), ("p1", 1), ("", 6)], Devices());
    }

    private void WriteConn(string name) => _bench.Write(name, ZeekLogText.Tsv(
        "conn", "ts uid id.orig_h id.resp_h", "1772352010.0 C1 10.20.0.7 198.51.100.9", "1772352060.0 C3 10.20.0.7 198.51.100.9"));

    private List<(string Device, int Activity)> Devices()
    {
        var leases = new IdentityBook();
        var directory = new Lazy<DeviceDirectory>(() => new DeviceDirectory(DeviceMapTests.Read("device,mac\np1,aa:00:00:00:00:0a\n"), leases));
        var options = _bench.Options() with
        {
            Identities = leases,
            Recognise = SourceCatalog.Recognise,
            Wrap = (session, file, format, path) => new AttributingSession(session, file, format, path, directory.Value),
        };
        var symbols = new SymbolTable();
        var devices = new List<(string, int)>();
        using var intake = new EventIntake(options, symbols);
        foreach (var step in intake.Read(TestContext.Current.CancellationToken))
        {
            if (step.Batch is not { } batch) devices.Clear();
            else for (var i = 0; i < batch.Count; i++) devices.Add((symbols.Text(batch[i].Header.Device), batch[i].Header.Activity));
        }
        return devices;
    }
}
