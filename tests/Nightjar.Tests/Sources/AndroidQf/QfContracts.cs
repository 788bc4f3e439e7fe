using Nightjar.Sources;
using Nightjar.Sources.AndroidQf;

namespace Nightjar.Tests.Sources.AndroidQf;

public sealed class QfPackagesContract : SourceContract
{
    internal const string Packages =
        """
        [
          {"name":"com.example.courier","files":[
            {"path":"/data/app/~~Ab==/com.example.courier-Cd==/split_de.apk","local_name":"","md5":"","sha1":"","sha256":"1111111111111111111111111111111111111111111111111111111111111111","sha512":"","error":"","verified_certificate":true,"certificate":{"Sha256":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}},
            {"path":"/data/app/~~Ab==/com.example.courier-Cd==/base.apk","sha256":"2222222222222222222222222222222222222222222222222222222222222222","verified_certificate":true,"certificate":{"Sha256":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}}],
           "installer":"null","uid":10214,"disabled":false,"system":false,"third_party":true},
          {"name":"com.example.dialer","files":[{"path":"/system/app/Dialer.apk","sha256":"","verified_certificate":false,"certificate_error":"no signature","certificate":{"Sha256":"BB"}}],
           "installer":"com.example.store","uid":10004,"disabled":true,"system":true,"third_party":false}
        ]
        """;

    protected override ISourceReader Reader { get; } = new QfPackagesReader();

    protected override IReadOnlyList<SourceExample> Examples { get; } = [new("packages.json", Packages, 2)];
}

public sealed class QfFilesContract : SourceContract
{
    internal const string Lines =
        """
        {"path":"/data/user/0/com.example.courier/files/a.dex","size":4096,"mode":"-rw-------","user_id":10214,"group_id":10214,"changed_time":1772186500,"modified_time":1772186400,"access_time":1772186600,"error":"","context":"u:object_r:app_data_file:s0","sha256":"3333333333333333333333333333333333333333333333333333333333333333","mime_type":"application/octet-stream"}
        {"path":"/data/local/tmp","size":60,"mode":"drwxrwx--x","user_id":2000,"group_id":2000,"changed_time":1772186500,"modified_time":1772186400,"access_time":0,"context":"","sha256":""}
        {"path":"/sdcard/Download/b.apk","size":10,"mode":"-rw-rw----","user_id":1023,"group_id":1023,"changed_time":1772186500,"modified_time":1772186410,"access_time":0,"context":"","sha256":"","mime_type":"application/zip"}

        """;

    protected override ISourceReader Reader { get; } = new QfFilesReader();

    protected override IReadOnlyList<SourceExample> Examples { get; } =
    [
        new("files.json", Lines, 2),
        new("files-array.json", "[" + string.Join(",\n", Lines.Split('\n', StringSplitOptions.RemoveEmptyEntries)) + "]", 2),
    ];
}

public sealed class QfProcessesContract : SourceContract
{
    internal const string Processes =
        """
        [{"pid":1,"uid":0,"ppid":0,"pgroup":0,"psid":0,"filename":"(init)","priority":0,"state":"S","user_time":1,"kernel_time":1,"path":"","context":"u:r:init:s0","previous_context":"","command_line":["/system/bin/init","second_stage"],"env":null,"cwd":"/"},{"pid":4711,"uid":0,"ppid":900,"pgroup":0,"psid":0,"filename":"(ample.courier)","priority":0,"state":"S","user_time":1,"kernel_time":1,"path":"","context":"u:r:untrusted_app:s0","previous_context":"","command_line":["com.example.courier:sync"],"env":null,"cwd":"/"},
        {"pid":12,"uid":0,"ppid":2,"filename":"(kworker/0:1)","state":"I","path":"","context":"u:r:kernel:s0","command_line":null,"env":null,"cwd":""}]
        """;

    protected override ISourceReader Reader { get; } = new QfProcessesReader();

    protected override IReadOnlyList<SourceExample> Examples { get; } = [new("processes.json", Processes, 3)];
}

public sealed class QfRootBinariesContract : SourceContract
{
    protected override ISourceReader Reader { get; } = new QfRootBinariesReader();

    protected override int EventsPerRecord => 64;

    protected override IReadOnlyList<SourceExample> Examples { get; } =
        [new("root_binaries.json", """["/system/xbin/su\n/sbin/su\n","/sbin/magisk"]""", 3)];
}

public sealed class QfLinesContract : SourceContract
{
    internal const string Properties =
        """
        [ro.build.fingerprint]: [example/phone/phone:16/A/1:user/release-keys]
        [persist.sys.timezone]: [Europe/Zurich]
        [ro.product.model]: [Example Phone]
        broken

        """;

    internal const string SecureSettings =
        """
        accessibility_enabled=1
        enabled_accessibility_services=com.example.courier/.Reader:com.example.keys/com.example.keys.Watch
        lock_screen_owner_info=mine = yours

        """;

    internal const string Processes =
        """
        USER            PID   PPID     VSZ    RSS WCHAN            ADDR S NAME
        root              1      0 2170528   9700 SyS_epoll_wait      0 S init
        u0_a214        4711    900 1234567  45000 0                   0 S com.example.courier:sync

        """;

    protected override ISourceReader Reader { get; } = new QfLinesReader();

    protected override int EventsPerRecord => 64;

    protected override IReadOnlyList<SourceExample> Examples { get; } =
    [
        new("getprop.txt", Properties, 3) { Anomalies = 1 },
        new("settings_secure.txt", SecureSettings, 4),
        new("ps.txt", Processes, 2),
    ];
}
