using FsCheck;
using FsCheck.Fluent;
using Nightjar.Baselines;
using Xunit;

namespace Nightjar.Tests.Baselines;

/// <summary>What a baseline holds, however it was put together and wherever it was kept.</summary>
public sealed class BaselineTests
{
    private static readonly string[] Apps = ["com.example.torch", "com.example.mail", "\uffee.app", "\U0001F600.app"];
    private static readonly ulong[] Devices = [.. Enumerable.Range(0, 50).Select(DeviceAt)];
    private static readonly string[] Values = ["a.example", "b.example", "c.example", "\ud83d\ude00.example", "\uffee.example"];

    [Fact]
    public void Merging_gives_the_same_in_any_order_and_grouping() => Check(seed =>
    {
        Baseline a = Random(seed), b = Random(seed + 1), c = Random(seed + 2);
        var expected = Bytes(Baseline.Merge(a, b, c));
        Assert.Equal(expected, Bytes(Baseline.Merge(Baseline.Merge(a, b), c)));
        Assert.Equal(expected, Bytes(Baseline.Merge(a, Baseline.Merge(c, b))));
        Assert.Equal(expected, Bytes(Baseline.Merge(c, a, b)));
        Assert.Equal(Bytes(a), Bytes(Baseline.Merge(a, Baseline.Empty)));
    });

    [Fact]
    public void Observations_in_any_order_give_the_same() => Check(seed =>
    {
        var observations = Observations(seed).ToArray();
        var expected = Bytes(Build(observations));
        new Random(seed).Shuffle(observations);
        Assert.Equal(expected, Bytes(Build(observations)));
        Assert.Equal(expected, Bytes(Baseline.Merge(observations.Chunk(7).Select(Build))));
    });

    [Fact]
    public void A_file_gives_back_what_was_written() => Check(seed =>
    {
        var baseline = Random(seed);
        var bytes = Bytes(baseline);
        var back = BaselineFile.Read(new MemoryStream(bytes));
        Assert.Equal(bytes, Bytes(back));
        foreach (var app in Apps)
        {
            Assert.Equal(baseline.Of(app), back.Of(app));
            Assert.Equal(baseline.Hours(app), back.Hours(app));
            foreach (var device in Devices)
            {
                Assert.Equal(baseline.Of(app, device), back.Of(app, device));
                Assert.Equal(baseline.Hours(app, device), back.Hours(app, device));
            }
        }
    });

    [Fact]
    public void Every_cell_is_found_by_its_name()
    {
        var baseline = Random(4);
        for (var app = 0; app < baseline.AppCount; app++)
        {
            Assert.Equal(app, baseline.Find(baseline.AppName(app)));
            foreach (var cell in baseline.CellsOf(app))
                Assert.Equal(cell, baseline.Find(app, baseline.KindAt(cell), System.Text.Encoding.UTF8.GetBytes(baseline.ValueAt(cell))));
        }
    }

    [Fact]
    public void A_damaged_file_is_refused_and_never_read_as_something_else()
    {
        var bytes = Bytes(Random(9));
        var random = new Random(1);
        for (var i = 0; i < 3000; i++)
        {
            var damaged = bytes.ToArray();
            for (var n = random.Next(1, 4); n > 0; n--) damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            if (random.Next(3) == 0) damaged = damaged[..random.Next(damaged.Length)];
            try
            {
                BaselineFile.Read(new MemoryStream(damaged));
            }
            catch (InvalidDataException)
            {
                // As it must be; a damage that hits what the compression does not need is read as if it were not there.
            }
        }
    }

    [Fact]
    public void Devices_are_counted_exactly_below_the_bound_and_estimated_above_it()
    {
        Assert.Equal(5, Shared(5));
        Assert.Equal(31, Shared(31));
        Assert.InRange(Shared(400), 250, 600);

        static long Shared(int devices)
        {
            var builder = new BaselineBuilder();
            for (var i = 0; i < devices; i++)
                builder.Add(Apps[0], BaselineKind.Destination, "a.example", DeviceNumber.Of(BitConverter.GetBytes(i)), 20_000, default);
            return Assert.Single(builder.Build().Of(Apps[0])).Devices;
        }
    }

    [Fact]
    public void An_app_that_goes_everywhere_has_no_destinations_whatever_came_first()
    {
        var half = Many(0, 6000);
        var other = Many(5000, 11_000);
        Assert.False(half.IsBoundless(Apps[0], BaselineKind.Destination));
        Assert.True(Baseline.Merge(half, other).IsBoundless(Apps[0], BaselineKind.Destination));
        Assert.Empty(Baseline.Merge(half, other).Of(Apps[0]));
        Assert.Equal(Bytes(Baseline.Merge(half, other)), Bytes(Baseline.Merge(other, half, other)));

        static Baseline Many(int from, int to)
        {
            var builder = new BaselineBuilder();
            for (var i = from; i < to; i++) builder.Add(Apps[0], BaselineKind.Destination, $"h{i}.example", 7, 20_000, default);
            return builder.Build();
        }
    }

    [Fact]
    public void What_each_device_did_adds_up_to_what_all_did_whatever_the_order() => Check(seed =>
    {
        var observations = Observations(seed).Select(item => item with { Counts = item.Counts with { BytesOut = 3 } }).ToArray();
        var baseline = Baseline.Merge(observations.Chunk(5).Select(Build));
        foreach (var cell in Apps.SelectMany(baseline.Of))
        {
            var own = observations.Where(item => item.App == cell.App && item.Kind == cell.Kind && item.Value == cell.Value).ToArray();
            Assert.Equal(own.Sum(item => item.Counts.Times), cell.Counts.Times);
            Assert.Equal(own.Length * 3L, cell.Counts.BytesOut);
            foreach (var shown in Devices.SelectMany(device => baseline.Of(cell.App, device).Where(other => other.Kind == cell.Kind && other.Value == cell.Value).Select(other => (device, other))))
                Assert.Equal(own.Where(item => item.Device == shown.device).Sum(item => item.Counts.Times), shown.other.Counts.Times);
        }
    });

    [Fact]
    public void What_devices_counted_that_are_not_held_still_counts()
    {
        Baseline Of(int from, int to)
        {
            var builder = new BaselineBuilder();
            for (var i = from; i < to; i++) builder.Add(Apps[0], BaselineKind.App, "", DeviceNumber.Of(BitConverter.GetBytes(i)), 20_000, new BaselineCounts(1, 0, 10, 0));
            for (var i = from; i < to; i++) builder.AddHour(Apps[0], DeviceNumber.Of(BitConverter.GetBytes(i)), i % 24);
            return builder.Build();
        }

        var whole = Of(0, 200);
        Assert.Equal((200, 2000), (Assert.Single(whole.Of(Apps[0])).Counts.Times, whole.Of(Apps[0])[0].Counts.BytesIn));
        Assert.Equal(200, whole.Hours(Apps[0]).Sum());
        Assert.Equal(Bytes(whole), Bytes(Baseline.Merge(Of(120, 200), Of(0, 60), Of(60, 120))));
        Assert.Equal(32, Enumerable.Range(0, 200).Count(i => whole.Hours(Apps[0], DeviceNumber.Of(BitConverter.GetBytes(i))).Sum() == 1));
    }

    [Fact]
    public void Rules_that_cannot_be_meant_say_what_is_wrong()
    {
        Assert.Null(BaselineRules.Default.Fault);
        Assert.All(
            new[] { BaselineRules.Default with { HalfLife = 0 }, BaselineRules.Default with { HalfLife = double.NaN }, BaselineRules.Default with { Horizon = 0 }, BaselineRules.Default with { FleetDevices = 33 } },
            rules => Assert.NotNull(rules.Fault));
    }

    private static void Check(Action<int> holds) =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(60).WithReplay(20261121, 7));

    private static Baseline Random(int seed) => Build(Observations(seed));

    private static Baseline Build(IEnumerable<Observation> observations)
    {
        var builder = new BaselineBuilder();
        foreach (var item in observations)
        {
            builder.Add(item.App, item.Kind, item.Value, item.Device, item.Day, item.Counts);
            builder.AddHour(item.App, item.Device, item.Day % 24);
        }
        return builder.Build();
    }

    private static IEnumerable<Observation> Observations(int seed)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, random.Next(1, 120)).Select(_ => new Observation(
            Apps[random.Next(Apps.Length)], (BaselineKind)random.Next(4), Values[random.Next(Values.Length)], DeviceAt(random.Next(50)),
            20_000 + random.Next(100), new BaselineCounts(random.Next(5), random.Next(2), random.Next(1000), random.Next(9) == 0 ? long.MaxValue / 2 : 7)));
    }

    private static ulong DeviceAt(int number) => (ulong)number << 32 | 5;

    private static byte[] Bytes(Baseline baseline)
    {
        using var stream = new MemoryStream();
        BaselineFile.Write(baseline, stream);
        return stream.ToArray();
    }

    private sealed record Observation(string App, BaselineKind Kind, string Value, ulong Device, int Day, BaselineCounts Counts);
}
