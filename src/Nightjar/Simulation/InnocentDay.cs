using Nightjar.Scenarios;

namespace Nightjar.Simulation;

/// <summary>What one device tells on a day on which nothing happens to it.</summary>
internal sealed class InnocentDay(SimulationSpec spec, SimulatedDevice device, int day)
{
    private static readonly Behaviour Night = new("""
        +0 lock
        +1 screen_off
        """);

    private static readonly Behaviour Morning = new("""
        +0 screen_on
        +2 unlock
        +3 interaction
        """);

    // A legitimate integration that few use: now and then, on some device, an app goes where it hardly ever was.
    private static readonly Behaviour[] RareOnes = [.. new[] { "hooks.zapier.com", "api.trello.com", "up.transfer.sh", "bin.dpaste.org", "git.gitlab.com", "api.notion.so" }.Select(RareTo)];

    public IEnumerable<ScenarioEvent> Events()
    {
        var number = 0;
        foreach (var item in Rhythm()) yield return item;
        foreach (var app in InnocentApps.All.Where(app => app.IsAndroid == device.IsAndroid))
        {
            foreach (var item in Of(app, number)) yield return item;
            number++;
        }
        foreach (var item in Rare()) yield return item;
    }

    private IEnumerable<ScenarioEvent> Rhythm()
    {
        var draw = new Draw(spec.Seed, day, device.Number);
        var (night, morning) = (Minutes(draw.Between(22 * 60, 23 * 60)), Minutes(draw.Between(5 * 60 + 30, 7 * 60)));
        return [.. Morning.Happen(device, "", morning, Id("morning")), .. Night.Happen(device, "", night, Id("night"))];
    }

    private IEnumerable<ScenarioEvent> Of(InnocentApp app, int number)
    {
        var draw = new Draw(spec.Seed, day, device.Number, number);
        if (day % 7 == 0) foreach (var item in Inventory(app).Happen(device, app.Name, Minutes(12 + number), Id(app.Name + "/inventory"))) yield return item;
        var times = draw.Between(app.TimesADay.Least, app.TimesADay.Most);
        for (var time = 0; time < times; time++)
        {
            // Each in its own part of the day, or two at once would be one.
            var part = 20 * 60 / times;
            var at = Minutes(30 + time * part + draw.Below(Math.Max(1, part - 240)));
            foreach (var item in app.Works.Happen(device, app.Name, at, Id($"{app.Name}/sync/{time}"), draw)) yield return item;
        }
        if (app.Use is not { } use || !draw.Percent(app.UsePercent)) yield break;
        foreach (var item in use.Happen(device, app.Name, Minutes(8 * 60 + draw.Below(12 * 60)), Id(app.Name + "/use"), draw)) yield return item;
    }

    private static Behaviour Inventory(InnocentApp app) => new(
        $"+0 inventory log={(app.IsAndroid ? "android" : "iOS")}:MDMLog app.version=4.2 app.signer={app.Name.Length:x2}51a7e0 app_category={app.Category} install_source={app.Source} managed_app={(app.IsManaged ? "true" : "false")}");

    private IEnumerable<ScenarioEvent> Rare()
    {
        var draw = new Draw(spec.Seed, day, device.Number, int.MaxValue - 1);
        if (!draw.Percent(4)) return [];
        return RareOnes[draw.Below(RareOnes.Length)].Happen(device, device.IsAndroid ? "com.example.notes" : "org.example.diary", Minutes(draw.Between(1, 4) * 60 + draw.Below(60)), Id("rare"), draw);
    }

    private static Behaviour RareTo(string host) => new($"""
        -3 app_state state=background
        +0 job job.name=export
        +2 flow for=2s dst_endpoint.hostname={host} traffic.bytes_in=5KB traffic.bytes_out=8KB
        """);

    private TimeSpan Minutes(int minutes) => TimeSpan.FromDays(day) + TimeSpan.FromMinutes(minutes);

    private string Id(string what) => $"{device.Uid}/{day}/{what}";
}
