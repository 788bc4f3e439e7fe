using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Nightjar.Events;

namespace Nightjar.Sources.Logcat;

/// <summary>Android's own daily report of code that apps loaded from their data: <c>snet_event_log: [dcl,10123,HASH HASH]</c>.</summary>
/// <remarks>It is written while the phone is idle and charging: its time is that of the report. The first hash is of the bare file name,
/// which can be told only when it is a usual one; the second is of the content.</remarks>
internal sealed class ReportedCode(LogcatWriter writer)
{
    private const int HashDigits = 64;

    private static readonly Dictionary<string, string> NamesByHash = UsualNames().ToDictionary(
        name => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name))), name => name, StringComparer.Ordinal);

    /// <summary>Writes the load; false when the line reports none.</summary>
    public bool TryWrite(EventBatch batch, in LogcatEntry entry)
    {
        var message = entry.Line.Message;
        Span<Range> ranges = stackalloc Range[3];
        if (entry.IsOfApp || EventList.Split(ref message, ranges) < 3) return false;
        var kind = EventList.Value(message, ranges[0]);
        var isNative = kind.SequenceEqual("dcln"u8);
        if (!isNative && !kind.SequenceEqual("dcl"u8)) return false;
        var number = EventList.Value(message, ranges[1]);
        if (!Utf8Parser.TryParse(number, out int uid, out var used) || used != number.Length || uid < 0) return false;
        var hashes = EventList.Value(message, ranges[2]);
        if (hashes.Length < HashDigits || !IsHash(hashes[..HashDigits])) return false;
        Write(batch, in entry, isNative, uid, hashes);
        return true;
    }

    private void Write(EventBatch batch, in LogcatEntry entry, bool isNative, int uid, ReadOnlySpan<byte> hashes)
    {
        writer.BeginFact(batch, EventClass.ModuleActivity, 1, in entry);
        batch.Current.State.TimeBasis = TimeBasis.Reported;
        writer.NameUid(batch, uid);
        batch.Set(FieldId.ModuleType, isNative ? "so"u8 : "dex"u8);
        if (NamesByHash.GetValueOrDefault(Encoding.ASCII.GetString(hashes[..HashDigits]).ToLowerInvariant()) is { } name)
            batch.Set(FieldId.ModulePath, name);
        var content = hashes[HashDigits..].Trim((byte)' ');
        if (content.Length == HashDigits && IsHash(content))
        {
            Span<byte> lower = stackalloc byte[HashDigits];
            Ascii.ToLower(content, lower, out _);
            batch.Add(FieldId.ModuleHashes, lower);
        }
        batch.Commit();
    }

    private static bool IsHash(ReadOnlySpan<byte> text)
    {
        foreach (var c in text)
            if (!char.IsAsciiHexDigit((char)c)) return false;
        return true;
    }

    private static IEnumerable<string> UsualNames()
    {
        string[] stems =
        [
            "classes", "base", "payload", "plugin", "patch", "update", "main", "core", "sdk", "dex", "app", "code", "temp", "tmp", "cache", "data",
            "test", "host", "lib", "loader", "module", "master", "secondary", "decrypted", "out", "output", "output-1", "mobile", "dynamic", "bundle",
            "a", "b", "c", "d", "f", "m", "x", "0", "1", "2", "the", "ads", "audience_network", "instant-run", "hotfix", "fix", "shell", "inner",
        ];
        var files = from stem in stems from type in (string[])["dex", "jar", "apk", "zip"] select $"{stem}.{type}";
        var parts = from number in Enumerable.Range(2, 19) select $"classes{number}.dex";
        string[] libraries =
        [
            "libjiagu.so", "libjiagu_64.so", "libapp.so", "libmain.so", "libnative-lib.so", "libnative.so", "lib.so", "libpayload.so", "libexec.so",
            "libexecmain.so", "libshell.so", "libshella.so", "libshellx.so", "libDexHelper.so", "libSecShell.so", "libprotectClass.so", "libbaiduprotect.so",
            "libjvmtiagent.so", "frida-gadget.so", "libfrida-gadget.so", "libgadget.so", "libc++_shared.so", "libflutter.so", "libhook.so", "libinject.so",
        ];
        return files.Concat(parts).Concat(libraries);
    }
}
