using System.Globalization;
using System.Text;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sources;
using Nightjar.Sources.Dumpstate;
using Xunit;

namespace Nightjar.Tests.Sources.Dumpstate;

public sealed class DumpstateTests
{
    private const string App = "com.example.courier";

    [Fact]
    public void Logs_before_the_zone_get_it_all_the_same()
    {
        var before = Read(DumpstateText.Header + DumpstateText.Log + DumpstateText.Zone);
        var after = Read(DumpstateText.Header + DumpstateText.Zone + DumpstateText.Log);
        Assert.Equal(after.Events.Select(item => item.Time), before.Events.Select(item => item.Time));
        Assert.Equal(Time("2026-02-27T09:59:01.250Z"), before.Events[0].Time);
        Assert.All(before.Events, item => Assert.Equal(TimeBasis.Stated, item.State.TimeBasis));
    }

    [Fact]
    public void Without_a_zone_times_are_assumed_and_say_so()
    {
        var reading = Read(DumpstateText.Header + DumpstateText.Log);
        Assert.Equal(Time("2026-02-27T10:59:01.250Z"), reading.Events[0].Time);
        Assert.All(reading.Events, item => Assert.Equal(TimeBasis.Assumed, item.State.TimeBasis));
    }

    [Fact]
    public void The_alarm_service_tells_the_offset_where_nothing_names_the_zone()
    {
        const string Alarm = "DUMP OF SERVICE alarm:\nCurrent Alarm Manager state:\n  nowRTC=1772186400000=2026-02-27 05:00:00.000 nowELAPSED=1\n";
        var reading = Read("DUMP OF SERVICE a:\n" + Alarm + DumpstateText.AppOps);
        Assert.Equal(Time("2026-02-27T08:00:00.500Z"), reading.Events[0].Time);
        Assert.Equal(TimeBasis.Stated, reading.Events[0].State.TimeBasis);
    }

    [Fact]
    public void A_zone_that_is_not_known_is_reported()
    {
        var reading = Read(DumpstateText.Header + DumpstateText.Zone.Replace("Europe/Zurich", "Moon/Base", StringComparison.Ordinal) + DumpstateText.Log);
        Assert.Equal(3 + 6, Assert.Single(reading.Of(AnomalyKind.BadValue)).Position);
        Assert.Equal(TimeBasis.Assumed, reading.Events[0].State.TimeBasis);
    }

    [Fact]
    public void Embedded_logs_tell_what_a_log_alone_tells()
    {
        var events = Read(DumpstateText.Header + DumpstateText.Zone + DumpstateText.Log).Events;
        Assert.Equal([EventClass.ProcessActivity, EventClass.ModuleActivity], events.Select(item => item.Class));
        Assert.Equal([App, App], events.Select(item => item.App));
    }

    [Fact]
    public void Usage_tells_who_is_in_front_by_the_order_of_lines()
    {
        var events = Section(DumpstateText.Usage);
        var states = events.Where(item => item.Class == EventClass.MobileState && item.State.AppState != AppState.Unknown).Select(item => item.State.AppState);
        // The old activity stops after the new one came; the service keeps the app in use when the last activity has gone.
        Assert.Equal([AppState.Foreground, AppState.Background, AppState.Foreground, AppState.ForegroundService, AppState.Background], states);
        Assert.Equal(events.Select(item => item.Provenance).Distinct().Count(), events.Count);
        Assert.All(events.Where(item => ((string)item[FieldId.Message]!).Contains("package=android", StringComparison.Ordinal)), item => Assert.Null(item.App));
        Assert.Equal(Time("2026-02-27T09:00:00Z"), events[0].Time);
    }

    [Fact]
    public void Usage_events_printed_twice_are_one()
    {
        var off = Section(DumpstateText.Usage).Where(item => item.State.IsScreenOn == Tri.False).ToList();
        Assert.Equal(2, off.Count);
        Assert.Equal(off[0].Uid, off[1].Uid);
    }

    [Fact]
    public void Uses_are_told_with_their_length_and_refusals_are_none()
    {
        var events = Section(DumpstateText.AppOps);
        var uses = events.Where(item => item.Class == EventClass.SensorUse).ToList();
        Assert.Equal(["microphone", "microphone"], uses.Select(item => (string)item[FieldId.Sensor]!));
        Assert.Equal(TimeSpan.FromSeconds(62.5), uses[0].End - uses[0].Time);
        Assert.Equal([AppState.Background, AppState.Foreground], uses.Select(item => item.State.AppState));
        Assert.Equal([EventClass.LogLine, EventClass.LogLine], events.Skip(2).Select(item => item.Class));
    }

    [Fact]
    public void Uses_of_old_versions_count_back_from_the_dump()
    {
        var use = Assert.Single(Section("DUMP OF SERVICE appops:\n  Uid 10214:\n    Package com.example.courier:\n      CAMERA: mode=0; time=+1h0m0s0ms ago; duration=+2s0ms\n"));
        Assert.Equal(Time("2026-02-27T09:00:00Z"), use.Time);
        Assert.Equal(Time("2026-02-27T09:00:02Z"), use.End);
    }

    [Theory]
    [InlineData("Access: [fg-s] 2026-02-27 03:00:00.500 (-8h0m6s500ms)", AppState.Unknown)]
    [InlineData("Access: [fgsvc-tpd] 2026-02-27 03:00:00.500 (-8h0m6s500ms) proxy[uid=10001, pkg=com.example.proxy, attributionTag=null]", AppState.ForegroundService)]
    [InlineData("Access: bg = 2026-02-27 03:00:00.500 (-8h0m6s500ms)", AppState.Background)]
    [InlineData("Access: [top-s]2026-02-27 03:00:00.500 (-8h0m6s500ms)", AppState.Foreground)]
    public void Uses_are_read_in_the_layouts_of_all_versions(string line, AppState state)
    {
        var use = Assert.Single(Section("DUMP OF SERVICE appops:\n  Uid u0a214:\n    Package com.example.courier:\n      CAMERA (allow / switch x=y):\n        " + line + "\n"));
        Assert.Equal((EventClass.SensorUse, Time("2026-02-27T02:00:00.500Z"), state), (use.Class, use.Time, use.State.AppState));
    }

    [Fact]
    public void A_package_tells_what_it_is_and_when_it_came()
    {
        var events = Section(DumpstateText.Packages).Where(item => item.App == App).ToList();
        Assert.Equal(
            [EventClass.ApplicationLifecycle, EventClass.ApplicationLifecycle, EventClass.SoftwareInfo, EventClass.UserAccess], events.Select(item => item.Class));
        // Summer time held when it was installed.
        Assert.Equal([Time("2025-07-20T06:30:00Z"), Time("2026-02-25T08:00:00Z")], events.Take(2).Select(item => item.Time));
        var inventory = events[2];
        Assert.Equal("1.7", inventory[FieldId.AppVersion]);
        Assert.Equal("com.example.store", inventory[FieldId.InstallerUid]);
        Assert.Equal(InstallSource.Sideload, inventory.State.InstallSource);
        Assert.Equal("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff", inventory[FieldId.AppSigner]);
        Assert.Equal(["android.permission.INTERNET", "android.permission.READ_SMS"], (string[])inventory[FieldId.Permissions]!);
        Assert.Equal(["android.permission.READ_SMS"], (string[])events[3][FieldId.Privileges]!);
        Assert.Null(events[0][FieldId.AppVersion]);
    }

    [Fact]
    public void What_came_with_the_system_was_not_installed_and_hidden_versions_are_not_there()
    {
        var events = Section(DumpstateText.Packages);
        var system = Assert.Single(events, item => item.App == "android");
        Assert.Equal(InstallSource.System, system.State.InstallSource);
        Assert.Null(system[FieldId.InstallerUid]);
        Assert.DoesNotContain(events, item => (string?)item[FieldId.AppVersion] == "0.9");
    }

    [Fact]
    public void Counters_are_counted_once_and_name_the_app()
    {
        var events = Read(DumpstateText.Header + DumpstateText.Zone + DumpstateText.AppOps + DumpstateText.NetStats).Events.Where(item => item.Class == EventClass.NetworkActivity).ToList();
        Assert.Equal([480_000L, 10L, 7L], events.Select(item => (long)item[FieldId.BytesIn]!));
        Assert.All(events, item => Assert.Equal(App, item.App));
        Assert.All(events, item => Assert.Null(item[FieldId.DstHostname]));
        Assert.Equal([AppState.Background, AppState.Background, AppState.Foreground], events.Select(item => item.State.AppState));
        Assert.Equal(TimeSpan.FromHours(2), events[0].End - events[0].Time);
        // The dump was made seven seconds after the hour; the last bucket had only begun.
        Assert.True(events[1].End == Time("2026-02-27T10:00:07Z"), events[1].End.ToString());
    }

    [Fact]
    public void Jobs_count_from_the_dump()
    {
        var events = Section(DumpstateText.Jobs);
        Assert.Equal([6, 99, 1], events.Select(item => (int)item.Activity));
        Assert.Equal(Time("2026-02-27T09:58:30Z"), events[2].Time);
        Assert.Equal(Time("2026-02-27T09:40:19.312Z"), events[0].Time);
        Assert.Equal($"{App}/.BarJobService", events[0][FieldId.JobName]);
        Assert.All(events, item => Assert.Equal(App, item.App));
    }

    [Fact]
    public void Special_access_is_told_of_each_holder()
    {
        var events = Section(DumpstateText.Settings);
        Assert.Equal([App, "com.example.keys"], events.Select(item => item.App));
        Assert.All(events, item => Assert.Equal(["accessibility"], (string[])item[FieldId.Privileges]!));
    }

    [Fact]
    public void A_download_is_a_transfer_and_a_file()
    {
        var events = Section(DumpstateText.Downloads);
        Assert.Equal([EventClass.NetworkActivity, EventClass.FileActivity, EventClass.NetworkActivity], events.Select(item => item.Class));
        Assert.Equal("https://cdn.courier.example/pkg/update.apk?x=1", events[0][FieldId.UrlText]);
        Assert.Equal("cdn.courier.example", events[0][FieldId.DstHostname]);
        Assert.Equal(16_600_000L, events[0][FieldId.BytesIn]);
        Assert.Equal("/storage/emulated/0/Download/update.apk", events[1][FieldId.FilePath]);
        Assert.Equal("apk", events[1][FieldId.FileMagic]);
        Assert.Null(events[2][FieldId.BytesIn]);
        Assert.All(events, item => Assert.Equal(App, item.App));
    }

    [Fact]
    public void Battery_history_tells_for_days_who_was_in_front()
    {
        var events = Section(DumpstateText.Battery);
        Assert.Equal([5, 1, 1, 6], events.Select(item => (int)item.Activity));
        Assert.Equal(Time("2026-02-26T16:56:19.315Z"), events[1].Time);
        Assert.Equal([AppState.Foreground, AppState.Background], events.Where(item => item.App is not null).Select(item => item.State.AppState));
    }

    [Theory]
    [InlineData("------ ------")]
    [InlineData("------  ------")]
    [InlineData("------ (x) ------")]
    [InlineData("DUMP OF SERVICE :")]
    [InlineData("DUMP OF SERVICE appops:\nUid :\n Package :\n Package a.b:\n  CAMERA (:\n Access: \n Access: [\n Running start at: ")]
    [InlineData("DUMP OF SERVICE jobscheduler:\nJOB #:\nJOB #1:\nJOB \n-1s START\n-1s START:\n-1s START: #\n-1s START: # x")]
    [InlineData("DUMP OF SERVICE package:\nPackages:\n  Package []\n  Package [\n  Package [a.b]\n:\n=\n   flags=[")]
    [InlineData("DUMP OF SERVICE netstats:\nident=\nident=] uid=1 tag=0x0\nst=\nst=1\nNetworkStatsHistory: bucketDuration=0")]
    [InlineData("DUMP OF SERVICE usagestats:\ntime=\ntime= type=\ntime=\" type=x\nuser=")]
    [InlineData("DUMP OF SERVICE batterystats:\nBattery History\n0 TIME: \n02-27 10:00:00.123x +top=\n+1s +top= -top=: +top=\"")]
    [InlineData("------ X (dumpsys activity provider) ------\nDownload #1:\n _id=1\nDownload #:\nlastmod=1 uri=://")]
    public void Stumps_of_lines_are_survived(string text)
    {
        Read(DumpstateText.Header + DumpstateText.Zone + text + "\n");
        Read(text);
    }

    [Fact]
    public void Lines_that_wait_for_the_zone_take_little_memory_and_come_back_as_they_were()
    {
        var line = "02-27 10:59:02.000 10214  5919  5919 I courier : all is well and so it will be for a while yet"u8;
        using var held = new HeldLines();
        for (var i = 1; i <= 300_000; i++) held.Add(line, i);
        Assert.InRange(held.Bytes, 0, 4 * 1024 * 1024);
        Assert.False(held.IsFull);
        for (var i = 1; i <= 300_000; i++) Assert.True(held.TryTake(out var back, out var number) && number == i && back.SequenceEqual(line));
        Assert.False(held.TryTake(out _, out _));
    }

    private static IReadOnlyList<EvidenceEvent> Section(string text) => Read(DumpstateText.Header + DumpstateText.Zone + text).Events;

    private static Reading Read(string text)
    {
        var reading = SourceContract.ReadAll(new DumpstateReader(), text);
        ReadingRules.Check(reading, "dump");
        return reading;
    }

    private static Instant Time(string text) => Instant.From(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture));
}
