using Nightjar.Events;
using Nightjar.Findings;
using Xunit;

namespace Nightjar.Tests.Sources.Logcat;

public sealed class LogcatKernelTests
{
    private const string Levels = "c214,c256,c512,c768";

    private static string Avc(string verdict, string permissions, string attributes, string audit = "0.0:77") =>
        $"02-27 10:00:00.000  4711  4712 W Thread-3: type=1400 audit({audit}): avc:  {verdict}  {{ {permissions} }} for  {attributes}\n";

    private static string Contexts(string source = "untrusted_app_29", string target = "app_data_file", string kind = "file") =>
        $"scontext=u:r:{source}:s0:{Levels} tcontext=u:object_r:{target}:s0:{Levels} tclass={kind}";

    [Theory]
    [InlineData("execmem")]
    [InlineData("execute_no_trans")]
    [InlineData("execmod")]
    [InlineData("execute")]
    public void A_denial_is_a_decision_of_its_permission(string permission)
    {
        var decision = LogcatText.ReadOne(Avc("denied", permission, $"path=\"/data/user/0/com.example.courier/files/run\" dev=\"dm-5\" ino=991 {Contexts()} permissive=0 app=com.example.courier"));
        Assert.Equal(EventClass.KernelDecision, decision.Class);
        Assert.Equal(permission, decision[FieldId.KernelName]);
        Assert.Equal("/data/data/com.example.courier/files/run", decision[FieldId.KernelPath]);
        Assert.Equal(2L, decision[FieldId.ActionId]);
        Assert.Equal("com.example.courier", decision.App);
        Assert.Equal(AppGrade.Package, decision.State.AppGrade);
    }

    [Fact]
    public void Native_code_from_an_apps_own_data_is_a_load_as_well()
    {
        var reading = LogcatText.Read(Avc("granted", "execute", $"path=\"/data/data/com.example.courier/files/libdrop.so\" dev=\"dm-5\" ino=9 {Contexts()} app=com.example.courier"));
        Assert.Equal([EventClass.KernelDecision, EventClass.ModuleActivity], reading.Events.Select(item => item.Class));
        Assert.Equal(1L, reading.Events[0][FieldId.ActionId]);
        var load = reading.Events[1];
        Assert.Equal(1, load.Activity);
        Assert.Equal("/data/data/com.example.courier/files/libdrop.so", load[FieldId.ModulePath]);
        Assert.Equal("so", load[FieldId.ModuleType]);
        Assert.Equal("com.example.courier", load.App);
        Assert.NotEqual(reading.Events[0].Uid, load.Uid);
    }

    [Theory]
    [InlineData("denied", "execute", "untrusted_app_29", "app_data_file", "path=\"/data/data/a.b/x.so\"")]
    [InlineData("granted", "read", "untrusted_app_29", "app_data_file", "path=\"/data/data/a.b/x.so\"")]
    [InlineData("granted", "execute", "platform_app", "app_data_file", "path=\"/data/data/a.b/x.so\"")]
    [InlineData("granted", "execute", "untrusted_app_29", "apk_data_file", "path=\"/data/data/a.b/x.so\"")]
    [InlineData("granted", "execute", "untrusted_app_29", "app_data_file", "name=\"sh\"")]
    public void Other_decisions_are_no_loads(string verdict, string permission, string source, string target, string file) =>
        Assert.Equal(EventClass.KernelDecision, LogcatText.ReadOne(Avc(verdict, permission, $"{file} {Contexts(source, target)}")).Class);

    [Fact]
    public void Each_permission_is_a_decision_of_its_own()
    {
        var reading = LogcatText.Read(Avc("denied", "read execute", $"name=\"tool\" {Contexts()}"));
        Assert.Equal(["read", "execute"], reading.Events.Select(item => item[FieldId.KernelName]));
        Assert.NotEqual(reading.Events[0].Uid, reading.Events[1].Uid);
        Assert.Equal("tool", reading.Events[0][FieldId.KernelPath]);
    }

    [Fact]
    public void The_kernels_time_goes_before_the_lines()
    {
        var decision = LogcatText.ReadOne(Avc("denied", "execmem", Contexts(kind: "process"), "1772186399.035:83577"));
        Assert.Equal(new Instant(1_772_186_399_035_000), decision.Time);
        Assert.Equal(TimeBasis.Stated, decision.State.TimeBasis);
    }

    [Fact]
    public void A_time_of_zero_is_none()
    {
        var decision = LogcatText.ReadOne(Avc("denied", "execmem", Contexts(kind: "process")));
        Assert.Equal(LogcatText.At(2026, 2, 27, 10, 0, 0, 0), decision.Time);
        Assert.Equal(TimeBasis.Assumed, decision.State.TimeBasis);
    }

    [Fact]
    public void A_path_in_hexadecimal_is_decoded()
    {
        var path = "/data/data/com.example.courier/files/my tool.so";
        var hex = Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(path));
        Assert.Equal(path, LogcatText.ReadOne(Avc("denied", "execute", $"path={hex} {Contexts()}"))[FieldId.KernelPath]);
        Assert.Equal("a b", LogcatText.ReadOne(Avc("denied", "execute", $"comm=\"x\" name=612062 {Contexts()}"))[FieldId.KernelPath]);
    }

    [Theory]
    [InlineData("path=socket:[12345]", "socket:[12345]")]
    [InlineData("path=\"2F61\"", "2F61")]
    [InlineData("path=ABC", "ABC")]
    [InlineData("path=(null)", null)]
    public void What_is_not_hexadecimal_stays_as_it_is(string attribute, string? path) =>
        Assert.Equal(path, LogcatText.ReadOne(Avc("denied", "read", $"{attribute} {Contexts()}"))[FieldId.KernelPath]);

    [Fact]
    public void Levels_tell_the_app_when_nothing_else_does()
    {
        var decision = LogcatText.ReadOne(Avc("denied", "execmem", "scontext=u:r:untrusted_app:s0:c176,c257,c522,c768 tcontext=u:r:untrusted_app:s0:c176,c257,c522,c768 tclass=process"));
        Assert.Equal("uid:1010432", decision.App);
        Assert.Equal(AppGrade.Uid, decision.State.AppGrade);
    }

    [Fact]
    public void Levels_and_a_known_start_tell_the_package()
    {
        var start = "02-27 09:00:00.000   612   640 I am_proc_start: [0,99,10214,com.example.courier,service,{com.example.courier/.Sync}]\n";
        var reading = LogcatText.Read(start + Avc("denied", "execmem", Contexts(kind: "process")));
        Assert.Equal("com.example.courier", reading.Events[1].App);
        Assert.Equal(AppGrade.Uid, reading.Events[1].State.AppGrade);
    }

    [Fact]
    public void The_owner_of_the_folder_corrects_a_package_that_logd_mixed_up()
    {
        var decision = LogcatText.ReadOne(Avc("denied", "execute", $"path=\"/data/data/com.example.courier/x.so\" {Contexts()} app=com.example.neighbour"));
        Assert.Equal("com.example.courier", decision.App);
    }

    [Fact]
    public void A_foreign_folder_corrects_nothing()
    {
        const string contexts = $"scontext=u:r:untrusted_app:s0:{Levels} tcontext=u:object_r:app_data_file:s0:c9,c257,c512,c768 tclass=file";
        var decision = LogcatText.ReadOne(Avc("denied", "read", $"path=\"/data/data/com.example.victim/x\" {contexts} app=com.example.courier"));
        Assert.Equal("com.example.courier", decision.App);
    }

    [Fact]
    public void The_two_copies_that_logd_writes_are_one_event()
    {
        var main = Avc("denied", "execute", $"path=\"/data/data/a.b/x\" dev=\"dm-5\" {Contexts()} app=a.b");
        var events = "02-27 10:00:00.000  4711  4711 I auditd  : type=1400 audit(0.0:77): avc:  denied  { execute } for  comm=\"Thread-3\" "
            + $"path=\"/data/data/a.b/x\" dev=\"dm-5\" {Contexts()} app=a.b\n";
        Assert.Single(LogcatText.Read(main + events).Events.Select(item => item.Uid).Distinct());
        Assert.Equal(2, LogcatText.Read(main + Avc("denied", "execute", $"path=\"/data/data/a.b/y\" {Contexts()} app=a.b")).Events.Select(item => item.Uid).Distinct().Count());
    }

    [Fact]
    public void Lines_of_the_kernels_buffer_and_of_services_are_read_too()
    {
        Assert.Equal("execmod", LogcatText.ReadOne($"02-27 10:00:00.000     0     0 W audit   : audit: type=1400 audit(5.0:1): avc: denied {{ execmod }} for {Contexts()}\n")[FieldId.KernelName]);
        Assert.Equal("find", LogcatText.ReadOne($"02-27 10:00:00.000   500   500 E SELinux : avc:  denied  {{ find }} for pid=4711 uid=10214 name=vold {Contexts(kind: "service_manager")}\n")[FieldId.KernelName]);
    }

    [Theory]
    [InlineData("someone wrote avc:  denied  { execmem } for scontext=u:r:a:s0 tcontext=u:r:a:s0 tclass=process")]
    [InlineData("type=1400 audit(0.0:1): avc:  denied  { execmem for scontext=u:r:a:s0")]
    [InlineData("type=1400 audit(0.0:1): avc:  denied  { } for scontext=u:r:a:s0 tclass=process")]
    [InlineData("type=1400 audit(0.0:1): avc:  pondered  { read } for scontext=u:r:a:s0 tclass=process")]
    [InlineData("type=1400 audit(0.0:1): avc:  denied  { read } for")]
    public void What_only_resembles_a_decision_stays_a_line(string message) =>
        Assert.Equal(EventClass.LogLine, LogcatText.ReadOne($"02-27 10:00:00.000  4711  4712 W a       : {message}\n").Class);
}
