using Nightjar.Engine;
using Nightjar.Events;
using Xunit;

namespace Nightjar.Tests.Engine;

/// <summary>Events that wait unasked: the way back to those of an app and of a device, held against lists of them.</summary>
public sealed class UnaskedEventsTests
{
    private readonly SymbolTable _symbols = new();
    private readonly AppIndex _apps = new();
    private readonly EventBatch _batch;

    public UnaskedEventsTests() => _batch = new EventBatch(_symbols);

    /// <summary>More and fewer wait by turns, so that the ring grows, goes round and is made small again.</summary>
    [Fact]
    public void From_the_last_of_an_app_or_device_the_way_leads_to_all_that_wait()
    {
        var random = new Random(7);
        var unasked = new UnaskedEvents(UnaskedEvents.Most);
        DeviceTrack[] devices = [Device("d1"), Device("d2")];
        AppTrack[] apps = [.. devices.SelectMany(device => new[] { "a", "b", "c" }.Select(name => device.App(_symbols.Intern(name.AsSpan()))))];
        List<(long Number, AppTrack App, int Port)> expected = [];
        for (var i = 0; i < 60_000; i++)
        {
            var isFilling = i / 20_000 % 2 == 0;
            if (random.Next(100) < (isFilling ? 97 : 20))
            {
                var app = apps[random.Next(apps.Length)];
                expected.Add((unasked.Next, app, i));
                Assert.True(unasked.TryAdd(new UnaskedEvent { Track = app, Row = (ushort)random.Next(3) }, Event(app, i)[0]));
            }
            else if (expected.Count > 0)
            {
                Assert.Null(unasked.TakeFirst());
                expected.RemoveAt(0);
            }
            if (i % 997 != 0) continue;
            foreach (var app in apps) Assert.Equal(expected.Where(item => item.App == app).Select(item => item.Number).Reverse(), Walk(unasked.LastOf(app), unasked.BeforeOfApp));
            foreach (var device in devices) Assert.Equal(expected.Where(item => item.App.Device == device).Select(item => item.Number).Reverse(), Walk(unasked.LastOf(device), unasked.BeforeOfDevice));
            foreach (var (number, _, port) in expected.Take(50))
            {
                Assert.True(unasked.View(number).TryGetInteger(FieldId.DstPort, out var held));
                Assert.Equal(port, held);
            }
        }
        Assert.Equal(unasked.Next - unasked.First, expected.Count);
    }

    [Fact]
    public void The_kinds_of_an_app_are_those_of_what_waits_and_begin_anew_when_nothing_does()
    {
        var unasked = new UnaskedEvents(UnaskedEvents.Most);
        var app = Device("d1").App(_symbols.Intern("a".AsSpan()));
        foreach (var row in new ushort[] { 1, 2 }) unasked.TryAdd(new UnaskedEvent { Track = app, Row = row }, Event(app, row)[0]);
        Assert.Equal(ChainsInSightMemo.BitOf(1) | ChainsInSightMemo.BitOf(2), app.UnaskedRows);
        unasked.TakeFirst();
        unasked.TakeFirst();
        unasked.TryAdd(new UnaskedEvent { Track = app, Row = 3 }, Event(app, 3)[0]);
        Assert.Equal(ChainsInSightMemo.BitOf(3), app.UnaskedRows);
        Assert.Equal(1, unasked.Count(app));
    }

    /// <summary>What was known at an event is what was known before the first that told something after it.</summary>
    [Fact]
    public void What_was_known_of_a_device_at_an_event_is_remembered_once_for_all_its_events()
    {
        var (device, earlier) = (Device("d1"), new EarlierContexts());
        foreach (var (last, locked) in new[] { (5L, Tri.Unknown), (5L, Tri.True), (9L, Tri.False) })
        {
            device.LastUnasked = last;
            device.Restore(locked, Tri.Unknown, Tri.Unknown, Tri.Unknown, Instant.Min, Instant.Min);
            earlier.Remember(device);
        }
        Assert.Equal(Tri.Unknown, EarlierContexts.At(device, 4)?.IsLocked);
        Assert.Equal(Tri.Unknown, EarlierContexts.At(device, 5)?.IsLocked);
        Assert.Equal(Tri.False, EarlierContexts.At(device, 6)?.IsLocked);
        Assert.Null(EarlierContexts.At(device, 10));
        earlier.Forget(6);
        Assert.Equal(Tri.False, EarlierContexts.At(device, 6)?.IsLocked);
        earlier.Forget(10);
        Assert.Null(device.Earlier);
    }

    private DeviceTrack Device(string name) => new(_symbols.Intern(name.AsSpan()), _apps);

    private EventBatch Event(AppTrack app, int port)
    {
        _batch.Clear();
        _batch.Begin(EventClass.NetworkActivity, 6, Instant.FromMillis(1000L + port), 1, port);
        (_batch.Current.Device, _batch.Current.App) = (app.Device.Device, app.App);
        _batch.SetInteger(FieldId.DstPort, port);
        _batch.Commit();
        return _batch;
    }

    private static List<long> Walk(long number, Func<long, long> before)
    {
        List<long> way = [];
        for (; number != 0; number = before(number)) way.Add(number);
        return way;
    }
}
