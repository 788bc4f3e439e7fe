using Nightjar.Events;
using Nightjar.Sources;
using Nightjar.Sources.Identity;
using Nightjar.Sources.Intake;
using Nightjar.Tests.Sources.Zeek;
using Xunit;

namespace Nightjar.Tests.Intake;

/// <summary>The intake with the readers of the catalogue.</summary>
public sealed class RealReadersTests : IDisposable
{
    private readonly IntakeBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Files_of_several_formats_are_put_into_one_order(int threads)
    {
        _bench.Write("fleet/events.ndjson", string.Concat(Enumerable.Range(0, 50).Reverse().Select(Ocsf)));
        _bench.Write("fleet/conn.log.gz", IntakeBench.Gzip(ZeekLogText.Tsv(
            "conn", "ts uid id.orig_h id.orig_p id.resp_h id.resp_p proto", "1772352010.5 C1 10.20.0.7 40000 203.0.113.5 443 tcp")));
        _bench.Write("fleet/dhcp.log", ZeekLogText.Tsv(
            "dhcp", "ts uid id.orig_h mac assigned_ip host_name lease_time trans_id", "1772352000.5 D1 10.20.0.7 aa:bb:cc:00:11:22 10.20.0.7 pixel-7 3600.0 1"));

        var events = Read(threads);

        Assert.Equal(events.OrderBy(item => item.Time.Micros).Select(item => item.Time), events.Select(item => item.Time));
        Assert.Equal(50, events.Count(item => item.Device == "phone-1"));
        var flow = Assert.Single(events, item => item.Class == EventClass.NetworkActivity);
        Assert.Equal((new Instant(1_772_352_010_500_000), DeviceBasis.DhcpLease), (flow.Time, flow.Basis));
        Assert.NotEqual("", flow.Device);
    }

    [Fact]
    public void The_same_lines_in_any_order_and_split_are_the_same_events()
    {
        var lines = Enumerable.Range(0, 3000).Select(Ocsf).ToList();
        _bench.Write("one.ndjson", string.Concat(lines));
        var expected = Read(threads: 1);

        File.Delete(_bench.PathOf("one.ndjson"));
        var random = new Random(4);
        foreach (var part in lines.OrderBy(_ => random.Next()).Chunk(400)) _bench.Write($"{part[0].Length}-{random.Next()}.json", string.Concat(part));

        Assert.Equal(3000, expected.Count);
        Assert.Equal(expected, Read(threads: 2));
    }

    [Fact]
    public void Exports_of_a_phone_are_read_as_they_come_zip_in_zip()
    {
        const string Intrusion = """{"connect_event":{"event_time":1772186400350,"event_id":2,"ip_address":"/192.0.2.7","port":443,"package_name":"com.example.courier"}}""";
        _bench.Write("phone/intrusion.zip", IntakeBench.ZipBytes(("2026-02.zip", IntakeBench.Zip(("2026-02-27.txt", Intrusion)))));
        _bench.Write("phone/bugreport.zip", IntakeBench.Zip(("bugreport-phone.txt", Sources.Dumpstate.DumpstateText.Whole)));

        var events = Read(threads: 1);

        // An event of the dump is printed in it twice.
        Assert.Equal(1 + 38, events.Count);
        Assert.Equal(events.OrderBy(item => item.Time.Micros).Select(item => item.Time), events.Select(item => item.Time));
        Assert.Equal(["phone/bugreport", "phone/intrusion/2026-02"], events.Select(item => item.Device).Distinct().Order(StringComparer.Ordinal));
    }

    private List<Seen> Read(int threads)
    {
        var symbols = new SymbolTable();
        var leases = new IdentityBook();
        // Made when the first session is wrapped, which is after all leases have been told.
        var directory = new Lazy<DeviceDirectory>(() => new DeviceDirectory(DeviceMap.Empty, leases));
        using var intake = new EventIntake(
            new IntakeOptions
            {
                Paths = [_bench.In],
                TempFolder = _bench.Temp,
                Threads = threads,
                Identities = leases,
                Wrap = (session, file, format, place) => new AttributingSession(session, file, format, place, directory.Value),
            },
            symbols);
        var seen = new List<Seen>();
        foreach (var step in intake.Read(TestContext.Current.CancellationToken))
        {
            for (var i = 0; i < step.Batch!.Count; i++)
            {
                ref readonly var header = ref step.Batch.HeaderAt(i);
                seen.Add(new Seen(header.Time, header.Id, header.Class, symbols.Text(header.Device), header.State.DeviceBasis));
            }
        }
        Assert.All(intake.Accounts, account => Assert.Equal(FileState.Read, account.State));
        return seen;
    }

    private static string Ocsf(int index) =>
        $$$"""{"time":{{{1_772_352_000_000 + index * 1000}}},"class_uid":99906001,"activity_id":1,"metadata":{"uid":"e{{{index}}}"},"device":{"uid":"phone-1","os":{"type_id":201}},"actor":{"app_uid":"com.example.app"},"app_state":"background"}""" + "\n";

    private sealed record Seen(Instant Time, UInt128 Id, EventClass Class, string Device, DeviceBasis Basis);
}
