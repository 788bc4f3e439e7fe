using Nightjar.Events;
using Nightjar.Sources.Android;
using Nightjar.Sources.Logcat;

namespace Nightjar.Sources.Dumpstate;

/// <summary>Settings that say which app may do what others may not: read the screen, the notifications, every key that is typed.</summary>
/// <remarks>The dump tells who holds an access, not since when.</remarks>
internal sealed class SettingsSection(Dump dump) : DumpSection(dump)
{
    private const int Assign = 1;
    private const int MaxHolders = 64;

    public override void OnLine(ReadOnlySpan<byte> line, long number, EventBatch batch)
    {
        if (!line.StartsWith("_id:"u8)) return;
        var name = DumpText.Between(line, " name:"u8, " "u8);
        var privilege = SpecialAccess.PrivilegeOf(name);
        if (privilege.IsEmpty) return;
        var list = DumpText.Between(line, " value:"u8, " default:"u8);
        var end = list.IndexOf(" defaultSystemSet:"u8);
        if (end >= 0) list = list[..end];
        for (var i = 0; i < MaxHolders && SpecialAccess.NextHolder(ref list) is { IsEmpty: false } holder; i++)
            Write(holder, name, privilege, number, batch);
    }

    private void Write(ReadOnlySpan<byte> holder, ReadOnlySpan<byte> setting, ReadOnlySpan<byte> privilege, long number, EventBatch batch)
    {
        if (!Dump.TryNow(batch, number, out var now)) return;
        Dump.Begin(batch, EventClass.UserAccess, Assign, now, TimeBasis.Reported, number);
        // After the inventory of the same moment, which states the permissions as a whole.
        batch.Current.Sequence = 2;
        LogcatWriter.NameApp(batch, holder, AppGrade.Package);
        batch.Add(FieldId.Privileges, privilege);
        batch.Set(FieldId.LogTag, setting);
        batch.Current.Id = Dump.Key.Begin("setting"u8).Add(setting).Add(holder).Add(now.Micros).ToId();
        batch.Commit();
    }
}
