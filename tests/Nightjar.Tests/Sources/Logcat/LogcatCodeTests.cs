using System.Security.Cryptography;
using System.Text;
using Nightjar.Events;
using Xunit;

namespace Nightjar.Tests.Sources.Logcat;

public sealed class LogcatCodeTests
{
    private static readonly string Content = new string('A', 62) + "09";

    private static string Hash(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Line(string tag, string message, char level = 'I') => $"02-27 10:00:00.000  4711  4712 {level} {tag,-8}: {message}\n";

    [Theory]
    [InlineData("snet_event_log")]
    [InlineData("1397638484")]
    [InlineData("[1397638484]")]
    public void The_daily_report_of_loaded_code_is_a_load_with_the_time_of_the_report(string tag)
    {
        var load = LogcatText.ReadOne(Line(tag, $"[dcl,10214,{Hash("classes.dex")} {Content}]"));
        Assert.Equal((EventClass.ModuleActivity, 1), (load.Class, load.Activity));
        Assert.Equal(TimeBasis.Reported, load.State.TimeBasis);
        Assert.Equal([Content.ToLowerInvariant()], Assert.IsType<string[]>(load[FieldId.ModuleHashes]));
        Assert.Equal("classes.dex", load[FieldId.ModulePath]);
        Assert.Equal("dex", load[FieldId.ModuleType]);
        Assert.Equal("uid:10214", load.App);
    }

    [Fact]
    public void The_daily_report_knows_native_code_quotes_and_missing_content()
    {
        var load = LogcatText.ReadOne(Line("snet_event_log", $"[dcln, 10214, \"{Hash("something else")}\"]"));
        Assert.Equal("so", load[FieldId.ModuleType]);
        Assert.Null(load[FieldId.ModuleHashes]);
        Assert.Null(load[FieldId.ModulePath]);
    }

    [Fact]
    public void The_daily_report_names_the_package_when_the_log_told_it()
    {
        var stop = Line("ActivityManager", "Force stopping com.example.courier appid=10214 user=0: from pid 77");
        Assert.Equal("com.example.courier", LogcatText.Read(stop + Line("snet_event_log", $"[dcl,10214,{Hash("base.apk")} {Content}]")).Events[1].App);
    }

    [Theory]
    [InlineData("[121035042,-1,]")]
    [InlineData("[dcl,10214,ABCD]")]
    [InlineData("[dcl,x,0000000000000000000000000000000000000000000000000000000000000000]")]
    [InlineData("[subtag=dcl]")]
    [InlineData("")]
    public void Other_security_reports_stay_lines(string message) =>
        Assert.Equal(EventClass.LogLine, LogcatText.ReadOne(Line("snet_event_log", message)).Class);

    [Fact]
    public void A_writable_dex_file_is_a_load()
    {
        var load = LogcatText.ReadOne(Line("ample.courier", "Attempt to load writable dex file: /data/user/0/com.example.courier/files/my code.jar", 'E'));
        Assert.Equal("/data/data/com.example.courier/files/my code.jar", load[FieldId.ModulePath]);
        Assert.Equal("dex", load[FieldId.ModuleType]);
        Assert.Null(load[FieldId.StatusId]);
        Assert.Equal("com.example.courier", load.App);
        Assert.Equal(AppGrade.Label, load.State.AppGrade);
    }

    [Fact]
    public void A_refused_writable_dex_file_is_a_failed_load()
    {
        var load = LogcatText.ReadOne(Line("System.err", "Caused by: java.lang.SecurityException: Writable dex file '/data/user/0/com.example.courier/files/x.jar' is not allowed.", 'W'));
        Assert.Equal("/data/data/com.example.courier/files/x.jar", load[FieldId.ModulePath]);
        Assert.Equal(2L, load[FieldId.StatusId]);
    }

    [Theory]
    [InlineData("/data/user/0/com.example.player/cache/ads-77.jar", "jar")]
    [InlineData("/data/user/0/com.example.player/files/the.apk", "apk")]
    [InlineData("/storage/emulated/0/Download/x.dex", "dex")]
    [InlineData("/data/data/com.example.player/files/blob", "dex")]
    public void Compiling_a_file_that_an_app_wrote_is_a_load(string path, string type)
    {
        var load = LogcatText.ReadOne(Line("dex2oat", $"/system/bin/dex2oat -j2 --dex-file={path} --oat-file=/data/x.odex"));
        Assert.Equal(CanonicalPath.Of(path), load[FieldId.ModulePath]);
        Assert.Equal(type, load[FieldId.ModuleType]);
        Assert.Equal(path.Contains("com.example.player", StringComparison.Ordinal) ? "com.example.player" : null, load.App);
    }

    [Theory]
    [InlineData("dex2oat", "/system/bin/dex2oat --dex-file=/data/app/~~a==/com.example.player-b==/base.apk --oat-file=/x")]
    [InlineData("dex2oat", "dex2oat took 62.361ms (threads: 4)")]
    [InlineData("PackageDexOptimizer", "Running dexopt (dexoptNeeded=1) on: /data/app/com.example.player-1/base.apk pkg=com.example.player")]
    public void Compiling_what_was_installed_is_no_load(string tag, string message) =>
        Assert.Equal(EventClass.LogLine, LogcatText.ReadOne(Line(tag, message)).Class);

    [Fact]
    public void Several_compiled_files_are_several_loads()
    {
        var reading = LogcatText.Read(Line("dex2oat32", "dex2oat32 --dex-file=/data/data/a.b/1.dex --dex-file=/system/framework/x.jar --dex-file=/data/data/a.b/2.dex"));
        Assert.Equal(["/data/data/a.b/1.dex", "/data/data/a.b/2.dex"], reading.Events.Select(item => item[FieldId.ModulePath]));
        Assert.NotEqual(reading.Events[0].Uid, reading.Events[1].Uid);
    }

    [Theory]
    [InlineData("Load /data/user/0/a.b/files/libx.so using class loader ns clns-4 (caller=/data/app/base.apk): ok", 1L)]
    [InlineData("Load /data/user/0/a.b/files/libx.so using system ns (caller=<unknown>): ok", 1L)]
    [InlineData("Load /data/user/0/a.b/files/libx.so using ns clns-7 from class loader (caller=x): dlopen failed: library \"liby.so\" not found", 2L)]
    public void The_native_loader_tells_loads_and_their_outcome(string message, long status)
    {
        var load = LogcatText.ReadOne(Line("nativeloader", message, 'D'));
        Assert.Equal("/data/data/a.b/files/libx.so", load[FieldId.ModulePath]);
        Assert.Equal("so", load[FieldId.ModuleType]);
        Assert.Equal(status, load[FieldId.StatusId]);
    }

    [Theory]
    [InlineData("linker", "library \"/data/data/a.b/libx.so\" (\"/data/data/a.b/libx.so\") needed or dlopened by \"/data/app/a.b-1/lib/liby.so\" is not accessible for the namespace \"x\"")]
    [InlineData("linker", "library \"/data/data/a.b/libx.so\" needed or dlopened by \"/data/app/a.b-1/lib/liby.so\" is not accessible for the namespace \"x\"")]
    [InlineData("System.err", "java.lang.UnsatisfiedLinkError: dlopen failed: cannot locate symbol \"go\" referenced by \"/data/data/a.b/libx.so\"...")]
    [InlineData("AndroidRuntime", "java.lang.UnsatisfiedLinkError: dlopen failed: \"/data/data/a.b/libx.so\" is 32-bit instead of 64-bit")]
    [InlineData("AndroidRuntime", "java.lang.UnsatisfiedLinkError: dlopen failed: library \"/data/data/a.b/libx.so\" not found")]
    public void What_the_linker_refuses_is_a_failed_load(string tag, string message)
    {
        var load = LogcatText.ReadOne(Line(tag, message, 'W'));
        Assert.Equal((EventClass.ModuleActivity, 1), (load.Class, load.Activity));
        Assert.Equal("/data/data/a.b/libx.so", load[FieldId.ModulePath]);
        Assert.Equal(2L, load[FieldId.StatusId]);
    }

    [Fact]
    public void The_linkers_tracing_tells_loads()
    {
        var load = LogcatText.ReadOne(Line("linker", "dlopen(name=\"/data/data/a.b/libx.so\", flags=0x2, extinfo=(null), caller=\"/system/lib64/libart.so\", caller_ns=x@0x7, targetSdkVersion=29) ...", 'D'));
        Assert.Equal("/data/data/a.b/libx.so", load[FieldId.ModulePath]);
        Assert.Null(load[FieldId.StatusId]);
    }

    [Theory]
    [InlineData("linker", "... dlsym successful: sym_name=\"x\"")]
    [InlineData("nativeloader", "classloader namespace configured for unbundled product apk")]
    [InlineData("AndroidRuntime", "dlopen failed: I do not know why")]
    [InlineData("notes", "Writable dex file is a phrase")]
    public void Other_words_of_the_linker_and_the_runtime_stay_lines(string tag, string message) =>
        Assert.Equal(EventClass.LogLine, LogcatText.ReadOne(Line(tag, message, 'E')).Class);
}
