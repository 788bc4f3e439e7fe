using System.Text;
using Nightjar.Events;
using Nightjar.Sources.PropertyList;

namespace Nightjar.Sources.Mvt;

/// <summary>What results of the modules for Android phones mean.</summary>
internal static class MvtAndroid
{
    private const int Install = 1;
    private const int Remove = 2;
    private const int Updated = 8;
    private const int Collect = 2;
    private const int Use = 3;

    private static readonly Dictionary<string, string> Sensors = new(StringComparer.Ordinal)
    {
        ["CAMERA"] = "camera", ["RECORD_AUDIO"] = "microphone", ["FINE_LOCATION"] = "location", ["COARSE_LOCATION"] = "location",
        ["READ_CONTACTS"] = "contacts", ["READ_SMS"] = "messages", ["RECEIVE_SMS"] = "messages", ["READ_CALL_LOG"] = "call_log",
        ["READ_CLIPBOARD"] = "clipboard", ["PROJECT_MEDIA"] = "screen", ["ACCESS_NOTIFICATIONS"] = "notifications",
    };

    /// <summary>Module <c>dumpsys_packages</c>: the package as it is, and when it came and was changed.</summary>
    public static IEnumerable<int> Package(ReportNode result, MvtWriter writer)
    {
        var package = result["package_name"].Text;
        var version = Version(result);
        if (writer.TryBeginNow(EventClass.SoftwareInfo, Collect, package))
        {
            writer.Batch.Set(FieldId.AppVersion, version);
            foreach (var permission in result["permissions"].Items)
                if (permission["granted"].Flag == true) writer.Batch.Add(FieldId.Permissions, Encoding.UTF8.GetBytes(permission["name"].Text));
            writer.Say("uid", result["uid"]).Say("versionCode", result["version_code"]).Commit();
            yield return 0;
        }
        var first = result["first_install_time"].Text;
        var last = result["last_update_time"].Text;
        // Packages of the system image have no time of their own: a year before Android.
        if (IsTime(first) && WriteChange(writer, Install, first, package, last == first ? version : "")) yield return 0;
        if (IsTime(last) && last != first && WriteChange(writer, Updated, last, package, version)) yield return 0;
    }

    /// <summary>Modules <c>packages</c> of a device at hand and of AndroidQF.</summary>
    public static IEnumerable<int> InstalledPackage(ReportNode result, MvtWriter writer)
    {
        if (!writer.TryBeginNow(EventClass.SoftwareInfo, Collect, result["package_name"].Text)) yield break;
        var installer = result["installer"].Text;
        if (!MeaninglessText.Is(installer)) writer.Batch.Set(FieldId.InstallerUid, installer);
        if (result["system"].Flag == true) writer.Batch.Current.State.InstallSource = InstallSource.System;
        else if (installer == "com.android.vending") writer.Batch.Current.State.InstallSource = InstallSource.OfficialStore;
        foreach (var file in result["files"].Items) writer.Batch.Add(FieldId.FileHashes, Encoding.UTF8.GetBytes(file["sha256"].Text));
        writer.Say("disabled", result["disabled"]).Say("thirdParty", result["third_party"]).Commit();
        yield return 0;
    }

    /// <summary>Module <c>dumpsys_battery_daily</c>: packages that were changed some time between two moments. Version 0 means removed.</summary>
    public static IEnumerable<int> Update(ReportNode result, MvtWriter writer)
    {
        var version = result.Has("version_code") ? result["version_code"].Text : result["vers"].Text;
        var begin = result.Has("period_start") ? result["period_start"].Text : result["from"].Text;
        var end = result.Has("period_end") ? result["period_end"].Text : result["to"].Text;
        var isRemoved = version == "0" || result["action"].Text == "uninstall";
        if (!writer.TryBegin(EventClass.ApplicationLifecycle, isRemoved ? Remove : Updated, begin, result["package_name"].Text)) yield break;
        if (writer.TryTime(end, out var last) && last > writer.Batch.Current.Time) writer.Batch.Current.End = last;
        if (!isRemoved) writer.Batch.Set(FieldId.AppVersion, version);
        writer.Say("action", result["action"]).Say("versionCode", new ReportNode { Text = version }).Commit();
        yield return 0;
    }

    /// <summary>Module <c>dumpsys_appops</c>: what an app did that needs a permission, each with its last times and whether it was in use.</summary>
    public static IEnumerable<int> Operations(ReportNode result, MvtWriter writer)
    {
        foreach (var operation in result["permissions"].Items)
            foreach (var entry in operation["entries"].Items)
                if (entry.Has("timestamp") && WriteOperation(writer, result["package_name"].Text, operation["name"].Text, entry)) yield return 0;
    }

    private static bool WriteOperation(MvtWriter writer, string package, string operation, ReportNode entry)
    {
        var sensor = entry["access"].Text == "Access" ? Sensors.GetValueOrDefault(operation) : null;
        if (!writer.TryBegin(sensor is null ? EventClass.LogLine : EventClass.SensorUse, sensor is null ? 1 : Use, entry["timestamp"].Text, package)) return false;
        if (sensor is null) writer.Batch.Set(FieldId.LogTag, "appops"u8);
        writer.Batch.Set(FieldId.Sensor, sensor);
        writer.Batch.Current.State.AppState = StateOf(entry["type"].Text);
        writer.Say("operation", new ReportNode { Text = operation }).Say("access", entry["access"]).Say("type", entry["type"]).Commit();
        return true;
    }

    // "top-s", "fgsvc-tp", "bg-s": the state of the process, then how the call came.
    private static AppState StateOf(string type) => type.Split('-')[0] switch
    {
        "top" or "fg" => AppState.Foreground,
        "fgsvc" or "fgsvcl" => AppState.ForegroundService,
        "bg" or "cch" => AppState.Background,
        _ => AppState.Unknown,
    };

    private static bool WriteChange(MvtWriter writer, int activity, string time, string package, string version)
    {
        if (!writer.TryBegin(EventClass.ApplicationLifecycle, activity, time, package)) return false;
        writer.Batch.Set(FieldId.AppVersion, version);
        writer.Commit();
        return true;
    }

    private static bool IsTime(string text) => text.Length > 4 && string.CompareOrdinal(text, "2008-12-31 23:59:59") > 0;

    private static string Version(ReportNode result) => result["version_name"].Text is { Length: > 0 } name ? name : result["version_code"].Text.Split(' ')[0];
}
