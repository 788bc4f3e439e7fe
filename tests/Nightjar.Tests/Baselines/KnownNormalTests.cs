using Nightjar.Baselines;
using Nightjar.Events;
using Xunit;

namespace Nightjar.Tests.Baselines;

/// <summary>When what was seen counts as normal.</summary>
public sealed class KnownNormalTests
{
    private const string App = "com.example.torch";
    private const int Today = 20_500;

    private readonly SymbolTable _symbols = new();
    private readonly BaselineBuilder _builder = new();

    [Fact]
    public void Without_the_app_and_while_it_is_young_nothing_is_known()
    {
        Assert.Equal(Tri.Unknown, Ask("a.example", "phone-1"));
        Seen(App, BaselineKind.App, "", "phone-1", 20, 0);
        Seen(App, BaselineKind.Destination, "a.example", "phone-1", 20, 0);
        Assert.Equal(Tri.Unknown, Ask("a.example", "phone-1"));
    }

    [Fact]
    public void What_three_devices_showed_a_week_ago_is_normal_on_every_device()
    {
        Mature();
        foreach (var device in new[] { "phone-1", "phone-2", "phone-3" }) Seen(App, BaselineKind.Destination, "a.example", device, 7, 7);
        foreach (var device in new[] { "phone-1", "phone-2", "phone-3" }) Seen(App, BaselineKind.Destination, "fresh.example", device, 6, 0);
        foreach (var device in new[] { "phone-1", "phone-2" }) Seen(App, BaselineKind.Destination, "two.example", device, 7, 7);
        Assert.Equal(Tri.True, Ask("a.example", "phone-9"));
        Assert.Equal(Tri.True, Ask("www.a.example", "phone-9"));
        Assert.Equal(Tri.False, Ask("fresh.example", "phone-1"));
        Assert.Equal(Tri.False, Ask("two.example", "phone-1"));
        Assert.Equal(Tri.False, Ask("never.example", "phone-1"));
    }

    [Fact]
    public void What_one_device_does_for_weeks_is_normal_on_that_device_only()
    {
        Mature();
        Seen(App, BaselineKind.Destination, "own.example", "phone-1", 25, 1);
        Assert.Equal(Tri.True, Ask("own.example", "phone-1"));
        Assert.Equal(Tri.False, Ask("own.example", "phone-2"));
    }

    [Fact]
    public void Two_weeks_of_light_talk_to_a_relay_do_not_make_it_normal()
    {
        Mature();
        Seen(App, BaselineKind.Destination, "relay.example", "phone-1", 14, 0);
        Assert.Equal(Tri.False, Ask("relay.example", "phone-1"));
    }

    [Fact]
    public void What_was_not_seen_for_long_is_normal_no_more()
    {
        Mature();
        foreach (var device in new[] { "phone-1", "phone-2", "phone-3" }) Seen(App, BaselineKind.Destination, "old.example", device, 190, 185);
        foreach (var device in new[] { "phone-1", "phone-2", "phone-3" }) Seen(App, BaselineKind.Destination, "once.example", device, 120, 120);
        Assert.Equal(Tri.False, Ask("old.example", "phone-1"));
        Assert.Equal(Tri.False, Ask("once.example", "phone-1"));
    }

    [Fact]
    public void A_question_is_answered_as_of_its_time()
    {
        Mature();
        foreach (var device in new[] { "phone-1", "phone-2", "phone-3" }) Seen(App, BaselineKind.Destination, "a.example", device, 10, 0);
        Assert.Equal(Tri.True, Ask("a.example", "phone-1"));
        Assert.Equal(Tri.False, Ask("a.example", "phone-1", daysAgo: 5));
        Assert.Equal(Tri.Unknown, Ask("a.example", "phone-1", daysAgo: 60));
    }

    [Fact]
    public void Service_classes_are_asked_alike()
    {
        Mature();
        foreach (var device in new[] { "phone-1", "phone-2", "phone-3" }) Seen(App, BaselineKind.ServiceClass, "messaging", device, 9, 9);
        var normal = Normal();
        var who = Who("phone-1", 0);
        Assert.Equal(Tri.True, normal.HasUsed(in who, _symbols.Intern("messaging")));
        Assert.Equal(Tri.False, normal.HasUsed(in who, _symbols.Intern("paste")));
    }

    [Fact]
    public void The_rules_decide_how_long_it_takes_and_how_long_it_holds()
    {
        Seen(App, BaselineKind.App, "", "phone-1", 10, 0);
        foreach (var device in new[] { "phone-1", "phone-2", "phone-3" }) Seen(App, BaselineKind.Destination, "a.example", device, 10, 9);
        Assert.Equal(Tri.Unknown, Ask("a.example", "phone-1"));
        Assert.Equal(Tri.True, Ask("a.example", "phone-1", rules: BaselineRules.Default with { AppAge = 10 }));
        Assert.Equal(Tri.False, Ask("a.example", "phone-1", rules: BaselineRules.Default with { AppAge = 10, Horizon = 8 }));
        Assert.Equal(Tri.False, Ask("a.example", "phone-1", rules: BaselineRules.Default with { AppAge = 10, HalfLife = 1 }));
    }

    [Fact]
    public void People_are_told_the_same_as_analytics()
    {
        Mature();
        foreach (var device in new[] { "phone-1", "phone-2", "phone-3" }) Seen(App, BaselineKind.Destination, "a.example", device, 10, 0);
        Seen(App, BaselineKind.Destination, "own.example", "phone-1", 25, 0);
        Seen(App, BaselineKind.Destination, "fresh.example", "phone-1", 3, 0);
        Seen("com.example.young", BaselineKind.App, "", "phone-1", 3, 0);
        var baseline = _builder.Build();
        var reading = new BaselineReading(baseline, BaselineRules.Default);
        var at = Instant.FromMillis((Today + 1) * 86_400_000L);
        Assert.Equal([AppStanding.Mature, AppStanding.Young, AppStanding.Absent], new[] { App, "com.example.young", "com.example.none" }.Select(app => reading.StandingOf(app, at)));
        var standings = baseline.Of(App).Where(cell => cell.Kind == BaselineKind.Destination).ToDictionary(cell => cell.Value, cell => reading.StandingOf(cell, reading.DayAfter));
        Assert.Equal(new CellStanding(true, true, 0), standings["a.example"]);
        Assert.Equal(new CellStanding(true, false, 1), standings["own.example"]);
        Assert.Equal(new CellStanding(true, false, 0), standings["fresh.example"]);
    }

    private void Mature() => Seen(App, BaselineKind.App, "", "phone-1", 30, 0);

    private void Seen(string app, BaselineKind kind, string value, string device, int fromDaysAgo, int toDaysAgo)
    {
        for (var day = Today - fromDaysAgo; day <= Today - toDaysAgo; day++)
            _builder.Add(app, kind, value, DeviceNumber.Of(System.Text.Encoding.UTF8.GetBytes(device)), day, new BaselineCounts(1, 0, 0, 0));
    }

    private KnownNormal Normal(BaselineRules? rules = null) => new(_builder.Build(), rules ?? BaselineRules.Default, _symbols, host => string.Join('.', host.Split('.')[^2..]), NothingNormal.Instance);

    private Tri Ask(string host, string device, int daysAgo = 0, BaselineRules? rules = null)
    {
        var who = Who(device, daysAgo);
        return Normal(rules).HasBeenTo(in who, _symbols.Intern(host));
    }

    private EventHeader Who(string device, int daysAgo) => new()
    {
        App = _symbols.Intern(App),
        Device = _symbols.Intern(device),
        Time = Instant.FromMillis((Today - daysAgo) * 86_400_000L + 3_600_000),
    };
}
