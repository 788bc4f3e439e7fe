using System.Text;
using System.Text.Unicode;
using Nightjar.Events;
using Nightjar.Sources.Android;

namespace Nightjar.Sources.Strace;

/// <summary>Writes what is common to the events of a trace, and knows the app that is traced.</summary>
internal sealed class StraceWriter(int file)
{
    private readonly RecordKey _key = new();
    private readonly byte[] _noted = new byte[EventBatch.MaxTextBytes];
    private byte[] _decoded = new byte[4096];
    private byte[] _path = new byte[8192];
    private byte[] _folder = "/"u8.ToArray();

    /// <summary>The descriptors of the traced processes.</summary>
    public OpenFiles Files { get; } = new();

    /// <summary>The app that is traced; empty while unknown.</summary>
    public byte[] App { get; set; } = [];

    /// <summary>True when the app is known beyond a guess.</summary>
    public bool IsAppProven { get; set; }

    /// <summary>Begins the n-th event of a call, from 0.</summary>
    public void Begin(EventBatch batch, EventClass kind, int activity, in StraceCall call, int nth = 0)
    {
        batch.Begin(kind, activity, call.Time, file, call.Number);
        ref var header = ref batch.Current;
        header.End = call.End;
        header.Id = IdOf(in call, nth);
        header.Platform = Platform.Android;
        header.LogName = batch.Intern("MobileEDR:telemetry"u8);
        header.State.TimeBasis = call.Basis;
        if (!call.HasTime) header.Sequence = call.Number;
        if (call.Pid > 0) batch.SetInteger(FieldId.ProcessId, call.Pid);
    }

    /// <summary>Names the app: whose private folder the path lies in, else the app that is traced.</summary>
    public void NameApp(EventBatch batch, ReadOnlySpan<byte> path)
    {
        var owner = AndroidPath.PrivateOwner(path);
        // Play services lend code from their own folder to every app.
        if (owner.IsEmpty || owner.SequenceEqual("com.google.android.gms"u8)) owner = App;
        if (owner.IsEmpty) return;
        batch.Current.App = batch.Intern(owner);
        batch.Current.State.AppGrade = IsAppProven && owner.SequenceEqual(App) ? AppGrade.Uid : AppGrade.Label;
    }

    /// <summary>A quoted text as bytes of UTF-8; valid until the next call. Empty when the argument is none.</summary>
    public ReadOnlySpan<byte> Text(ReadOnlySpan<byte> argument)
    {
        if (_decoded.Length < argument.Length) _decoded = new byte[argument.Length];
        var length = StraceArguments.Decode(argument, _decoded);
        return length < 0 ? default : _decoded.AsSpan(0, length);
    }

    /// <summary>An absolute path from a quoted text; a relative one lies below the folder that the descriptor stands for. Valid until the next call.</summary>
    public ReadOnlySpan<byte> Path(int pid, ReadOnlySpan<byte> folder, ReadOnlySpan<byte> argument)
    {
        var text = Text(argument);
        if (text.IsEmpty || text.Length > 4096) return default;
        if (!Utf8.IsValid(text)) text = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text));
        if (text[0] == (byte)'/') return text;
        var above = FolderOf(pid, folder);
        if (above.IsEmpty || above.Length > 4096) return default;
        if (_path.Length < above.Length + 1 + text.Length) _path = new byte[above.Length + 1 + text.Length];
        above.CopyTo(_path);
        _path[above.Length] = (byte)'/';
        text.CopyTo(_path.AsSpan(above.Length + 1));
        return Clean(_path.AsSpan(0, above.Length + 1 + text.Length));
    }

    /// <summary>The process changed its folder.</summary>
    public void ChangeFolder(ReadOnlySpan<byte> path) => _folder = path.ToArray();

    private ReadOnlySpan<byte> FolderOf(int pid, ReadOnlySpan<byte> folder)
    {
        folder = folder.Trim((byte)' ');
        if (folder.IsEmpty || folder.StartsWith("AT_FDCWD"u8))
        {
            var note = folder.IndexOf((byte)'<');
            return note > 0 && folder[^1] == (byte)'>' ? folder[(note + 1)..^1] : _folder;
        }
        if (!StraceArguments.TryDescriptor(folder, out var descriptor, out var path)) return default;
        return path.IsEmpty ? Files.Find(pid, descriptor)?.Path : path;
    }

    private ReadOnlySpan<byte> Clean(ReadOnlySpan<byte> path) => _noted.AsSpan(0, CanonicalPath.Write(path, _noted));

    // Without times equal lines are not the same call, so their place tells them apart.
    private UInt128 IdOf(in StraceCall call, int nth)
    {
        if (nth == 0 && call.HasTime) return EventIds.FromRecord(call.Record);
        _key.Begin("strace"u8).Add(call.Record).Add(nth);
        return call.HasTime ? _key.ToId() : _key.Add(call.Number).ToId();
    }
}
