using System.Globalization;
using Nightjar.Events;
using Nightjar.Sources.Android;
using Nightjar.Sources.Logcat;
using Xunit;

namespace Nightjar.Tests.Sources.Logcat;

public sealed class LogcatProcessTests
{
    private static string System(double second, string tag, string message) =>
        string.Create(CultureInfo.InvariantCulture, $"02-27 10:00:{second:00.000}   612   640 I {tag,-8}: {message}\n");

    private static string Said(double second, int pid, string uid = "") =>
        string.Create(CultureInfo.InvariantCulture, $"02-27 10:00:{second:00.000} {uid} {pid} {pid} D App     : words\n");

    private static string Started(double second, int pid, int uid, string process) =>
        System(second, "am_proc_start", string.Create(CultureInfo.InvariantCulture, $"[0,{pid},{uid},{process},service,{{{process.Split(':')[0]}/.Main}}]"));

    [Theory]
    [InlineData("am_proc_start", "[0,4711,10214,com.example.courier:sync,service,{com.example.courier/.Sync}]", AppGrade.Package)]
    [InlineData("am_proc_start", "[User=0,PID=4711,UID=10214,Process Name=com.example.courier:sync,Type=service,Component={com.example.courier/.Sync}]", AppGrade.Package)]
    [InlineData("am_proc_start", "[0,4711,10214,com.example.courier:sync,added application,null]", AppGrade.ProcessName)]
    [InlineData("ActivityManager", "Start proc 4711:com.example.courier:sync/u0a214 for service {com.example.courier/com.example.courier.Sync}", AppGrade.Package)]
    [InlineData("ActivityManager", "Start proc com.example.courier:sync for service com.example.courier/.Sync: pid=4711 uid=10214 gids={50214, 3003}", AppGrade.Package)]
    public void A_start_is_a_launch_with_process_and_app(string tag, string message, AppGrade grade)
    {
        var launch = LogcatText.ReadOne(System(0, tag, message));
        Assert.Equal((EventClass.ProcessActivity, 1), (launch.Class, launch.Activity));
        Assert.Equal("com.example.courier:sync", launch[FieldId.ProcessName]);
        Assert.Equal(4711L, launch[FieldId.ProcessId]);
        Assert.Equal(("com.example.courier", grade), (launch.App, launch.State.AppGrade));
    }

    [Fact]
    public void A_start_told_in_both_buffers_is_one_launch()
    {
        var reading = LogcatText.Read(Started(0, 4711, 10214, "a.b") + System(0.001, "ActivityManager", "Start proc 4711:a.b/u0a214 for service {a.b/.Main}"));
        Assert.Equal([EventClass.ProcessActivity, EventClass.LogLine], reading.Events.Select(item => item.Class));
    }

    [Fact]
    public void A_start_told_in_two_files_has_one_id()
    {
        var events = LogcatText.ReadOne(Started(0, 4711, 10214, "a.b"));
        var words = LogcatText.ReadOne(System(0, "ActivityManager", "Start proc 4711:a.b/u0a214 for service {a.b/.Main}"));
        Assert.Equal(events.Uid, words.Uid);
    }

    [Fact]
    public void Later_lines_of_the_process_are_the_apps()
    {
        var line = LogcatText.Read(Started(0, 4711, 10214, "a.b") + Said(5, 4711)).Events[1];
        Assert.Equal(("a.b", AppGrade.ProcessName), (line.App, line.State.AppGrade));
        Assert.Equal(10214L, line[FieldId.EmitterUid]);
    }

    [Theory]
    [InlineData("am_proc_died", "[0,4711,a.b,915,19]")]
    [InlineData("am_kill", "[0,4711,a.b,915,empty #17]")]
    [InlineData("ActivityManager", "Process a.b (pid 4711) has died: cch CRE")]
    [InlineData("ActivityManager", "Killing 4711:a.b/u0a214 (adj 900): empty #17")]
    [InlineData("Zygote", "Process 4711 exited due to signal 9 (Killed)")]
    public void After_its_end_the_number_is_nobodys(string tag, string message)
    {
        var reading = LogcatText.Read(Started(0, 4711, 10214, "a.b") + Said(1, 4711) + System(2, tag, message) + Said(3, 4711));
        Assert.Equal(["a.b", "a.b", null, null], reading.Events.Select(item => item.App));
    }

    [Fact]
    public void A_number_used_again_is_the_new_app_from_then_on()
    {
        var reading = LogcatText.Read(Started(0, 4711, 10214, "a.b") + Started(10, 4711, 10300, "c.d") + Said(11, 4711) + Said(5, 4711));
        Assert.Equal(["c.d", "a.b"], reading.Events.Skip(2).Select(item => item.App));
    }

    [Fact]
    public void Lines_long_before_the_start_are_not_the_apps() =>
        Assert.Null(LogcatText.Read(Started(10, 4711, 10214, "a.b") + Said(5, 4711)).Events[1].App);

    [Fact]
    public void Lines_just_before_the_end_of_the_start_are_the_apps() =>
        Assert.Equal("a.b", LogcatText.Read(Started(10, 4711, 10214, "a.b") + Said(9.9, 4711)).Events[1].App);

    [Fact]
    public void A_number_under_another_user_id_is_another_process() =>
        Assert.Null(LogcatText.Read(Started(0, 4711, 10214, "a.b") + Said(5, 4711, "10400")).Events[1].App);

    [Fact]
    public void A_printed_user_id_names_the_app_that_was_seen_with_it()
    {
        var line = LogcatText.Read(Started(0, 4711, 10214, "a.b") + Said(5, 5000, "u0_a214")).Events[1];
        Assert.Equal(("a.b", AppGrade.Uid), (line.App, line.State.AppGrade));
    }

    [Fact]
    public void A_user_id_that_apps_share_names_none() =>
        Assert.Null(LogcatText.Read(Started(0, 1, 10214, "a.b") + Started(1, 2, 10214, "c.d") + Said(5, 5000, "10214")).Events[2].App);

    [Fact]
    public void Isolated_processes_are_their_components_app()
    {
        var reading = LogcatText.Read(System(0, "am_proc_start", "[0,4711,99012,org.example.view:sandboxed_process0,,{org.example.view/.Sandbox0:0}]") + Said(1, 4711) + Said(2, 5000, "99012"));
        Assert.Equal(["org.example.view", "org.example.view", null], reading.Events.Select(item => item.App));
    }

    [Fact]
    public void Without_times_the_order_of_lines_decides()
    {
        var reading = LogcatText.Read("I/App( 4711): x\nI/am_proc_start( 612): [0,4711,10214,a.b,service,{a.b/.Main}]\nI/App( 4711): x\nI/am_proc_died( 612): [0,4711,a.b,9,9]\nI/App( 4711): x\n");
        Assert.Equal([null, "a.b", "a.b", null, null], reading.Events.Select(item => item.App));
    }

    [Fact]
    public void An_app_cannot_tell_of_starts_and_ends()
    {
        var forged = "02-27 10:00:05.000 10666  6660  6661 I am_proc_start: [0,4711,10214,com.example.innocent,service,{com.example.innocent/.Main}]\n";
        var reading = LogcatText.Read(Started(0, 4711, 10214, "a.b") + forged + forged.Replace("am_proc_start", "am_proc_died ", StringComparison.Ordinal) + Said(6, 4711));
        Assert.Equal([EventClass.ProcessActivity, EventClass.LogLine, EventClass.LogLine, EventClass.LogLine], reading.Events.Select(item => item.Class));
        Assert.Equal("a.b", reading.Events[3].App);
    }

    [Fact]
    public void The_map_is_bounded_and_says_so()
    {
        var map = new ProcessMap();
        for (var pid = 1; pid <= ProcessMap.MaxEntries; pid++) map.Start(pid, 1000, "a"u8, default, 0);
        Assert.False(map.IsFull);
        map.Start(ProcessMap.MaxEntries + 1, 1000, "a"u8, default, 0);
        Assert.True(map.IsFull);
        Assert.Null(map.Find(ProcessMap.MaxEntries + 1, -1, 1));
        for (var life = 1; life < 100; life++) map.Start(1, 1000, "a"u8, default, life * 10_000_000L);
        var depth = 0;
        for (var known = map.Find(1, -1, long.MaxValue - 1); known is not null; known = known.Before) depth++;
        Assert.InRange(depth, 2, 8);
    }
}
