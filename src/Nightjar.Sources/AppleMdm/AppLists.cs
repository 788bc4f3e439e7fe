using Nightjar.Events;
using Nightjar.Sources.PropertyList;

namespace Nightjar.Sources.AppleMdm;

/// <summary>The lists of apps in the answers: what is installed, what management installed or wanted to, and what is managed by declarations.</summary>
internal sealed class AppLists(MdmWriter writer, int file)
{
    private const int Collect = 2;

    /// <summary>Items of <c>InstalledApplicationList</c>.</summary>
    public IEnumerable<int> WriteInstalled(MdmAnswer answer, ReportNode list, Func<EventBatch> batch)
    {
        foreach (var app in list.Items)
        {
            WriteInstalledApp(answer, app, batch());
            yield return 0;
        }
    }

    /// <summary>Entries of <c>ManagedApplicationList</c>, by bundle id.</summary>
    public IEnumerable<int> WriteManaged(MdmAnswer answer, ReportNode list, Func<EventBatch> batch)
    {
        foreach (var (bundle, app) in list.Entries)
        {
            writer.Remark.Begin();
            writer.Say("status"u8, app["Status"]).Say("managementFlags"u8, app["ManagementFlags"]).Say("isValidated"u8, app["IsValidated"]);
            WriteState(answer, bundle, app["Status"].Text.Replace("-", "", StringComparison.Ordinal), app, batch());
            yield return 0;
        }
    }

    /// <summary>Items of the status items <c>app.managed.list</c> and <c>mdm.app</c>. Only what changed since the last report is in them.</summary>
    public IEnumerable<int> WriteDeclared(MdmAnswer answer, ReportNode list, Func<EventBatch> batch)
    {
        foreach (var app in list.Items)
        {
            var bundle = app["identifier"].Text;
            writer.Remark.Begin();
            writer.Say("status"u8, app["state"]).Say("declaration"u8, app["declaration-identifier"]).Say("build"u8, app["version"]).Say("removed"u8, app["_removed"]);
            if (bundle.Length == 0) Lacks("An app of the report has no identifier.", batch());
            else if (app["_removed"].Flag == true) WriteLine(answer, bundle, "removed", batch());
            else WriteState(answer, bundle, app["state"].Text.Replace("-", "", StringComparison.Ordinal), app, batch());
            yield return 0;
        }
    }

    private void WriteInstalledApp(MdmAnswer answer, ReportNode app, EventBatch batch)
    {
        var bundle = app["Identifier"].Text;
        if (bundle.Length == 0)
        {
            Lacks("An app of the list has no Identifier.", batch);
            return;
        }
        writer.Begin(answer, EventClass.SoftwareInfo, Collect, batch);
        MdmWriter.NameApp(bundle, batch);
        batch.Set(FieldId.AppName, app["Name"].Text);
        SetVersion(app["ShortVersion"].Text, app["Version"].Text, batch);
        batch.Current.State.InstallSource = SourceOf(app);
        batch.Set(FieldId.InstallerUid, app["DistributorIdentifier"].Text);
        writer.Remark.Begin();
        writer.Say("build"u8, app["Version"]).Say("source"u8, app["Source"]).Say("isValidated"u8, app["IsValidated"]).Say("adHocCodeSigned"u8, app["AdHocCodeSigned"])
            .Say("betaApp"u8, app["BetaApp"]).Say("appStoreVendable"u8, app["AppStoreVendable"]).Say("deviceBasedVPP"u8, app["DeviceBasedVPP"])
            .Say("installing"u8, app["Installing"]).Say("bundleSize"u8, app["BundleSize"]);
        if (app["Source"].Text == "Declarative Device Management") batch.Current.State.IsManagedApp = Tri.True;
        writer.Commit(answer, "installed"u8, bundle, batch);
    }

    // Since iOS 17.4 the distributor tells a store; the flags before it tell less.
    private static InstallSource SourceOf(ReportNode app)
    {
        var distributor = app["DistributorIdentifier"].Text;
        if (app["AdHocCodeSigned"].Flag == true) return InstallSource.Sideload;
        if (app["BetaApp"].Flag == true || distributor == "com.apple.TestFlight") return InstallSource.DeveloperTool;
        if (distributor.Length > 0) return distributor == "com.apple.AppStore" ? InstallSource.OfficialStore : InstallSource.AlternativeStore;
        if (app["DeviceBasedVPP"].Flag == true) return InstallSource.Managed;
        return app["AppStoreVendable"].Flag == true ? InstallSource.OfficialStore : InstallSource.Unknown;
    }

    private void WriteState(MdmAnswer answer, string bundle, string state, ReportNode app, EventBatch batch)
    {
        if (IsManaged(state) is not { } isManaged)
        {
            WriteLine(answer, bundle, state, batch);
            return;
        }
        writer.Begin(answer, EventClass.SoftwareInfo, Collect, batch);
        MdmWriter.NameApp(bundle, batch);
        batch.Set(FieldId.AppName, app["name"].Text);
        SetVersion(app["short-version"].Text, app["version"].Text, batch);
        batch.Current.State.IsManagedApp = TriLogic.Of(isManaged);
        if (isManaged) batch.Current.State.InstallSource = InstallSource.Managed;
        writer.Commit(answer, "managed"u8, bundle, batch);
    }

    // What is being installed, was refused or was taken off again is not on the device under management; that it was wanted is kept as a line.
    private static bool? IsManaged(string state) => state.ToUpperInvariant() switch
    {
        "MANAGED" or "UPDATING" or "VALIDATINGUPDATE" or "PROMPTINGFORUPDATE" or "PROMPTINGFORUPDATELOGIN" or "UPDATEREJECTED" => true,
        "USERINSTALLEDAPP" or "MANAGEMENTREJECTED" or "PROMPTINGFORMANAGEMENT" => false,
        _ => null,
    };

    private void WriteLine(MdmAnswer answer, string bundle, string state, EventBatch batch)
    {
        writer.Begin(answer, EventClass.LogLine, 1, batch);
        MdmWriter.NameApp(bundle, batch);
        batch.Set(FieldId.LogTag, "ManagedApplicationList"u8);
        writer.Commit(answer, "managed"u8, bundle + "\0" + state, batch);
    }

    // The version that people and packages go by; the build only where there is no other.
    private static void SetVersion(string version, string build, EventBatch batch) => batch.Set(FieldId.AppVersion, version.Length > 0 ? version : build);

    private void Lacks(string reason, EventBatch batch) => batch.Report(AnomalyKind.MissingField, file, writer.Position ?? 0, reason);
}
