using Nightjar.Events;
using Nightjar.Sources.Identity.Joining;
using Nightjar.Tests.Engine;
using Xunit;

namespace Nightjar.Tests.Sources.Identity;

/// <summary>How far the clocks of a device and of a sensor differ, by what both tell.</summary>
public sealed class ClockComparisonTests
{
    private readonly SymbolTable _symbols = new();

    [Theory]
    [InlineData(0)]
    [InlineData(73.2)]
    [InlineData(-240)]
    public void Contacts_that_both_tell_give_the_difference(double ahead)
    {
        var random = new Random(5);
        var device = Enumerable.Range(0, 40).Select(i => (Seconds: i * 31 + random.NextDouble() * 20, Ip: $"203.0.113.{random.Next(8)}")).ToArray();
        var offset = Assert.Single(Compare(
            device.Select(item => (item.Seconds, "android:MDMLog", item.Ip)).Concat(device.Select(item => (item.Seconds + ahead + 0.1 * random.NextDouble(), "NSM:Flow", item.Ip)))));
        Assert.Equal(("phone-1", "android:MDMLog", "NSM:Flow"), (offset.Device, offset.Reference, offset.Source));
        Assert.InRange(offset.Offset.TotalSeconds, ahead - 0.2, ahead + 0.2);
        Assert.True(offset.Pairs >= 35);
    }

    [Fact]
    public void Contacts_that_have_nothing_to_do_with_each_other_give_none()
    {
        var random = new Random(6);
        Assert.Empty(Compare(Enumerable.Range(0, 400).Select(i => (random.NextDouble() * 7200, i % 2 == 0 ? "android:MDMLog" : "NSM:Flow", $"203.0.113.{random.Next(8)}"))));
    }

    [Fact]
    public void Few_pairs_prove_nothing() =>
        Assert.Empty(Compare(Enumerable.Range(0, 4).SelectMany(i => new[] { (i * 60d, "android:MDMLog", "203.0.113.7"), (i * 60d + 2, "NSM:Flow", "203.0.113.7") })));

    [Fact]
    public void Regular_contacts_match_one_interval_further_as_well_and_prove_nothing() =>
        Assert.Empty(Compare(Enumerable.Range(0, 60).SelectMany(i => new[] { (i * 60d, "android:MDMLog", "203.0.113.7"), (i * 60d + 2, "NSM:Flow", "203.0.113.7") })));

    [Fact]
    public void Sources_of_one_clock_are_not_compared() =>
        Assert.Empty(Compare(Enumerable.Range(0, 40).SelectMany(i => new[] { (i * 60d, "NSM:Content", "203.0.113.7"), (i * 60d + 2, "NSM:Flow", "203.0.113.7") })));

    [Fact]
    public void Only_what_is_compared_with_the_device_is_applied_and_the_best_of_several()
    {
        var alignment = new ClockAlignment(
        [
            new("phone-1", "android:MDMLog", "NSM:Flow", TimeSpan.FromSeconds(3), default, 9),
            new("phone-1", "android:logcat", "NSM:Flow", TimeSpan.FromSeconds(4), default, 8),
            new("phone-1", "NSM:Flow", "VPN:MobileProxy", TimeSpan.FromSeconds(5), default, 99),
        ]);
        Assert.Equal(TimeSpan.FromSeconds(3), alignment.Of("phone-1", "NSM:Flow"));
        Assert.Equal(TimeSpan.Zero, alignment.Of("phone-1", "VPN:MobileProxy"));
        Assert.True(Assert.Single(alignment.Applied).IsApplied);
    }

    private IReadOnlyList<ClockOffset> Compare(IEnumerable<(double Seconds, string Log, string Ip)> contacts)
    {
        var comparison = new ClockComparison(_symbols);
        var batch = new EventBatch(_symbols);
        foreach (var (seconds, log, ip) in contacts.OrderBy(item => item.Seconds))
        {
            batch.Begin(EventClass.NetworkActivity, 6, EventLine.Start + TimeSpan.FromSeconds(seconds), 1, 1);
            batch.Current.Device = _symbols.Intern("phone-1");
            batch.Current.LogName = _symbols.Intern(log);
            batch.Set(FieldId.DstIp, ip);
            batch.SetInteger(FieldId.DstPort, 443);
            batch.Commit();
        }
        comparison.Learn(batch);
        return comparison.Offsets();
    }
}
