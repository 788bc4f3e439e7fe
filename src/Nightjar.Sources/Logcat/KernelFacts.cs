using Nightjar.Events;
using Nightjar.Sources.Android;

namespace Nightjar.Sources.Logcat;

/// <summary>SELinux decisions, and the loads of native code that they show.</summary>
/// <remarks>
/// logd writes a decision under the number of the process that it is about, so an app's own words and the kernel's about it look alike:
/// such a decision is hearsay unless the line stems from the kernel's buffer or a system process.
/// </remarks>
internal sealed class KernelFacts(LogcatWriter writer)
{
    private const int MaxPermissions = 8;

    /// <summary>Writes the decision's events: one for each permission, and one more when it shows a load.</summary>
    public bool TryWrite(EventBatch batch, in LogcatEntry entry)
    {
        if (!AccessDecision.TryRead(entry.Line.Message, out var decision)) return false;
        var isPath = !decision.Path.IsEmpty && !MeaninglessText.Is(decision.Path);
        var file = writer.Decode(isPath ? decision.Path : decision.Name, decision.IsBare);
        var left = MaxPermissions;
        foreach (var range in decision.Permissions.Split((byte)' '))
        {
            var permission = decision.Permissions[range];
            if (permission.IsEmpty) continue;
            if (left-- == 0) break;
            WriteDecision(batch, in entry, in decision, permission, file);
            if (isPath && IsLoad(in decision, permission)) WriteLoad(batch, in entry, in decision, file);
        }
        return true;
    }

    private void WriteDecision(EventBatch batch, in LogcatEntry entry, in AccessDecision decision, ReadOnlySpan<byte> permission, ReadOnlySpan<byte> file)
    {
        Begin(batch, EventClass.KernelDecision, in entry, in decision, file);
        batch.Set(FieldId.KernelName, permission);
        if (!MeaninglessText.Is(file)) batch.Set(FieldId.KernelPath, file);
        batch.SetInteger(FieldId.ActionId, decision.IsGranted ? 1 : 2);
        batch.Current.Id = IdOf(in entry, in decision, permission, file);
        batch.Commit();
    }

    private void WriteLoad(EventBatch batch, in LogcatEntry entry, in AccessDecision decision, ReadOnlySpan<byte> file)
    {
        Begin(batch, EventClass.ModuleActivity, in entry, in decision, file);
        batch.Set(FieldId.ModulePath, file);
        batch.Set(FieldId.ModuleType, "so"u8);
        batch.Current.Id = writer.Key.Begin("load"u8).Add(IdOf(in entry, in decision, "execute"u8, file)).ToId();
        batch.Commit();
    }

    private void Begin(EventBatch batch, EventClass kind, in LogcatEntry entry, in AccessDecision decision, ReadOnlySpan<byte> file)
    {
        writer.BeginFact(batch, kind, 1, in entry);
        NameApp(batch, in entry, in decision, file);
        if (!decision.TryTime(out var time)) return;
        batch.Current.Time = batch.Current.End = time;
        batch.Current.State.TimeBasis = TimeBasis.Stated;
        batch.Current.Sequence = 0;
    }

    // auditallow reports when an app maps a file of its own data as executable. A name without path is a permission check, not a mapping.
    private static bool IsLoad(in AccessDecision decision, ReadOnlySpan<byte> permission) =>
        decision.IsGranted && permission.SequenceEqual("execute"u8) && decision.Class.SequenceEqual("file"u8)
        && decision.SourceType.StartsWith("untrusted_app"u8)
        && (decision.TargetType.SequenceEqual("app_data_file"u8) || decision.TargetType.SequenceEqual("privapp_data_file"u8));

    // logd looks the package up by user id and may be out of date; the owner of a folder with the same level is the app itself.
    private void NameApp(EventBatch batch, in LogcatEntry entry, in AccessDecision decision, ReadOnlySpan<byte> file)
    {
        var uid = AccessDecision.UidOf(decision.Source);
        var owner = decision.IsOwnFile ? AndroidPath.PrivateOwner(file) : default;
        var app = AndroidPath.PackageOfProcess(decision.App);
        if (!app.IsEmpty && (owner.IsEmpty || owner.SequenceEqual(app))) LogcatWriter.NameApp(batch, app, AppGrade.Package);
        else if (!owner.IsEmpty) LogcatWriter.NameApp(batch, owner, AppGrade.Uid);
        else if (uid >= 0) writer.NameUid(batch, uid);
        else writer.NameEmitter(batch, in entry);
    }

    // logd writes each decision twice, to the events and the main buffer, with and without the name of the thread.
    private UInt128 IdOf(in LogcatEntry entry, in AccessDecision decision, ReadOnlySpan<byte> permission, ReadOnlySpan<byte> file) =>
        writer.Key.Begin("avc"u8).Add(entry.Line.Time.Micros).Add(decision.Audit).Add(decision.IsGranted ? 1 : 2).Add(permission).Add(file)
            .Add(decision.Source).Add(decision.Target).Add(decision.Class).ToId();
}
