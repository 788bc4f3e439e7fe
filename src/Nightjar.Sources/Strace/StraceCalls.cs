using System.Buffers;
using System.Text;
using Nightjar.Events;

namespace Nightjar.Sources.Strace;

/// <summary>Gives each call to the one who knows it. Other calls tell nothing that an analytic asks for.</summary>
internal sealed class StraceCalls
{
    private const int MaxArguments = 8;
    private const int MaxName = 64;

    private readonly StraceWriter _writer;
    private readonly FileCalls _files;
    private readonly OtherCalls _others;

    public StraceCalls(StraceWriter writer)
    {
        _writer = writer;
        _files = new FileCalls(writer);
        _others = new OtherCalls(writer, _files);
    }

    /// <summary>Writes the events of a call.</summary>
    public void Take(EventBatch batch, in StraceCall call)
    {
        Span<Range> ranges = stackalloc Range[MaxArguments];
        var count = StraceArguments.Split(call.Arguments, ranges);
        var arguments = new Arguments(call.Arguments, ranges[..count]);
        Span<char> name = stackalloc char[MaxName];
        if (Ascii.ToUtf16(call.Name, name, out var length) != OperationStatus.Done) return;
        if (TakeFile(batch, in call, name[..length], arguments) || TakeName(batch, in call, name[..length], arguments)) return;
        if (!TakeOther(batch, in call, name[..length], arguments)) TakeDescriptor(in call, name[..length], arguments);
    }

    private bool TakeFile(EventBatch batch, in StraceCall call, ReadOnlySpan<char> name, Arguments at)
    {
        switch (name)
        {
            case "openat" or "openat2":
                _files.Open(batch, in call, at[0], at[1], at[2]);
                break;
            case "open":
                _files.Open(batch, in call, default, at[0], at[1]);
                break;
            case "creat":
                _files.Open(batch, in call, default, at[0], "O_WRONLY|O_CREAT|O_TRUNC"u8);
                break;
            case "write" or "pwrite64" or "pwrite" or "writev" or "pwritev":
                _files.Written(batch, in call, at[0], at[1]);
                break;
            case "sendfile" or "sendfile64":
                _files.Written(batch, in call, at[0], default);
                break;
            case "copy_file_range" or "splice":
                _files.Written(batch, in call, at[2], default);
                break;
            default:
                return false;
        }
        return true;
    }

    // Calls that change under which name a file is found.
    private bool TakeName(EventBatch batch, in StraceCall call, ReadOnlySpan<char> name, Arguments at)
    {
        switch (name)
        {
            case "unlink":
                _files.Deleted(batch, in call, default, at[0]);
                break;
            case "unlinkat" when at[2].IndexOf("AT_REMOVEDIR"u8) < 0:
                _files.Deleted(batch, in call, at[0], at[1]);
                break;
            case "link":
                _files.Linked(batch, in call, default, at[1]);
                break;
            case "linkat":
                _files.Linked(batch, in call, at[2], at[3]);
                break;
            case "rename":
                _files.Renamed(batch, in call, default, at[0], default, at[1]);
                break;
            case "renameat" or "renameat2":
                _files.Renamed(batch, in call, at[0], at[1], at[2], at[3]);
                break;
            default:
                return false;
        }
        return true;
    }

    private bool TakeOther(EventBatch batch, in StraceCall call, ReadOnlySpan<char> name, Arguments at)
    {
        switch (name)
        {
            case "mmap" or "mmap2":
                _others.Map(batch, in call, at[2], at[3], at[4]);
                break;
            case "mprotect" or "pkey_mprotect":
                _others.Protect(batch, in call, at[2]);
                break;
            case "socket":
                _others.Socket(in call, at[0], at[1]);
                break;
            case "connect":
                _others.Connect(batch, in call, at[0], at[1]);
                break;
            case "execve":
                _others.Execute(batch, in call, default, at[0], at[1]);
                break;
            case "execveat":
                _others.Execute(batch, in call, at[0], at[1], at[2]);
                break;
            default:
                return false;
        }
        return true;
    }

    // Calls that tell nothing themselves, but what others mean.
    private void TakeDescriptor(in StraceCall call, ReadOnlySpan<char> name, Arguments at)
    {
        switch (name)
        {
            case "close" when StraceArguments.TryDescriptor(at[0], out var descriptor, out _):
                _writer.Files.Close(call.Pid, descriptor);
                break;
            case "dup" or "dup2" or "dup3":
                _others.Duplicate(in call, at[0]);
                break;
            case "fcntl" or "fcntl64" when at[1].IndexOf("F_DUPFD"u8) >= 0:
                _others.Duplicate(in call, at[0]);
                break;
            case "memfd_create":
                _others.MemoryFile(in call, at[0]);
                break;
            case "clone" or "clone3" or "fork" or "vfork":
                _others.Fork(in call);
                break;
            case "chdir" when call.TryResult(out _) && _writer.Path(call.Pid, default, at[0]) is { IsEmpty: false } path:
                _writer.ChangeFolder(path);
                break;
        }
    }

    /// <summary>The arguments of a call by their place; empty where there is none.</summary>
    private readonly ref struct Arguments(ReadOnlySpan<byte> text, ReadOnlySpan<Range> ranges)
    {
        private readonly ReadOnlySpan<byte> _text = text;
        private readonly ReadOnlySpan<Range> _ranges = ranges;

        public ReadOnlySpan<byte> this[int index] => index < _ranges.Length ? _text[_ranges[index]].Trim((byte)' ') : default;
    }
}
