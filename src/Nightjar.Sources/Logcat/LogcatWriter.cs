using System.Buffers.Text;
using System.Text.Unicode;
using System.Text;
using Nightjar.Events;
using Nightjar.Sources.Android;

namespace Nightjar.Sources.Logcat;

/// <summary>Writes what is common to the events of a log: time, place, emitter, app, and the line itself.</summary>
internal sealed class LogcatWriter(int file)
{
    private byte[] _decoded = new byte[512];

    /// <summary>Number of the file, for provenance.</summary>
    public int File => file;

    /// <summary>Which process and which user id is which app.</summary>
    public ProcessMap Processes { get; } = new();

    /// <summary>For events that need an id of their own.</summary>
    public RecordKey Key { get; } = new();

    /// <summary>Begins an event that states a fact of the system. It is hearsay unless the system wrote it beyond doubt.</summary>
    public void BeginFact(EventBatch batch, EventClass kind, int activity, in LogcatEntry entry)
    {
        Begin(batch, kind, activity, in entry);
        batch.Current.Id = entry.Id;
        batch.Current.State.IsHearsay = !entry.IsOfSystem;
    }

    /// <summary>Begins an event; its id is still to be given.</summary>
    public void Begin(EventBatch batch, EventClass kind, int activity, in LogcatEntry entry)
    {
        batch.Begin(kind, activity, entry.Line.Time, file, entry.Number);
        ref var header = ref batch.Current;
        header.LogName = batch.Intern("android:logcat"u8);
        header.Platform = Platform.Android;
        header.State.TimeBasis = entry.Line.Basis;
        // Only where lines have no time is their place all that tells their order.
        if (!entry.Line.HasTime) header.Sequence = entry.Number;
        batch.Set(FieldId.Message, entry.Line.Message);
        batch.Set(FieldId.LogTag, entry.Line.Tag);
        if (entry.EmitterUid >= 0) batch.SetInteger(FieldId.EmitterUid, entry.EmitterUid);
        if (entry.Line.Pid >= 0) batch.SetInteger(FieldId.ProcessId, entry.Line.Pid);
    }

    /// <summary>Names the app that wrote the line, as surely as the log allows; false when it allows none.</summary>
    public bool NameEmitter(EventBatch batch, in LogcatEntry entry)
    {
        var package = AndroidPath.PackageOfProcess(entry.Line.Process);
        if (package.IsEmpty && entry.Process is { } process) package = process.Package;
        if (!package.IsEmpty) return NameApp(batch, package, AppGrade.ProcessName);
        return NameApp(batch, Processes.PackageOf(entry.EmitterUid), AppGrade.Uid);
    }

    /// <summary>Names the app of a user id; an app whose package the log does not tell is called <c>uid:10123</c>.</summary>
    public void NameUid(EventBatch batch, int uid)
    {
        if (!AndroidUid.IsApp(uid) || NameApp(batch, Processes.PackageOf(uid), AppGrade.Uid)) return;
        Span<byte> text = stackalloc byte[16];
        "uid:"u8.CopyTo(text);
        Utf8Formatter.TryFormat(uid, text[4..], out var length);
        NameApp(batch, text[..(4 + length)], AppGrade.Uid);
    }

    /// <summary>Names the app; false when there is no name.</summary>
    public static bool NameApp(EventBatch batch, ReadOnlySpan<byte> package, AppGrade grade)
    {
        if (package.IsEmpty) return false;
        batch.Current.App = batch.Intern(package);
        batch.Current.State.AppGrade = grade;
        return true;
    }

    /// <summary>The package of a component <c>com.example/.Main</c>, with or without braces. Empty when it is none.</summary>
    public static ReadOnlySpan<byte> PackageOfComponent(ReadOnlySpan<byte> component)
    {
        component = component.Trim("{} \""u8);
        var slash = component.IndexOf((byte)'/');
        return slash > 0 && AndroidPath.IsPackage(component[..slash]) ? component[..slash] : default;
    }

    /// <summary>A file name as the kernel meant it: names with unusual characters are written as hexadecimal digits. Valid until the next call.</summary>
    public ReadOnlySpan<byte> Decode(ReadOnlySpan<byte> written, bool isBare)
    {
        if (!isBare || written.IsEmpty || written.Length % 2 != 0 || written.Length > 16 * 1024) return written;
        if (_decoded.Length < written.Length / 2) _decoded = new byte[written.Length / 2];
        if (Convert.FromHexString(written, _decoded, out _, out var length) != System.Buffers.OperationStatus.Done) return written;
        var bytes = _decoded.AsSpan(0, length);
        return Utf8.IsValid(bytes) ? bytes : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes));
    }
}
