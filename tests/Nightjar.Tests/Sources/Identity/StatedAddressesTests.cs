using Nightjar.Events;
using Nightjar.Sources;
using Nightjar.Sources.Identity;
using Nightjar.Sources.Intake;
using Nightjar.Tests.Intake;
using Nightjar.Tests.Sources.Zeek;
using Xunit;

namespace Nightjar.Tests.Sources.Identity;

/// <summary>Inventories, sessions and aliases: who a record without a device is about, and who a record means by another name.</summary>
public sealed class StatedAddressesTests : IDisposable
{
    private const long Start = 1_772_352_000_000;

    private readonly IntakeBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void A_lease_and_an_inventory_of_hardware_addresses_name_the_device()
    {
        _bench.Write("inventory.ndjson", Ocsf(0, 5020, 2, "\"uid\":\"d-7\",\"mac\":\"AA-00-00-00-00-0A\""));
        _bench.Write("dhcp.json", $$"""{"_path":"dhcp","ts":{{Start / 1000}}.0,"mac":"aa:00:00:00:00:0a","assigned_addr":"10.20.0.7","lease_time":600.0,"msg_types":["ACK"]}""" + "\n");
        _bench.Write("conn.log", Conn("10.20.0.7", 10));
        Assert.Equal([("d-7", DeviceBasis.DhcpLease)], Devices());
    }

    [Fact]
    public void A_session_names_the_device_until_it_is_closed()
    {
        _bench.Write("vpn.ndjson", Ocsf(0, 4014, 1, "\"uid\":\"d-7\",\"ip\":\"10.99.0.7\"") + Ocsf(60, 4014, 2, "\"uid\":\"d-7\",\"ip\":\"10.99.0.7\""));
        _bench.Write("conn.log", Conn("10.99.0.7", -1, 10, 59, 61));
        Assert.Equal([("", DeviceBasis.None), ("d-7", DeviceBasis.Inventory), ("d-7", DeviceBasis.Inventory), ("", DeviceBasis.None)], Devices());
    }

    [Fact]
    public void An_address_of_an_inventory_holds_a_day_or_until_another_device_has_it()
    {
        _bench.Write("inventory.ndjson", Ocsf(0, 5020, 2, "\"uid\":\"d-7\",\"ip\":\"10.20.0.7\"") + Ocsf(3600, 5020, 2, "\"uid\":\"d-8\",\"ip\":\"10.20.0.7\""));
        _bench.Write("conn.log", Conn("10.20.0.7", 10, 3700, 3600 + 86300, 3600 + 86500));
        Assert.Equal(["d-7", "d-8", "d-8", ""], Devices().Select(item => item.Device));
    }

    [Fact]
    public void What_sources_call_by_different_names_is_one_device_where_the_map_says_so()
    {
        _bench.Write("a.ndjson", Ocsf(0, 1001, 1, "\"uid\":\"SERIAL-9\"") + Ocsf(1, 1001, 1, "\"uid\":\"d-9\"") + Ocsf(2, 1001, 1, "\"uid\":\"other\""));
        var map = DeviceMap.Read(new StringReader("device,alias,platform,name\nd-9,serial-9,android,Torch phone\nd-9,udid-9,,\n"));
        Assert.Empty(map.Mistakes);
        Assert.Equal(["d-9", "d-9", "other"], Devices(map).Select(item => item.Device));
    }

    [Fact]
    public void One_alias_of_two_devices_is_a_mistake()
    {
        var map = DeviceMap.Read(new StringReader("device,alias\nd-9,S1\nd-8,s1\n"));
        Assert.Equal("The alias \"s1\" is given to \"d-8\" at a time when line 2 gives it to \"d-9\".", Assert.Single(map.Mistakes).Reason);
    }

    private static string Ocsf(int seconds, int classUid, int activity, string device) =>
        $$$"""{"time":{{{Start + seconds * 1000}}},"class_uid":{{{classUid}}},"activity_id":{{{activity}}},"device":{{{{device}}}},"file":{"path":"/sdcard/a{{{seconds}}}"}}""" + "\n";

    private static string Conn(string ip, params int[] seconds) => ZeekLogText.Tsv(
        "conn", "ts uid id.orig_h id.resp_h", [.. seconds.Select(second => $"{Start / 1000 + second}.000000 C{second} {ip} 198.51.100.9")]);

    private List<(string Device, DeviceBasis Basis)> Devices(DeviceMap? map = null)
    {
        var symbols = new SymbolTable();
        var book = new IdentityBook();
        var directory = new Lazy<DeviceDirectory>(() => new DeviceDirectory(map ?? DeviceMap.Empty, book));
        var options = new IntakeOptions
        {
            Paths = [_bench.In],
            Identities = book,
            Wrap = (session, file, format, path) => new AttributingSession(session, file, format, path, directory.Value),
        };
        var devices = new List<(string, DeviceBasis)>();
        using var intake = new EventIntake(options, symbols);
        foreach (var step in intake.Read(CancellationToken.None))
        {
            for (var i = 0; i < step.Batch!.Count; i++)
            {
                ref readonly var header = ref step.Batch.HeaderAt(i);
                if (header.ClassUid is 4001 or 1001) devices.Add((symbols.Text(header.Device), header.State.DeviceBasis));
            }
        }
        return devices;
    }
}
