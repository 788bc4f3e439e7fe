using Nightjar.Events;
using Nightjar.Sources.Logcat;

namespace Nightjar.Sources.Dumpstate;

/// <summary>Writes the events of one package: that it is there, what was granted to it, when it came, when it was last replaced.</summary>
internal sealed class PackageWriter(Dump dump)
{
    private const int Collect = 2;
    private const int Assign = 1;
    private const int Install = 1;
    private const int Update = 8;

    public void Write(InstalledPackage package, byte[]? signer, EventBatch batch)
    {
        var hasInstalled = TryTime(package.Installed, out var installed, out var basis);
        var hasUpdated = TryTime(package.Updated, out var updated, out _);
        var isFirst = hasInstalled && (!hasUpdated || updated <= installed);
        // What came with the system has the date of the image, or of the year in which its clock began.
        if (hasInstalled && !package.IsSystem) WriteChange(package, signer, Install, installed, basis, isFirst, batch);
        if (hasUpdated && !isFirst && (hasInstalled || !package.IsSystem)) WriteChange(package, signer, Update, updated, dump.Zone.Basis, true, batch);
        if (!dump.TryNow(batch, package.Number, out var now)) return;
        WriteInventory(package, signer, now, batch);
        WriteGrants(package, now, batch);
    }

    private bool TryTime(byte[] text, out Instant time, out TimeBasis basis) => dump.Zone.TryRead(text, out time, out basis);

    private void WriteChange(InstalledPackage package, byte[]? signer, int activity, Instant time, TimeBasis basis, bool isCurrent, EventBatch batch)
    {
        Begin(package, EventClass.ApplicationLifecycle, activity, time, basis, batch);
        WriteOrigin(package, batch);
        if (isCurrent) batch.Set(FieldId.AppVersion, package.Version.AsSpan());
        if (isCurrent) batch.Set(FieldId.AppSigner, signer.AsSpan());
        batch.Current.Id = dump.Key.Begin("package change"u8).Add(package.Name).Add(activity).Add(time.Micros).ToId();
        batch.Commit();
    }

    private void WriteInventory(InstalledPackage package, byte[]? signer, Instant now, EventBatch batch)
    {
        Begin(package, EventClass.SoftwareInfo, Collect, now, TimeBasis.Reported, batch);
        WriteOrigin(package, batch);
        batch.Set(FieldId.AppVersion, package.Version.AsSpan());
        batch.Set(FieldId.AppSigner, signer.AsSpan());
        batch.Set(FieldId.FilePath, package.CodePath);
        foreach (var permission in package.Granted) batch.Add(FieldId.Permissions, permission);
        batch.Set(FieldId.Message, dump.Remark.Begin().Add("version_code"u8, package.VersionCode).Add("initiator"u8, package.Initiator)
            .Add("package_source"u8, package.Source).Add("signature_number"u8, package.Signature).ToSpan());
        batch.Current.Id = dump.Key.Begin("package"u8).Add(package.Name).Add(package.CodePath).Add(now.Micros).ToId();
        batch.Commit();
    }

    private void WriteGrants(InstalledPackage package, Instant now, EventBatch batch)
    {
        if (package.GrantedAtRuntime.Count == 0) return;
        Begin(package, EventClass.UserAccess, Assign, now, TimeBasis.Reported, batch);
        foreach (var permission in package.GrantedAtRuntime) batch.Add(FieldId.Privileges, permission);
        batch.Current.Sequence = 1;
        batch.Current.Id = dump.Key.Begin("package grants"u8).Add(package.Name).Add(package.CodePath).Add(now.Micros).ToId();
        batch.Commit();
    }

    private void Begin(InstalledPackage package, EventClass kind, int activity, Instant time, TimeBasis basis, EventBatch batch)
    {
        dump.Begin(batch, kind, activity, time, basis, package.Number);
        LogcatWriter.NameApp(batch, package.Name, AppGrade.Package);
        batch.Set(FieldId.LogTag, "package"u8);
        if (package.Uid >= 0) batch.SetInteger(FieldId.EmitterUid, package.Uid);
    }

    // Only what the dump itself says: that it came with the system, by a computer's hand, or, as the installer stated, from a file.
    private static void WriteOrigin(InstalledPackage package, EventBatch batch)
    {
        batch.Set(FieldId.InstallerUid, package.Installer);
        batch.Current.State.InstallSource = package switch
        {
            { IsSystem: true } => InstallSource.System,
            _ when package.Initiator.AsSpan().SequenceEqual("com.android.shell"u8) => InstallSource.DeveloperTool,
            _ when package.Source.AsSpan().SequenceEqual("3"u8) || package.Source.AsSpan().SequenceEqual("4"u8) => InstallSource.Sideload,
            _ => InstallSource.Unknown,
        };
    }
}
