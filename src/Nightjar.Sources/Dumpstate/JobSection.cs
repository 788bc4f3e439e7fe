using Nightjar.Events;
using Nightjar.Sources.Android;
using Nightjar.Sources.Logcat;

namespace Nightjar.Sources.Dumpstate;

/// <summary>Jobs that wait, and the starts and stops that <c>jobscheduler</c> remembers. Its times are relative to the dump.</summary>
internal sealed class JobSection(Dump dump) : DumpSection(dump)
{
    private const int Create = 1;
    private const int Started = 6;
    private const int Other = 99;
    private const int MaxText = 1024;

    private byte[] _component = [];
    private byte[] _job = [];
    private byte[] _package = [];
    private byte[] _period = [];
    private TimeSpan? _enqueued;
    private long _number;

    public override void OnLine(ReadOnlySpan<byte> line, long number, EventBatch batch)
    {
        var text = line.Trim(" \t"u8);
        if (text.StartsWith("JOB "u8)) Enter(text[4..], number, batch);
        else if (text.StartsWith("-"u8) || text.StartsWith("0 "u8)) TakeHistory(text, number, batch);
        else if (_component.Length == 0) return;
        else if (text.StartsWith("Source: "u8)) _package = Short(DumpText.Value(text, "pkg="u8));
        else if (text.StartsWith("PERIODIC: "u8)) _period = Short(DumpText.Value(text, "interval="u8));
        else if (text.StartsWith("Enqueue time: "u8) && ElapsedText.Read(text[14..], out var span) > 0) _enqueued = span;
    }

    public override void OnEnd(EventBatch batch) => Close(batch);

    // "#u0a279/17: db3c931 com.x/.Service"; since Android 14 a namespace may stand before.
    private void Enter(ReadOnlySpan<byte> text, long number, EventBatch batch)
    {
        Close(batch);
        var hash = text.IndexOf((byte)'#');
        var colon = hash < 0 ? -1 : text[hash..].IndexOf((byte)':');
        if (colon < 2) return;
        var rest = text[(hash + colon + 1)..].Trim((byte)' ');
        _job = Short(text[(hash + 1)..(hash + colon)]);
        _component = Short(rest[(rest.LastIndexOf((byte)' ') + 1)..]);
        _package = _period = [];
        _enqueued = null;
        _number = number;
    }

    private void Close(EventBatch batch)
    {
        if (_component.Length > 0 && Dump.TryNow(batch, _number, out var now))
        {
            var time = now + (_enqueued ?? default);
            Begin(batch, Create, time, _component, _job, _number);
            if (_enqueued is null) batch.Current.State.TimeBasis = TimeBasis.Reported;
            LogcatWriter.NameApp(batch, AndroidPath.IsPackage(_package) ? _package : default, AppGrade.Package);
            batch.Set(FieldId.Message, Dump.Remark.Begin().Add("job"u8, _job).Add("period"u8, _period).ToSpan());
            batch.Current.Id = Dump.Key.Begin("job"u8).Add(_job).Add(_component).Add(time.Micros).ToId();
            batch.Commit();
        }
        _component = [];
    }

    // "-19m40s688ms START-P: #u0a107/9008 @Ns@com.x/.Service reason".
    private void TakeHistory(ReadOnlySpan<byte> text, long number, EventBatch batch)
    {
        var used = ElapsedText.Read(text, out var ago);
        if (used == 0) return;
        var rest = text[used..].TrimStart((byte)' ');
        var colon = rest.IndexOf((byte)':');
        if (colon < 4 || !(rest.StartsWith("START"u8) || rest.StartsWith("STOP"u8))) return;
        var what = rest[(colon + 1)..].TrimStart(" #"u8);
        var blank = what.IndexOf((byte)' ');
        if (blank < 1 || !Dump.TryNow(batch, number, out var now)) return;
        var component = what[(blank + 1)..];
        var end = component.IndexOf((byte)' ');
        Begin(batch, rest.StartsWith("START"u8) ? Started : Other, now + ago, end < 0 ? component : component[..end], what[..blank], number);
        batch.Set(FieldId.Message, rest);
        batch.Current.Id = Dump.Key.Begin("job history"u8).Add(rest).Add(batch.Current.Time.Micros).ToId();
        batch.Commit();
    }

    private void Begin(EventBatch batch, int activity, Instant time, ReadOnlySpan<byte> component, ReadOnlySpan<byte> job, long number)
    {
        Dump.Begin(batch, EventClass.ScheduledJob, activity, time, Dump.NowBasis, number);
        component = component[(component.LastIndexOf((byte)'@') + 1)..];
        batch.Set(FieldId.JobName, component);
        batch.Set(FieldId.LogTag, "jobscheduler"u8);
        LogcatWriter.NameApp(batch, LogcatWriter.PackageOfComponent(component), AppGrade.Package);
        var slash = job.IndexOf((byte)'/');
        if (slash > 0 && AndroidUid.Parse(job[..slash]) is >= 0 and var uid) batch.SetInteger(FieldId.EmitterUid, uid);
    }

    private static byte[] Short(ReadOnlySpan<byte> text) => text[..Math.Min(text.Length, MaxText)].ToArray();
}
