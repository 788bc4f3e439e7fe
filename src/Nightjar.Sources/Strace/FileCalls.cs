using Nightjar.Events;
using Nightjar.Sources.Android;

namespace Nightjar.Sources.Strace;

/// <summary>Calls on files: open, write, rename, delete. Only what succeeded happened.</summary>
/// <remarks>A file counts as written with its first write, of which the trace shows the first bytes. The runtime takes Dalvik code from plain
/// reads and maps, so opening such a file for reading, outside of what was installed, is what a trace shows of loading it.</remarks>
internal sealed class FileCalls(StraceWriter writer)
{
    private const int Create = 1;
    private const int Read = 2;
    private const int Update = 3;
    private const int Delete = 4;
    private const int Rename = 5;

    /// <summary><c>openat(dir, path, flags)</c>, <c>open(path, flags)</c>, <c>creat(path)</c>.</summary>
    public void Open(EventBatch batch, in StraceCall call, ReadOnlySpan<byte> folder, ReadOnlySpan<byte> pathArgument, ReadOnlySpan<byte> flags)
    {
        if (!call.TryResult(out var descriptor) || descriptor > int.MaxValue) return;
        StraceArguments.TryDescriptor(call.Result, out _, out var noted);
        var path = noted.StartsWith("/"u8) ? noted : writer.Path(call.Pid, folder, pathArgument);
        if (path.IsEmpty) return;
        var opened = new OpenFile(path.ToArray());
        writer.Files.Set(call.Pid, (int)descriptor, opened);
        if (IsDevice(path) || Has(flags, "O_DIRECTORY"u8) || Has(flags, "O_PATH"u8)) return;
        var isWriting = Has(flags, "O_WRONLY"u8) || Has(flags, "O_RDWR"u8);
        if (Has(flags, "O_CREAT"u8)) Write(batch, in call, Create, opened.Path);
        else if (Has(flags, "O_TRUNC"u8) && isWriting) Write(batch, in call, Update, opened.Path);
        else if (!Has(flags, "O_WRONLY"u8)) Write(batch, in call, Read, opened.Path);
        if (!isWriting && !Has(flags, "O_CREAT"u8)) LoadByReading(batch, in call, opened);
    }

    /// <summary><c>write(fd, data, …)</c> and its relatives.</summary>
    public void Written(EventBatch batch, in StraceCall call, ReadOnlySpan<byte> descriptor, ReadOnlySpan<byte> data)
    {
        if (!call.TryResult(out var count) || count == 0 || Find(in call, descriptor) is not { IsWritten: false } open || IsDevice(open.Path)) return;
        open.IsWritten = true;
        writer.Begin(batch, EventClass.FileActivity, Update, in call);
        writer.NameApp(batch, open.Path);
        batch.Set(FieldId.FilePath, open.Path);
        var quote = data.IndexOf((byte)'"');
        if (quote >= 0) batch.Set(FieldId.FileMagic, ContentMagic.Of(writer.Text(data[quote..])));
        batch.Commit();
    }

    /// <summary><c>unlink</c>: the file is gone.</summary>
    public void Deleted(EventBatch batch, in StraceCall call, ReadOnlySpan<byte> folder, ReadOnlySpan<byte> pathArgument)
    {
        if (!call.TryResult(out _)) return;
        var path = writer.Path(call.Pid, folder, pathArgument);
        if (!path.IsEmpty) Write(batch, in call, Delete, path);
    }

    /// <summary><c>link</c>: the file has one more name.</summary>
    public void Linked(EventBatch batch, in StraceCall call, ReadOnlySpan<byte> folder, ReadOnlySpan<byte> pathArgument)
    {
        if (!call.TryResult(out _)) return;
        var path = writer.Path(call.Pid, folder, pathArgument);
        if (!path.IsEmpty) Write(batch, in call, Create, path);
    }

    /// <summary><c>rename</c>: the file has another name.</summary>
    public void Renamed(EventBatch batch, in StraceCall call, ReadOnlySpan<byte> fromFolder, ReadOnlySpan<byte> from, ReadOnlySpan<byte> toFolder, ReadOnlySpan<byte> to)
    {
        if (!call.TryResult(out _)) return;
        var path = writer.Path(call.Pid, fromFolder, from);
        if (path.IsEmpty) return;
        writer.Begin(batch, EventClass.FileActivity, Rename, in call);
        writer.NameApp(batch, path);
        batch.Set(FieldId.FilePath, path);
        var target = writer.Path(call.Pid, toFolder, to);
        batch.Set(FieldId.FileResultPath, target);
        batch.Commit();
    }

    /// <summary>What a descriptor stands for, from the trace's own note or from the call that opened it.</summary>
    public OpenFile? Find(in StraceCall call, ReadOnlySpan<byte> descriptor)
    {
        if (!StraceArguments.TryDescriptor(descriptor, out var number, out var noted)) return null;
        var open = writer.Files.Find(call.Pid, number);
        if (!noted.StartsWith("/"u8) || open is not null && noted.SequenceEqual(open.Path)) return open;
        open = new OpenFile(noted.ToArray());
        writer.Files.Set(call.Pid, number, open);
        return open;
    }

    /// <summary>The contract's word for code by the name of its file; empty when the name tells none.</summary>
    public static ReadOnlySpan<byte> CodeType(ReadOnlySpan<byte> path)
    {
        if (path.EndsWith(".dex"u8) || path.EndsWith(".odex"u8) || path.EndsWith(".oat"u8) || path.EndsWith(".vdex"u8)) return "dex"u8;
        if (path.EndsWith(".jar"u8)) return "jar"u8;
        return path.EndsWith(".apk"u8) ? "apk"u8 : default;
    }

    private void LoadByReading(EventBatch batch, in StraceCall call, OpenFile opened)
    {
        var type = CodeType(opened.Path);
        if (type.IsEmpty || AndroidPath.IsInstalled(opened.Path)) return;
        opened.IsLoaded = true;
        writer.Begin(batch, EventClass.ModuleActivity, 1, in call, 1);
        writer.NameApp(batch, opened.Path);
        batch.Set(FieldId.ModulePath, opened.Path);
        batch.Set(FieldId.ModuleType, type);
        batch.Set(FieldId.FunctionName, call.Name);
        batch.Commit();
    }

    private void Write(EventBatch batch, in StraceCall call, int activity, ReadOnlySpan<byte> path)
    {
        writer.Begin(batch, EventClass.FileActivity, activity, in call);
        writer.NameApp(batch, path);
        batch.Set(FieldId.FilePath, path);
        batch.Commit();
    }

    private static bool IsDevice(ReadOnlySpan<byte> path) =>
        path.IsEmpty || path.StartsWith("/proc/"u8) || path.StartsWith("/sys/"u8) || path.StartsWith("/dev/"u8) || path.StartsWith("/memfd:"u8);

    private static bool Has(ReadOnlySpan<byte> flags, ReadOnlySpan<byte> flag) => flags.IndexOf(flag) >= 0;
}
