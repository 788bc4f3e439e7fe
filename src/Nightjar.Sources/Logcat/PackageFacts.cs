using System.Buffers.Text;
using Nightjar.Events;
using Nightjar.Sources.Android;

namespace Nightjar.Sources.Logcat;

/// <summary>Installs, updates and removals, as far as a line says so without doubt.</summary>
/// <remarks><c>pkg removed</c> is written for updates too, so it is not taken for a removal.</remarks>
internal sealed class PackageFacts(LogcatWriter writer)
{
    private const int Install = 1;
    private const int Remove = 2;
    private const int Update = 8;

    // An update is told by the one who stops the app and by the one who moves its code.
    private const long SameChange = 10 * Instant.PerSecond;

    private byte[] _package = [];
    private int _activity;
    private long _moment;

    /// <summary><c>Force stopping com.x appid=10223 user=-1: installPackageLI</c>.</summary>
    public bool TryWriteStop(EventBatch batch, in LogcatEntry entry)
    {
        var text = entry.Line.Message[15..];
        var end = text.IndexOf(" appid="u8);
        if (entry.IsOfApp || end < 1 || !AndroidPath.IsPackage(text[..end])) return false;
        var package = text[..end];
        text = text[(end + 7)..];
        if (!Utf8Parser.TryParse(text, out int uid, out _)) return false;
        writer.Processes.LearnUid(uid, package);
        if (text.EndsWith(": installPackageLI"u8) || text.EndsWith(": update pkg"u8) || text.EndsWith(": replace pkg"u8))
            return Write(batch, in entry, Update, package);
        return (text.EndsWith(": deletePackageX"u8) || text.EndsWith(": uninstall pkg"u8)) && Write(batch, in entry, Remove, package);
    }

    /// <summary>Lines of the package manager.</summary>
    public bool TryWriteManager(EventBatch batch, in LogcatEntry entry)
    {
        var message = entry.Line.Message;
        if (entry.IsOfApp) return false;
        if (message.StartsWith("New package installed in /data/app/"u8))
            return Write(batch, in entry, Install, AndroidPath.InstalledPackage(message[25..]));
        if (message.StartsWith("Update package "u8)) return TryWriteMoved(batch, in entry, message[15..], " code path from "u8);
        if (message.StartsWith("Update system package "u8)) return TryWriteMoved(batch, in entry, message[22..], " code path from "u8);
        return message.StartsWith("Package "u8) && TryWriteMoved(batch, in entry, message[8..], " codePath changed from "u8);
    }

    private bool TryWriteMoved(EventBatch batch, in LogcatEntry entry, ReadOnlySpan<byte> text, ReadOnlySpan<byte> words)
    {
        var end = text.IndexOf((byte)' ');
        return end > 0 && text[end..].TrimStart((byte)' ').StartsWith(words.TrimStart((byte)' ')) && Write(batch, in entry, Update, text[..end]);
    }

    private bool Write(EventBatch batch, in LogcatEntry entry, int activity, ReadOnlySpan<byte> package)
    {
        if (!AndroidPath.IsPackage(package)) return false;
        if (activity == _activity && package.SequenceEqual(_package) && Math.Abs(entry.Moment - _moment) <= SameChange) return false;
        _package = package.ToArray();
        _activity = activity;
        _moment = entry.Moment;
        writer.BeginFact(batch, EventClass.ApplicationLifecycle, activity, in entry);
        LogcatWriter.NameApp(batch, package, AppGrade.Package);
        batch.Commit();
        return true;
    }
}
