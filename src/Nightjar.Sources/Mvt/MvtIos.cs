using Nightjar.Events;
using Nightjar.Sources.PropertyList;

namespace Nightjar.Sources.Mvt;

/// <summary>What results of the modules for iPhones mean.</summary>
internal static class MvtIos
{
    private const int Assign = 1;
    private const int Revoke = 2;
    private const int Collect = 2;

    /// <summary>Modules <c>datausage</c> and <c>netusage</c>. MVT adds results for processes that it thinks were deleted; those are its opinion, and no traffic.</summary>
    public static IEnumerable<int> Usage(ReportNode result, MvtWriter writer)
    {
        var process = result["proc_name"].Text;
        if (process.StartsWith("MISSING [", StringComparison.Ordinal) || process.StartsWith("MANIPULATED [", StringComparison.Ordinal) || process == "CumulativeUsageTracker")
        {
            writer.Refuse(AnomalyKind.UnknownKind, "The result is no process of the device: MVT added it, or the device sums up all others in it.");
            yield break;
        }
        var bundle = result["bundle_id"].Text;
        var app = bundle.Length > 0 ? bundle : process[(process.IndexOf('/', StringComparison.Ordinal) + 1)..];
        if (!writer.TryBegin(EventClass.NetworkActivity, EventClasses.OtherActivity, result["live_isodate"].Text, app)) yield break;
        if (writer.TryTime(result["isodate"].Text, out var last) && last > writer.Batch.Current.Time) writer.Batch.Current.End = last;
        if (bundle.Length == 0) writer.Batch.Current.State.AppGrade = AppGrade.ProcessName;
        writer.Batch.Set(FieldId.ProcessName, process);
        Bytes(result, writer);
        yield return 0;
    }

    /// <summary>Module <c>os_analytics_ad_daily</c>: sums since the device began to count.</summary>
    public static IEnumerable<int> DailyUsage(ReportNode result, MvtWriter writer)
    {
        if (!writer.TryBegin(EventClass.NetworkActivity, EventClasses.OtherActivity, result["ts"].Text, result["package"].Text)) yield break;
        Bytes(result, writer);
        yield return 0;
    }

    /// <summary>Module <c>tcc</c>: the answers that stand, each with the time it was given.</summary>
    public static IEnumerable<int> Access(ReportNode result, MvtWriter writer)
    {
        var answer = result.Has("auth_value") ? result["auth_value"].Text : result["allowed_value"].Text;
        if (answer is not ("allowed" or "limited" or "denied"))
        {
            writer.Refuse(AnomalyKind.UnknownKind, "The result holds no answer, neither allowed nor denied.");
            yield break;
        }
        if (!writer.TryBegin(EventClass.UserAccess, answer == "denied" ? Revoke : Assign, result["last_modified"].Text, result["client"].Text)) yield break;
        if (result["client_type"].Text == "absolute_path") writer.Batch.Current.State.AppGrade = AppGrade.ProcessName;
        writer.Batch.Add(FieldId.Privileges, System.Text.Encoding.UTF8.GetBytes(result["service"].Text));
        writer.Say("answer", new ReportNode { Text = answer }).Say("reason", result["auth_reason_desc"]).Say("service", result["service"]).Commit();
        yield return 0;
    }

    /// <summary>Module <c>applications</c>. Its time is that of the purchase, which may lie years before the installation, so it is told and not used.</summary>
    public static IEnumerable<int> Application(ReportNode result, MvtWriter writer)
    {
        if (!writer.TryBeginNow(EventClass.SoftwareInfo, Collect, result["softwareVersionBundleId"].Text)) yield break;
        var installer = result["sourceApp"].Text;
        writer.Batch.Set(FieldId.AppName, result["itemName"].Text);
        writer.Batch.Set(FieldId.AppVersion, result["bundleShortVersionString"].Text);
        writer.Batch.Set(FieldId.InstallerUid, installer);
        if (installer.StartsWith("com.apple.AppStore", StringComparison.Ordinal)) writer.Batch.Current.State.InstallSource = InstallSource.OfficialStore;
        else if (installer is "com.apple.dmd" or "dmd") writer.Batch.Current.State.InstallSource = InstallSource.Managed;
        writer.Say("build", result["bundleVersion"]).Say("maker", result["artistName"]).Say("purchased", result["isodate"]).Commit();
        yield return 0;
    }

    private static void Bytes(ReportNode result, MvtWriter writer)
    {
        writer.SetBytes(FieldId.BytesIn, result["wifi_in"], result["wwan_in"]);
        writer.SetBytes(FieldId.BytesOut, result["wifi_out"], result["wwan_out"]);
        writer.Commit();
    }
}
