using Nightjar.Events;
using Nightjar.Sources.Android;
using Nightjar.Sources.Logcat;

namespace Nightjar.Sources.Dumpstate;

/// <summary>The last uses of each operation by each app, as <c>appops</c> lists them since Android 9, and in one line as before.</summary>
/// <remarks>A refused use is no use: it stays a log line. So do operations that touch nothing personal.</remarks>
internal sealed class AppOpsSection(Dump dump) : DumpSection(dump)
{
    private const int Start = 1;
    private const int Use = 3;
    private const int MaxName = 255;

    private byte[] _package = [];
    private byte[] _operation = [];
    private int _uid = AndroidUid.Unknown;

    public override void OnLine(ReadOnlySpan<byte> line, long number, EventBatch batch)
    {
        var text = line.Trim(" \t"u8);
        if (text.StartsWith("Uid "u8) && text[^1] == (byte)':') EnterUid(text[4..^1]);
        else if (text.StartsWith("Package "u8) && text[^1] == (byte)':') EnterPackage(text[8..^1]);
        else if (_package.Length == 0) return;
        else if (text.StartsWith("Access: "u8)) Write(text, text[8..], true, number, batch);
        else if (text.StartsWith("Reject: "u8)) Write(text, text[8..], false, number, batch);
        else if (text.StartsWith("Running start at: "u8)) WriteRunning(text, number, batch);
        else EnterOperation(text, number, batch);
    }

    private void EnterUid(ReadOnlySpan<byte> uid)
    {
        _uid = AndroidUid.Parse(uid);
        _package = _operation = [];
    }

    private void EnterPackage(ReadOnlySpan<byte> package)
    {
        _operation = [];
        _package = package.Length <= MaxName && (AndroidPath.IsPackage(package) || package.SequenceEqual("android"u8)) ? package.ToArray() : [];
        if (_package.Length > 0) Dump.Log.Processes.LearnUid(_uid, _package);
    }

    // "CAMERA (allow):", "CAMERA (allow / switch …):", of old "CAMERA: mode=0; time=+1h2m3s4ms ago; duration=+2s3ms".
    private void EnterOperation(ReadOnlySpan<byte> text, long number, EventBatch batch)
    {
        var end = text.IndexOfAnyExceptInRange((byte)'A', (byte)'_');
        if (end < 3 || end > 64 || !(text[end..].StartsWith(" ("u8) || text[end..].StartsWith(": mode="u8))) return;
        _operation = text[..end].ToArray();
        var ago = DumpText.Between(text, "; time="u8, " ago"u8);
        if (ago.IsEmpty || ElapsedText.Read(ago, out var span) == 0 || !Dump.TryNow(batch, number, out var now)) return;
        Begin(text, true, now - span.Duration(), DurationOf(text), number, batch);
        Commit(text, batch);
    }

    private void Write(ReadOnlySpan<byte> text, ReadOnlySpan<byte> use, bool isUse, long number, EventBatch batch)
    {
        if (_operation.Length == 0) return;
        var close = use.IndexOfAny((byte)']', (byte)'=');
        var when = close < 0 ? use : use[(close + 1)..].TrimStart((byte)' ');
        var end = when.IndexOf(" ("u8);
        if (!Dump.Zone.TryRead(end < 0 ? when : when[..end], out var time, out var basis))
        {
            batch.Report(AnomalyKind.BadTime, Dump.File, number, "The time of the use cannot be read.");
            return;
        }
        Begin(text, isUse, time, DurationOf(use), number, batch);
        batch.Current.State.TimeBasis = basis;
        if (isUse) batch.Current.State.AppState = StateOf(use.TrimStart((byte)'['));
        Commit(text, batch);
    }

    private void WriteRunning(ReadOnlySpan<byte> text, long number, EventBatch batch)
    {
        if (_operation.Length == 0 || ElapsedText.Read(text[18..], out var span) == 0 || !Dump.TryNow(batch, number, out var now)) return;
        Begin(text, true, now - span.Duration(), span.Duration(), number, batch);
        Commit(text, batch);
    }

    private void Begin(ReadOnlySpan<byte> text, bool isUse, Instant time, TimeSpan duration, long number, EventBatch batch)
    {
        var sensor = isUse ? Operations.SensorOf(_operation) : default;
        if (sensor.IsEmpty)
        {
            Dump.BeginLine(batch, time, Dump.NowBasis, number, "appops"u8, text);
            return;
        }
        Dump.Begin(batch, EventClass.SensorUse, duration > TimeSpan.Zero ? Start : Use, time, Dump.NowBasis, number);
        batch.Current.End = time + duration;
        batch.Set(FieldId.Sensor, sensor);
    }

    private void Commit(ReadOnlySpan<byte> text, EventBatch batch)
    {
        LogcatWriter.NameApp(batch, _package, AppGrade.Package);
        if (_uid >= 0) batch.SetInteger(FieldId.EmitterUid, _uid);
        batch.Set(FieldId.Message, Dump.Remark.Begin().Add("operation"u8, _operation).Add("use"u8, text).ToSpan());
        // The distance to the dump stands behind the time and differs from dump to dump.
        batch.Current.Id = Dump.Key.Begin("appops"u8).Add(_package).Add(_operation).Add(text[..Math.Min(text.Length, 8)]).Add(batch.Current.Time.Micros).ToId();
        batch.Commit();
    }

    private static TimeSpan DurationOf(ReadOnlySpan<byte> text)
    {
        var at = text.IndexOf("duration="u8);
        return at >= 0 && ElapsedText.Read(text[(at + 9)..], out var span) > 0 ? span.Duration() : default;
    }

    // "top-s", "fgsvc-s": what the process of the app was at that moment, then by whose hand.
    private static AppState StateOf(ReadOnlySpan<byte> key)
    {
        if (key.StartsWith("top"u8)) return AppState.Foreground;
        if (key.StartsWith("fgsvc"u8)) return AppState.ForegroundService;
        return key.StartsWith("bg"u8) || key.StartsWith("cch"u8) ? AppState.Background : AppState.Unknown;
    }
}
