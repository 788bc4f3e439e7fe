using FsCheck;
using FsCheck.Fluent;
using Nightjar.Events;
using Nightjar.Sources;
using Nightjar.Sources.Identity;
using Xunit;
using static Nightjar.Tests.Sources.Identity.DeviceMapTests;

namespace Nightjar.Tests.Sources.Identity;

public class DeviceDirectoryTests
{
    private const string MacA = "aa:00:00:00:00:0a";
    private const string MacB = "aa:00:00:00:00:0b";

    [Fact]
    public void An_address_of_the_map_is_the_devices_in_its_time()
    {
        var directory = Directory("device,ip,from,to,platform,name,group\np1,10.0.0.1,2026-03-01,2026-03-02,iOS,Anna,b|a\n");
        Assert.Null(directory.FindByAddress("10.0.0.1", At("2026-02-28T23:59:59Z")));
        Assert.Null(directory.FindByAddress("10.0.0.1", At("2026-03-02T00:00:00Z")));
        var device = directory.FindByAddress("10.0.0.1", At("2026-03-01T00:00:00Z"))!;
        Assert.Equal(("p1", DeviceBasis.DeviceMap, Platform.IOS, "Anna"), (device.Uid, device.Basis, device.Platform, device.Name));
        Assert.Equal(["a", "b"], device.Groups);
    }

    [Fact]
    public void A_lease_without_a_row_in_the_map_gives_the_hardware_address()
    {
        var directory = Directory("", Lease("10.0.0.1", MacA, 100, 200, "Pixel-7"));
        var device = directory.FindByAddress("10.0.0.1", new(100))!;
        Assert.Equal(("mac:" + MacA, DeviceBasis.DhcpLease, Platform.Unknown, "Pixel-7"), (device.Uid, device.Basis, device.Platform, device.Name));
        Assert.Null(directory.FindByAddress("10.0.0.1", new(99)));
        Assert.Null(directory.FindByAddress("10.0.0.1", new(200)));
        Assert.Equal("mac:" + MacA, directory.FindByMac(MacA, new(5))?.Uid);
        Assert.Null(directory.FindByMac(MacB, new(5)));
    }

    [Fact]
    public void A_hardware_address_of_the_map_makes_the_lease_the_devices()
    {
        var directory = Directory($"device,mac,platform,name\np1,{MacA},android,Anna\n", Lease("10.0.0.1", MacA, 100, 200, "Pixel-7"));
        var device = directory.FindByAddress("10.0.0.1", new(150))!;
        Assert.Equal(("p1", DeviceBasis.DhcpLease, Platform.Android, "Anna"), (device.Uid, device.Basis, device.Platform, device.Name));
        Assert.Equal(("p1", DeviceBasis.DeviceMap), (directory.FindByMac(MacA, new(5))!.Uid, directory.FindByMac(MacA, new(5))!.Basis));
    }

    [Fact]
    public void A_hardware_address_that_changed_hands_during_a_lease_splits_it()
    {
        var directory = Directory(
            $"device,mac,from,to\np1,{MacA},1970-01-01T00:00:10Z,1970-01-01T00:00:20Z\np2,{MacA},1970-01-01T00:00:20Z,\n", Lease("10.0.0.1", MacA, 0, 40_000_000));
        Assert.Equal(["mac:" + MacA, "p1", "p2"], new[] { 9, 10, 20 }.Select(second => directory.FindByAddress("10.0.0.1", new(second * 1_000_000L))!.Uid));
    }

    [Fact]
    public void A_renewal_prolongs()
    {
        var directory = Directory("", Lease("10.0.0.1", MacA, 0, 100, "one"), Lease("10.0.0.1", MacA, 50, 150));
        Assert.Equal("mac:" + MacA, directory.FindByAddress("10.0.0.1", new(120))?.Uid);
        Assert.Equal("one", directory.FindByAddress("10.0.0.1", new(120))?.Name);
        Assert.Null(directory.FindByAddress("10.0.0.1", new(150)));
    }

    [Fact]
    public void An_address_that_is_given_to_another_phone_ends_the_lease()
    {
        var directory = Directory("", Lease("10.0.0.1", MacA, 0, 100), Lease("10.0.0.1", MacB, 60, 80), Lease("10.0.0.2", MacA, 60, null));
        Assert.Equal(
            ["mac:" + MacA, "mac:" + MacB, null],
            new[] { 59, 60, 80 }.Select(t => directory.FindByAddress("10.0.0.1", new(t))?.Uid));
        Assert.Equal("mac:" + MacA, directory.FindByAddress("10.0.0.2", new(1_000_000))?.Uid);
    }

    [Fact]
    public void A_release_ends_the_lease_of_its_holder_only()
    {
        var directory = Directory("", Lease("10.0.0.1", MacA, 0, null), Lease("10.0.0.1", MacB, 20, 20), Lease("10.0.0.1", MacA, 50, 50));
        Assert.Equal(["mac:" + MacA, null], new[] { 49, 50 }.Select(t => directory.FindByAddress("10.0.0.1", new(t))?.Uid));
    }

    [Fact]
    public void The_maps_own_address_comes_before_a_lease_and_a_lease_before_a_prefix()
    {
        var directory = Directory(
            "device,ip\nown,2001:db8:7::1\nwide,2001:db8::/32\nnarrow,2001:db8:7::/64\n", Lease("2001:db8:7::1", MacA, 0, null), Lease("2001:db8:7::2", MacA, 0, null));
        Assert.Equal(
            ["own", "mac:" + MacA, "narrow", "wide", null],
            new[] { "2001:db8:7::1", "2001:db8:7::2", "2001:db8:7::3", "2001:db8:8::3", "2001:db9::1" }.Select(ip => directory.FindByAddress(ip, new(5))?.Uid));
    }

    [Fact]
    public void Of_the_rows_for_a_file_the_one_that_says_most_counts()
    {
        var directory = Directory("device,path,to\nfolder,phones,\nfile,phones/a/logcat.txt,2026-03-01\n");
        Assert.Equal("file", directory.FindByPath("/data/phones/a/logcat.txt", "phones/a/logcat.txt", At("2026-02-01T00:00:00Z"))?.Uid);
        Assert.Equal("folder", directory.FindByPath("/data/phones/a/logcat.txt", "phones/a/logcat.txt", At("2026-03-01T00:00:00Z"))?.Uid);
        Assert.Null(directory.FindByPath("/data/x.txt", "x.txt", At("2026-03-01T00:00:00Z")));
    }

    [Fact]
    public void Answers_do_not_depend_on_the_order_of_leases_and_agree_with_a_table_of_every_moment() => Prop.ForAll(
        ArbMap.Default.ArbFor<(byte From, byte Length, bool IsA)[]>(), ArbMap.Default.ArbFor<int>(), (rows, seed) =>
        {
            var leases = rows.Select(row => Lease("10.0.0.1", row.IsA ? MacA : MacB, row.From % 50, row.From % 50 + row.Length % 20)).ToArray();
            var table = Table(leases);
            var shuffled = leases.ToArray();
            new Random(seed).Shuffle(shuffled);
            return new[] { leases, shuffled }.All(some =>
            {
                var directory = Directory("", some);
                return Enumerable.Range(0, table.Length).All(t => directory.FindByAddress("10.0.0.1", new(t))?.Uid == table[t]);
            });
        }).QuickCheckThrowOnFailure();

    // Moment by moment: the latest lease that has begun decides, and a release takes away from its holder what he has.
    private static string?[] Table(AddressLease[] leases)
    {
        var table = new string?[80];
        foreach (var lease in leases.OrderBy(lease => lease.From).ThenBy(lease => lease.Mac, StringComparer.Ordinal).ThenBy(lease => lease.To))
        {
            var (from, to, holder) = ((int)lease.From.Micros, (int)lease.To!.Value.Micros, "mac:" + lease.Mac);
            if (from < to || table[from] == holder) table.AsSpan(from).Clear();
            table.AsSpan(from..to).Fill(holder);
        }
        return table;
    }

    private static AddressLease Lease(string ip, string mac, long from, long? to, string? name = null) =>
        new(ip, mac, name, new(from), to is { } end ? new Instant(end) : null);

    private static DeviceDirectory Directory(string map, params AddressLease[] leases)
    {
        var book = new IdentityBook();
        foreach (var lease in leases) book.Add(lease);
        return new DeviceDirectory(Read(map), book);
    }
}
