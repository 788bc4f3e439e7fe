using System.Buffers.Text;
using Nightjar.Events;
using Nightjar.Sources.Android;

namespace Nightjar.Sources.Logcat;

/// <summary>Starts and ends of processes: events, and the knowledge which process number is which app.</summary>
/// <remarks>Nothing is learnt from lines that an app wrote: only the system starts processes.</remarks>
internal sealed class ProcessFacts(LogcatWriter writer)
{
    /// <summary><c>am_proc_start: [user,pid,uid,process,reason,component]</c>.</summary>
    public bool TryWriteStart(EventBatch batch, in LogcatEntry entry)
    {
        var message = entry.Line.Message;
        Span<Range> ranges = stackalloc Range[6];
        var count = EventList.Split(ref message, ranges);
        if (count < 4 || !TryNumber(EventList.Value(message, ranges[1]), out var pid) || !TryNumber(EventList.Value(message, ranges[2]), out var uid)) return false;
        return Write(batch, in entry, pid, uid, EventList.Value(message, ranges[3]), count > 5 ? EventList.Value(message, ranges[5]) : default);
    }

    /// <summary>The same in words: <c>Start proc 5919:com.x/u0a223 for activity {com.x/.Main}</c>, of old <c>Start proc com.x for …: pid=5919 uid=10223</c>.</summary>
    public bool TryWriteStartText(EventBatch batch, in LogcatEntry entry)
    {
        var text = entry.Line.Message[11..];
        var reason = text.IndexOf(" for "u8);
        if (reason < 1) return false;
        var what = text[..reason];
        var why = text[(reason + 5)..];
        if (Utf8Parser.TryParse(what, out int pid, out var used) && used < what.Length && what[used] == (byte)':')
        {
            var slash = what.LastIndexOf((byte)'/');
            return slash > used && Write(batch, in entry, pid, AndroidUid.Parse(what[(slash + 1)..]), what[(used + 1)..slash], Braced(why));
        }
        if (!TryAttribute(why, " pid="u8, out pid) || !TryAttribute(why, " uid="u8, out var uid)) return false;
        var component = why[(why.IndexOf((byte)' ') + 1)..];
        var end = component.IndexOf((byte)':');
        return Write(batch, in entry, pid, uid, what, end < 0 ? default : component[..end]);
    }

    /// <summary><c>am_proc_died</c> and <c>am_kill</c>: <c>[user,pid,process,…]</c>. Tells when the number becomes free.</summary>
    public void LearnEnd(in LogcatEntry entry)
    {
        var message = entry.Line.Message;
        Span<Range> ranges = stackalloc Range[4];
        if (!entry.IsOfApp && EventList.Split(ref message, ranges) > 2 && TryNumber(EventList.Value(message, ranges[1]), out var pid))
            writer.Processes.End(pid, entry.Moment);
    }

    /// <summary><c>Process com.x (pid 5919) has died</c>, <c>Killing 5919:com.x/u0a223 …</c>, <c>Process 5919 exited …</c>.</summary>
    public void LearnEndText(in LogcatEntry entry)
    {
        var message = entry.Line.Message;
        if (entry.IsOfApp) return;
        if (message.StartsWith("Killing "u8)) LearnEnd(message[8..], ":"u8, entry.Moment);
        else if (message.IndexOf(" (pid "u8) is var at and > 0) LearnEnd(message[(at + 6)..], ") has died"u8, entry.Moment);
        else if (message.StartsWith("Process "u8)) LearnEnd(message[8..], " exited "u8, entry.Moment);
    }

    private void LearnEnd(ReadOnlySpan<byte> text, ReadOnlySpan<byte> after, long moment)
    {
        if (Utf8Parser.TryParse(text, out int pid, out var used) && text[used..].StartsWith(after)) writer.Processes.End(pid, moment);
    }

    private bool Write(EventBatch batch, in LogcatEntry entry, int pid, int uid, ReadOnlySpan<byte> process, ReadOnlySpan<byte> component)
    {
        if (entry.IsOfApp || pid <= 0 || process.IsEmpty || process.Length > 255) return false;
        var package = LogcatWriter.PackageOfComponent(component);
        var grade = package.IsEmpty ? AppGrade.ProcessName : AppGrade.Package;
        if (package.IsEmpty) package = AndroidPath.PackageOfProcess(process);
        if (!writer.Processes.Start(pid, uid, process, package, entry.Moment)) return false;
        writer.BeginFact(batch, EventClass.ProcessActivity, 1, in entry);
        batch.Set(FieldId.ProcessName, process);
        batch.SetInteger(FieldId.ProcessId, pid);
        LogcatWriter.NameApp(batch, package, grade);
        batch.Current.Id = writer.Key.Begin("start"u8).Add(entry.Moment).Add(pid).Add(process).ToId();
        batch.Commit();
        return true;
    }

    private static ReadOnlySpan<byte> Braced(ReadOnlySpan<byte> text)
    {
        var open = text.IndexOf((byte)'{');
        var close = text.IndexOf((byte)'}');
        return open >= 0 && close > open ? text[(open + 1)..close] : default;
    }

    private static bool TryAttribute(ReadOnlySpan<byte> text, ReadOnlySpan<byte> key, out int value)
    {
        value = 0;
        var at = text.IndexOf(key);
        return at >= 0 && Utf8Parser.TryParse(text[(at + key.Length)..], out value, out _);
    }

    private static bool TryNumber(ReadOnlySpan<byte> text, out int value) =>
        Utf8Parser.TryParse(text, out value, out var used) && used == text.Length && value >= 0;
}
