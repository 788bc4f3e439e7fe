using FsCheck;
using FsCheck.Fluent;
using Nightjar.Baselines;
using Xunit;

namespace Nightjar.Tests.Baselines;

/// <summary>What is left of what was learned when some of it is taken back.</summary>
public sealed class ForgettingTests
{
    private const string App = "com.example.torch";
    private static readonly string[] Values = ["a.example", "b.example"];

    [Fact]
    public void What_is_forgotten_of_one_device_stays_of_the_others()
    {
        var builder = new BaselineBuilder();
        Seen one = new("a.example", 1, 20_000, new(1, 0, 5, 5)), two = one with { Device = 2 }, other = one with { Value = "b.example" };
        foreach (var item in new[] { one, two, other }) Add(builder, item);
        Forget(builder, one);
        Forget(builder, other);
        Assert.Equal(["a.example 1"], builder.Build().Of(App).Select(cell => $"{cell.Value} {cell.Devices}"));
    }

    [Fact]
    public void A_day_is_seen_as_long_as_one_of_its_observations_is_left()
    {
        var builder = new BaselineBuilder();
        Seen first = new("a.example", 1, 20_000, new(1, 1, 7, 3)), again = first with { Counts = new(1, 0, 50, 20) }, later = first with { Day = 20_004 };
        foreach (var item in new[] { first, again, later }) Add(builder, item);
        Forget(builder, first);
        var cell = Assert.Single(builder.Build().Of(App));
        Assert.Equal((2, new BaselineCounts(2, 1, 57, 23)), (cell.Days, cell.Counts));
        Forget(builder, again);
        cell = Assert.Single(builder.Build().Of(App));
        Assert.Equal((1, later.Counts), (cell.Days, cell.Counts));
        Assert.Equal(cell.First, cell.Last);
        Forget(builder, later);
        Assert.Empty(builder.Build().Of(App));
    }

    [Fact]
    public void What_is_left_is_what_was_never_forgotten_whatever_the_order() => Check(seed =>
    {
        var random = new Random(seed);
        var all = Draw(random, devices: 32);
        var gone = all.Where(_ => random.Next(3) > 0).ToArray();
        // Each observation is itself, even when another looks the same.
        var expected = Bytes(Of(all.Where(item => !gone.Contains(item, ReferenceEqualityComparer.Instance))));
        for (var i = 0; i < 3; i++)
        {
            random.Shuffle(all);
            random.Shuffle(gone);
            Assert.Equal(expected, Bytes(Of(all, gone)));
        }
    });

    [Fact]
    public void With_more_devices_than_are_held_the_order_decides_nothing_either() => Check(seed =>
    {
        var random = new Random(seed);
        var all = Draw(random, devices: 60);
        var gone = all.Where(_ => random.Next(3) == 0).ToArray();
        var expected = Bytes(Of(all, gone));
        random.Shuffle(all);
        random.Shuffle(gone);
        Assert.Equal(expected, Bytes(Of(all, gone)));
    });

    [Fact]
    public void What_came_in_a_baseline_is_not_taken_back_and_joins_with_what_is_learned_beside_it() => Check(seed =>
    {
        var random = new Random(seed);
        Seen[] before = Draw(random, devices: 60), now = Draw(random, devices: 60);
        var builder = new BaselineBuilder();
        builder.Add(Of(before));
        foreach (var item in now) Add(builder, item);
        Assert.Equal(Bytes(Baseline.Merge(Of(before), Of(now))), Bytes(builder.Build()));
        var kept = new BaselineBuilder();
        kept.Add(Of(before));
        foreach (var item in before) Forget(kept, item);
        Assert.Equal(Bytes(Of(before)), Bytes(kept.Build()));
    });

    [Fact]
    public void A_span_of_days_is_forgotten_with_both_its_ends()
    {
        var builder = new BaselineBuilder();
        for (var day = 20_000; day < 20_010; day++) Add(builder, new("a.example", 1, day, new(1, 0, 1, 1)));
        builder.ForgetDays(App, BaselineKind.Destination, "a.example", 1, 20_002, 20_008);
        builder.ForgetDays(App, BaselineKind.Destination, "a.example", 2, 20_000, 20_009);
        builder.ForgetDays(App, BaselineKind.Destination, "none.example", 1, 20_000, 20_009);
        Assert.Equal(3, Assert.Single(builder.Build().Of(App)).Days);
    }

    private static Seen[] Draw(Random random, int devices) =>
        [.. Enumerable.Range(0, random.Next(1, 150)).Select(_ => new Seen(Values[random.Next(2)], (ulong)random.Next(devices), 20_000 + random.Next(90), new(1, random.Next(2), random.Next(99), random.Next(99))))];

    private static Baseline Of(IEnumerable<Seen> all, params Seen[] gone)
    {
        var builder = new BaselineBuilder();
        foreach (var item in all) Add(builder, item);
        foreach (var item in gone) Forget(builder, item);
        return builder.Build();
    }

    private static void Add(BaselineBuilder builder, Seen item) => builder.Add(App, BaselineKind.Destination, item.Value, item.Device, item.Day, item.Counts);

    private static void Forget(BaselineBuilder builder, Seen item) => builder.Forget(App, BaselineKind.Destination, item.Value, item.Device, item.Day, item.Counts);

    private static void Check(Action<int> holds) =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(60).WithReplay(20261130, 7));

    private static byte[] Bytes(Baseline baseline)
    {
        using var stream = new MemoryStream();
        BaselineFile.Write(baseline, stream);
        return stream.ToArray();
    }

    private sealed record Seen(string Value, ulong Device, int Day, BaselineCounts Counts);
}
