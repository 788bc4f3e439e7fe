using System.Buffers.Text;
using System.Text;
using Nightjar.Events;

namespace Nightjar.Sources.Strace;

/// <summary>Calls on memory, sockets and processes.</summary>
internal sealed class OtherCalls(StraceWriter writer, FileCalls files)
{
    /// <summary><c>mmap(addr, length, protection, flags, fd, offset)</c>.</summary>
    public void Map(EventBatch batch, in StraceCall call, ReadOnlySpan<byte> protection, ReadOnlySpan<byte> flags, ReadOnlySpan<byte> descriptor)
    {
        if (!call.TryResult(out _)) return;
        var open = files.Find(in call, descriptor);
        if (Has(flags, "MAP_SHARED"u8) && Has(protection, "PROT_WRITE"u8)) files.Written(batch, in call, descriptor, default);
        if (!Has(protection, "PROT_EXEC"u8)) return;
        if (open is null || open.Path.Length == 0 || Has(flags, "MAP_ANONYMOUS"u8)) WritePermissions(batch, in call, 1, protection);
        else if (!open.IsLoaded) WriteLoad(batch, in call, open);
    }

    /// <summary><c>mprotect(addr, length, protection)</c>: of interest when memory becomes executable.</summary>
    public void Protect(EventBatch batch, in StraceCall call, ReadOnlySpan<byte> protection)
    {
        if (call.TryResult(out _) && Has(protection, "PROT_EXEC"u8)) WritePermissions(batch, in call, 2, protection);
    }

    /// <summary><c>socket(family, type, protocol)</c>.</summary>
    public void Socket(in StraceCall call, ReadOnlySpan<byte> family, ReadOnlySpan<byte> type)
    {
        if (!call.TryResult(out var descriptor) || descriptor > int.MaxValue) return;
        var protocol = !Has(family, "AF_INET"u8) ? null : Has(type, "SOCK_STREAM"u8) ? "tcp" : Has(type, "SOCK_DGRAM"u8) ? "udp" : null;
        writer.Files.Set(call.Pid, (int)descriptor, new OpenFile([]) { Protocol = protocol });
    }

    /// <summary><c>connect(fd, {sa_family=AF_INET, …})</c>. A connection under way counts as made.</summary>
    public void Connect(EventBatch batch, in StraceCall call, ReadOnlySpan<byte> descriptor, ReadOnlySpan<byte> address)
    {
        if (!call.TryResult(out _) && call.Result.IndexOf("EINPROGRESS"u8) < 0 || !Has(address, "AF_INET"u8)) return;
        writer.Begin(batch, EventClass.NetworkActivity, 1, in call);
        writer.NameApp(batch, default);
        var port = address.IndexOf("_port=htons("u8);
        if (port >= 0 && Utf8Parser.TryParse(address[(port + 12)..], out ushort number, out _)) batch.SetInteger(FieldId.DstPort, number);
        // inet_addr("…") or inet_pton(AF_INET6, "…", …): the first quoted text is the address.
        var quote = address.IndexOf((byte)'"');
        if (quote >= 0) batch.Set(FieldId.DstIp, writer.Text(address[quote..]));
        if (StraceArguments.TryDescriptor(descriptor, out var fd, out _)) batch.Set(FieldId.ProtocolName, writer.Files.Find(call.Pid, fd)?.Protocol);
        if (batch.IsSet(FieldId.DstIp)) batch.Commit();
        else batch.Abandon();
    }

    /// <summary><c>execve(path, [arguments], …)</c> and <c>execveat(dir, path, [arguments], …)</c>, whose path is empty for the descriptor's own file.</summary>
    public void Execute(EventBatch batch, in StraceCall call, ReadOnlySpan<byte> folder, ReadOnlySpan<byte> pathArgument, ReadOnlySpan<byte> arguments)
    {
        if (!call.TryResult(out _)) return;
        var path = writer.Path(call.Pid, folder, pathArgument);
        if (path.IsEmpty && !folder.IsEmpty) path = files.Find(in call, folder)?.Path;
        if (path.IsEmpty) return;
        writer.Begin(batch, EventClass.ProcessActivity, 1, in call);
        writer.NameApp(batch, path);
        batch.Set(FieldId.ProcessName, path);
        batch.Set(FieldId.ProcessCommandLine, CommandLine(arguments));
        batch.Commit();
    }

    /// <summary><c>dup</c> and its relatives: another descriptor for the same.</summary>
    public void Duplicate(in StraceCall call, ReadOnlySpan<byte> descriptor)
    {
        if (call.TryResult(out var number) && number <= int.MaxValue && files.Find(in call, descriptor) is { } open) writer.Files.Set(call.Pid, (int)number, open);
    }

    /// <summary><c>memfd_create(name)</c>: a file that is only memory.</summary>
    public void MemoryFile(in StraceCall call, ReadOnlySpan<byte> name)
    {
        if (call.TryResult(out var descriptor) && descriptor <= int.MaxValue)
            writer.Files.Set(call.Pid, (int)descriptor, new OpenFile([.. "/memfd:"u8, .. writer.Text(name)]));
    }

    /// <summary><c>clone</c>, <c>fork</c>: the descriptors of the new process.</summary>
    public void Fork(in StraceCall call)
    {
        if (call.TryResult(out var child) && child is > 0 and <= int.MaxValue)
            writer.Files.Fork(call.Pid, (int)child, Has(call.Arguments, "CLONE_FILES"u8) || call.Name.SequenceEqual("vfork"u8));
    }

    private void WriteLoad(EventBatch batch, in StraceCall call, OpenFile open)
    {
        open.IsLoaded = true;
        writer.Begin(batch, EventClass.ModuleActivity, 1, in call, 1);
        writer.NameApp(batch, open.Path);
        batch.Set(FieldId.ModulePath, open.Path);
        var type = FileCalls.CodeType(open.Path);
        batch.Set(FieldId.ModuleType, type.IsEmpty ? "so"u8 : type);
        batch.Set(FieldId.FunctionName, call.Name);
        batch.Commit();
    }

    private void WritePermissions(EventBatch batch, in StraceCall call, int activity, ReadOnlySpan<byte> protection)
    {
        writer.Begin(batch, EventClass.MemoryActivity, activity, in call);
        writer.NameApp(batch, default);
        Span<byte> text = [(byte)'-', (byte)'-', (byte)'x'];
        if (Has(protection, "PROT_READ"u8)) text[0] = (byte)'r';
        if (Has(protection, "PROT_WRITE"u8)) text[1] = (byte)'w';
        batch.Set(FieldId.ActualPermissions, text);
        batch.Commit();
    }

    private string CommandLine(ReadOnlySpan<byte> arguments)
    {
        arguments = arguments.Trim("[] "u8);
        Span<Range> ranges = stackalloc Range[64];
        var count = StraceArguments.Split(arguments, ranges);
        var line = new StringBuilder();
        for (var i = 0; i < count && line.Length < 4096; i++)
        {
            if (i > 0) line.Append(' ');
            line.Append(Encoding.UTF8.GetString(writer.Text(arguments[ranges[i]])));
        }
        return line.ToString();
    }

    private static bool Has(ReadOnlySpan<byte> flags, ReadOnlySpan<byte> flag) => flags.IndexOf(flag) >= 0;
}
