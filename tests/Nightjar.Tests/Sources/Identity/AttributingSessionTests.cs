using System.Text;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sources;
using Nightjar.Sources.Identity;
using Nightjar.Sources.Zeek;
using Nightjar.Tests.Sources.Zeek;
using Xunit;
using static Nightjar.Tests.Sources.Identity.DeviceMapTests;

namespace Nightjar.Tests.Sources.Identity;

public class AttributingSessionTests
{
    private const string Fields = "ts uid id.orig_h id.orig_p id.resp_h id.resp_p proto";

    [Fact]
    public void A_record_gets_the_device_that_had_its_address_at_its_time()
    {
        var directory = new DeviceDirectory(Read(
            "device,ip,from,to,platform,name,group\np1,10.20.0.7,,2026-03-01T08:00:01Z,Android,Anna,sales\np2,10.20.0.7,2026-03-01T08:00:01Z,,iOS,,\n"));
        var (events, missed) = ReadConn(
            directory, "1772352000.999999 C1 10.20.0.7 1 198.51.100.9 2 tcp", "1772352001.000000 C2 10.20.0.7 1 198.51.100.9 2 tcp", "1772352001.0 C3 10.20.0.8 1 198.51.100.9 2 tcp");
        Assert.Equal(["p1", "p2", ""], events.Select(e => e.Device));
        Assert.Equal([Platform.Android, Platform.IOS, Platform.Unknown], events.Select(e => e.Platform));
        Assert.Equal([DeviceBasis.DeviceMap, DeviceBasis.DeviceMap, DeviceBasis.None], events.Select(e => e.State.DeviceBasis));
        Assert.Equal(["Anna", null, null], events.Select(e => e[FieldId.DeviceName]));
        Assert.Equal(["sales"], Assert.IsType<string[]>(events[0][FieldId.DeviceGroups]));
        Assert.Equal(1, missed);
    }

    [Fact]
    public void Leases_of_one_file_name_the_devices_of_another()
    {
        var book = new IdentityBook();
        var leases = "{\"_path\":\"dhcp\",\"ts\":1772352000.0,\"mac\":\"aa:00:00:00:00:0a\",\"host_name\":\"Pixel-7\",\"assigned_addr\":\"10.20.0.7\",\"lease_time\":60.0,\"msg_types\":[\"ACK\"]}";
        using (var stream = new MemoryStream(Encoding.UTF8.GetBytes(leases)))
        using (var session = new ZeekJsonReader().Open(new SourceInput { Stream = stream, File = File("dhcp.log"), Identities = book }))
            session.Read(new EventBatch(new SymbolTable()), CancellationToken.None);
        var (events, _) = ReadConn(new DeviceDirectory(DeviceMap.Empty, book), "1772352001.0 C1 10.20.0.7 1 198.51.100.9 2 tcp", "1772352060.0 C2 10.20.0.7 1 198.51.100.9 2 tcp");
        Assert.Equal(["mac:aa:00:00:00:00:0a", ""], events.Select(e => e.Device));
        Assert.Equal((DeviceBasis.DhcpLease, "Pixel-7"), (events[0].State.DeviceBasis, events[0][FieldId.DeviceName]));
    }

    [Fact]
    public void A_stated_device_stands_and_the_map_adds_what_the_record_leaves_out()
    {
        var directory = new DeviceDirectory(Read("device,ip,platform,name,group\nother,10.20.0.7,iOS,,\np1,,Android,Anna,sales\n"));
        var events = ReadToy(directory, ToyFormat, "p1", "p9");
        Assert.Equal(["p1", "p9"], events.Select(e => e.Device));
        Assert.Equal([Platform.Android, Platform.Unknown], events.Select(e => e.Platform));
        Assert.Equal([DeviceBasis.Stated, DeviceBasis.Stated], events.Select(e => e.State.DeviceBasis));
        Assert.Equal(["Anna", null], events.Select(e => e[FieldId.DeviceName]));
    }

    [Theory]
    [InlineData("device,path\np1,fleet/a\n", "opt", "p1", DeviceBasis.DeviceMap)]
    [InlineData("device,path\np1,fleet/b\n", "opt", "opt", DeviceBasis.Option)]
    [InlineData("", null, "fleet/a", DeviceBasis.Folder)]
    [InlineData("device,ip\np1,10.20.0.7\n", null, "fleet/a", DeviceBasis.Folder)]
    public void A_file_of_one_device_is_the_maps_the_users_or_its_folders(string map, string? option, string device, DeviceBasis basis)
    {
        var e = ReadToy(new DeviceDirectory(Read(map)), ToyFormat with { IsOneDevice = true, Platform = Platform.Android }, [""], option)[0];
        Assert.Equal((device, basis, Platform.Android), (e.Device, e.State.DeviceBasis, e.Platform));
    }

    [Fact]
    public void A_file_that_may_be_of_many_devices_does_not_get_that_of_the_option()
    {
        var e = ReadToy(DeviceDirectory.Empty, ToyFormat, [""], "opt")[0];
        Assert.Equal(("", DeviceBasis.None), (e.Device, e.State.DeviceBasis));
    }

    [Theory]
    [InlineData("pixel-7/logcat.txt", "pixel-7")]
    [InlineData("fleet/pixel-7/logcat.txt", "fleet/pixel-7")]
    [InlineData("pixel-7.txt", "pixel-7")]
    [InlineData("pixel-7.log.gz", "pixel-7")]
    [InlineData("bugreport-pixel.zip!/main.txt", "bugreport-pixel")]
    [InlineData("export.tar.gz/device-17/app.log", "export/device-17")]
    [InlineData("a\\b\\c.txt", "a/b")]
    [InlineData("noextension", "noextension")]
    public void A_folder_or_else_the_bare_name_of_the_file_stands_for_the_device(string path, string device) => Assert.Equal(device, FileDevice.NameOf(path));

    [Fact]
    public void A_pipe_has_no_name_to_go_by() => Assert.Null(new FileDevice(DeviceDirectory.Empty, "-", "-", null).At(new(0)));

    [Fact]
    public void The_batch_is_given_back_as_it_was()
    {
        var batch = new EventBatch(new SymbolTable());
        using var stream = new MemoryStream();
        using var session = Attributing(new ZeekTsvReader(), stream, DeviceDirectory.Empty);
        session.Read(batch, CancellationToken.None);
        Assert.Null(batch.Completion);
    }

    private static readonly SourceFormat ToyFormat = new("toy", "Toy", PositionKind.Line);

    private static SourceFile File(string name) => new(1, "/data/fleet/a/" + name, "toy", PositionKind.Line);

    private static AttributingSession Attributing(ZeekTsvReader reader, Stream stream, DeviceDirectory directory) =>
        new(reader.Open(new SourceInput { Stream = stream, File = File("conn.log") }), File("conn.log"), reader.Format, "fleet/a/conn.log", directory);

    private static (IReadOnlyList<EvidenceEvent> Events, long Unattributed) ReadConn(DeviceDirectory directory, params string[] rows)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(ZeekLogText.Tsv("conn", Fields, rows)));
        using var session = Attributing(new ZeekTsvReader(), stream, directory);
        var batch = new EventBatch(new SymbolTable());
        while (session.Read(batch, CancellationToken.None))
        {
        }
        return (Evidence(batch), session.Unattributed);
    }

    private static List<EvidenceEvent> ReadToy(DeviceDirectory directory, SourceFormat format, params string[] devices) => ReadToy(directory, format, devices, null);

    private static List<EvidenceEvent> ReadToy(DeviceDirectory directory, SourceFormat format, string[] devices, string? option)
    {
        using var session = new AttributingSession(new ToySession(devices), File("a.txt"), format, "fleet/a/a.txt", directory, option);
        var batch = new EventBatch(new SymbolTable());
        session.Read(batch, CancellationToken.None);
        return Evidence(batch);
    }

    private static List<EvidenceEvent> Evidence(EventBatch batch) =>
        [.. Enumerable.Range(0, batch.Count).Select(i => EvidenceEvent.From(batch[i], batch.Symbols, ""))];

    private sealed class ToySession(string[] devices) : SourceSession
    {
        public override long BytesRead => 0;

        public override bool Read(EventBatch batch, CancellationToken cancellation)
        {
            foreach (var device in devices)
            {
                batch.Begin(EventClass.NetworkActivity, 6, new Instant(0), 1, 1);
                batch.Current.Device = batch.Intern(Encoding.UTF8.GetBytes(device));
                batch.Set(FieldId.SrcIp, "10.20.0.7"u8);
                batch.Commit();
            }
            return false;
        }
    }
}
