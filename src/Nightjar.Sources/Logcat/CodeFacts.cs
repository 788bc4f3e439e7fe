using Nightjar.Events;
using Nightjar.Sources.Android;

namespace Nightjar.Sources.Logcat;

/// <summary>Loads of code as the runtime, its compiler and the linker tell them.</summary>
internal sealed class CodeFacts(LogcatWriter writer)
{
    private const int Failed = 2;
    private const int Succeeded = 1;
    private const int MaxCompiled = 8;

    /// <summary>Lines of the runtime that may stand under any tag; only warnings and errors are searched.</summary>
    public bool TryWriteRuntime(EventBatch batch, in LogcatEntry entry)
    {
        var message = entry.Line.Message;
        var at = message.IndexOf("ritable dex file"u8);
        if (at >= 0) return TryWriteWritableDex(batch, in entry, at);
        at = message.IndexOf("dlopen failed: "u8);
        return at >= 0 && TryWriteFailure(batch, in entry, message[(at + 15)..]);
    }

    /// <summary>Lines of <c>dex2oat</c>: the files that it compiles. Installed files are installation, not loading.</summary>
    public bool TryWriteCompiler(EventBatch batch, in LogcatEntry entry)
    {
        var message = entry.Line.Message;
        var written = 0;
        while (written < MaxCompiled && message.IndexOf("--dex-file="u8) is var at and >= 0)
        {
            message = message[(at + 11)..];
            var end = message.IndexOf((byte)' ');
            var path = end < 0 ? message : message[..end];
            if (path.IsEmpty || AndroidPath.IsInstalled(path)) continue;
            Begin(batch, in entry, path, TypeOf(path, "dex"u8));
            batch.Set(FieldId.FunctionName, "dex2oat"u8);
            if (written > 0) batch.Current.Id = writer.Key.Begin("dex2oat"u8).Add(entry.Id).Add(written).ToId();
            batch.Commit();
            written++;
        }
        return written > 0;
    }

    /// <summary>Lines of <c>nativeloader</c>: <c>Load /data/…/libx.so using … : ok</c>.</summary>
    public bool TryWriteNativeLoader(EventBatch batch, in LogcatEntry entry)
    {
        var message = entry.Line.Message;
        var end = message.IndexOf(" using "u8);
        if (!message.StartsWith("Load "u8) || end < 6) return false;
        Begin(batch, in entry, message[5..end], "so"u8);
        if (message.EndsWith(": ok"u8)) batch.SetInteger(FieldId.StatusId, Succeeded);
        else if (message.IndexOf(": dlopen failed"u8) >= 0) batch.SetInteger(FieldId.StatusId, Failed);
        batch.Commit();
        return true;
    }

    /// <summary>Lines of the linker: what it refuses, and with its tracing on what it is asked for.</summary>
    public bool TryWriteLinker(EventBatch batch, in LogcatEntry entry)
    {
        var message = entry.Line.Message;
        if (!message.StartsWith("dlopen(name=\""u8)) return TryWriteFailure(batch, in entry, message);
        message = message[13..];
        var end = message.IndexOf((byte)'"');
        if (end < 1) return false;
        Begin(batch, in entry, message[..end], "so"u8);
        batch.Set(FieldId.FunctionName, "dlopen"u8);
        batch.Commit();
        return true;
    }

    // "Attempt to load writable dex file: /x" is told of every app, "Writable dex file '/x' is not allowed." where it was refused.
    private bool TryWriteWritableDex(EventBatch batch, in LogcatEntry entry, int at)
    {
        var rest = entry.Line.Message[(at + 16)..];
        var isRefused = rest.StartsWith(" '"u8);
        if (!isRefused && !rest.StartsWith(": "u8)) return false;
        var path = rest[2..];
        if (isRefused)
        {
            var end = path.IndexOf("' is not allowed"u8);
            if (end < 1) return false;
            path = path[..end];
        }
        path = path.Trim((byte)' ');
        if (!path.StartsWith("/"u8)) return false;
        Begin(batch, in entry, path, "dex"u8);
        if (isRefused) batch.SetInteger(FieldId.StatusId, Failed);
        batch.Commit();
        return true;
    }

    // library "/x" ("/x") needed or dlopened by "/y" is not accessible …, library "libx.so" not found, cannot locate symbol "s" referenced by "/x", "/x" is 32-bit …
    private bool TryWriteFailure(EventBatch batch, in LogcatEntry entry, ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> library = default;
        if (text.StartsWith("library \""u8)) library = Quoted(text[8..]);
        else if (text.StartsWith("cannot locate symbol \""u8) && text.IndexOf(" referenced by \""u8) is var by and > 0) library = Quoted(text[(by + 15)..]);
        else if (text.StartsWith("\"/"u8)) library = Quoted(text);
        if (library.IsEmpty || library[0] != (byte)'/' && library.IndexOf(".so"u8) < 1) return false;
        Begin(batch, in entry, library, "so"u8);
        batch.Set(FieldId.FunctionName, "dlopen"u8);
        batch.SetInteger(FieldId.StatusId, Failed);
        batch.Commit();
        return true;
    }

    private void Begin(EventBatch batch, in LogcatEntry entry, ReadOnlySpan<byte> path, ReadOnlySpan<byte> type)
    {
        writer.BeginFact(batch, EventClass.ModuleActivity, 1, in entry);
        batch.Set(FieldId.ModulePath, path);
        batch.Set(FieldId.ModuleType, type);
        // An app's private folder is open to that app alone, so its owner is who loads; inferred, therefore of the lowest grade.
        if (!writer.NameEmitter(batch, in entry)) LogcatWriter.NameApp(batch, AndroidPath.PrivateOwner(path), AppGrade.Label);
    }

    private static ReadOnlySpan<byte> Quoted(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text[0] != (byte)'"') return default;
        var end = text[1..].IndexOf((byte)'"');
        return end < 0 ? default : text[1..(end + 1)];
    }

    private static ReadOnlySpan<byte> TypeOf(ReadOnlySpan<byte> path, ReadOnlySpan<byte> otherwise)
    {
        if (path.EndsWith(".jar"u8)) return "jar"u8;
        if (path.EndsWith(".apk"u8)) return "apk"u8;
        return path.EndsWith(".zip"u8) ? "zip"u8 : otherwise;
    }
}
