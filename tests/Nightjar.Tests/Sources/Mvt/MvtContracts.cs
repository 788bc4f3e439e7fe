using System.Text;
using Nightjar.Sources;
using Nightjar.Sources.Mvt;

namespace Nightjar.Tests.Sources.Mvt;

internal static class MvtText
{
    public const string Usage =
        """
            {
                "first_isodate": "2026-02-20 10:00:00.000000",
                "isodate": "2026-02-22 10:00:00.000000",
                "proc_name": "nsurlsessiond/com.example.courier",
                "bundle_id": "com.example.courier",
                "proc_id": 1,
                "wifi_in": 1000.0,
                "wifi_out": 200.0,
                "wwan_in": 30.0,
                "wwan_out": null,
                "live_id": 1,
                "live_proc_id": 1,
                "live_isodate": "2026-02-20 12:00:00.500000"
            }
        """;

    public const string Package =
        """
        {"package_name": "com.example.courier", "uid": "10123", "version_name": "2.1", "version_code": "2107 minSdk=26 targetSdk=34", "timestamp": "2026-02-01 09:00:00",
         "first_install_time": "2026-01-01 08:00:00", "last_update_time": "2026-02-01 09:00:00", "requested_permissions": ["android.permission.CAMERA"],
         "permissions": [{"name": "android.permission.CAMERA", "granted": true, "type": "runtime"}, {"name": "android.permission.READ_SMS", "granted": false, "type": "runtime"}]}
        """;

    public const string Operations =
        """
        {"package_name": "com.example.courier", "uid": "u0a123", "permissions": [
          {"name": "CAMERA", "access": "allow", "entries": [{"access": "Access", "type": "top-s", "timestamp": "2026-02-20 10:00:00.123000"}, {"access": "Reject", "type": "bg-s", "timestamp": "2026-02-20 11:00:00.000000"}]},
          {"name": "WAKE_LOCK", "entries": [{"access": "Access", "type": "bg-s", "timestamp": "2026-02-20 10:00:01.000000"}]},
          {"name": "RECORD_AUDIO", "entries": [{"access": "Access", "type": "fgsvc-s"}]}]}
        """;

    public static string Module(params string[] results) => "[\n" + string.Join(",\n", results) + "\n]";
}

public sealed class MvtModuleContract : SourceContract
{
    protected override ISourceReader Reader { get; } = new MvtModuleReader();

    protected override int EventsPerRecord => 3;

    protected override IReadOnlyList<SourceExample> Examples { get; } =
    [
        new("datausage.json", MvtText.Module(MvtText.Usage, MvtText.Usage.Replace("nsurlsessiond/com.example.courier", "MISSING [follows x]", StringComparison.Ordinal)), 1) { Anomalies = 1 },
        new("dumpsys_packages.json", MvtText.Module(MvtText.Package), 3),
        new("dumpsys_appops.json", MvtText.Module(MvtText.Operations), 3),
    ];

    protected override byte[]? Many(SourceExample example, int times)
    {
        var text = Encoding.UTF8.GetString(example.Bytes);
        return Encoding.UTF8.GetBytes(MvtText.Module([.. Enumerable.Repeat(text[2..^2], times)]));
    }
}

public sealed class MvtTimelineContract : SourceContract
{
    private const string Head = "\"UTC Timestamp\",\"Plugin\",\"Event\",\"Description\"\n";

    private const string Rows =
        """
        "2026-02-20 10:00:00.000000","Datausage","live_usage","Courier, Bundle ID: com.example.courier"
        "2026-02-20 10:00:01.000000","SMS","sms_received","two
        lines and a ""quote"" and another \"one\""
        "","Manifest","MACB","no time"
        "2026-02-20 10:00:02.000000","Manifest","MACB"

        """;

    protected override ISourceReader Reader { get; } = new MvtTimelineReader();

    protected override IReadOnlyList<SourceExample> Examples { get; } = [new("timeline.csv", Head + Rows, 2) { Anomalies = 2 }];

    protected override int LinesBeforeLongLine(SourceExample example) => 2;

    protected override byte[]? Many(SourceExample example, int times) => Encoding.UTF8.GetBytes(Head + string.Concat(Enumerable.Repeat(Rows, times)));
}
