using System.Buffers.Text;
using Nightjar.Events;
using Nightjar.Sources.Android;
using Nightjar.Sources.Logcat;

namespace Nightjar.Sources.Dumpstate;

/// <summary>The events of <c>usagestats</c>: which app came to the front, the screen, the lock, the user.</summary>
/// <remarks>Older versions print the events of the last day a second time below the totals; equal lines of one second are one event. Times have
/// seconds only, so inside one the order of the lines counts. Totals by day and longer are no events.</remarks>
internal sealed class UsageSection(Dump dump) : DumpSection(dump)
{
    private const int AppStateChange = 1;
    private const int Lock = 2;
    private const int Unlock = 3;
    private const int UserInteraction = 4;
    private const int ScreenOn = 5;
    private const int ScreenOff = 6;

    private readonly AppsInUse _apps = new();
    private Instant _last = Instant.Min;
    private long _user;

    public override void OnLine(ReadOnlySpan<byte> line, long number, EventBatch batch)
    {
        var text = line.Trim(" \t"u8);
        if (text.StartsWith("user="u8))
        {
            if (DumpText.TryNumber(text, "user="u8, out var user)) _user = user;
            _apps.Clear();
        }
        if (!text.StartsWith("time="u8)) return;
        var type = DumpText.Value(text, "type="u8);
        if (type.IsEmpty) return;
        if (!TryTime(DumpText.Value(text, "time="u8), out var time, out var basis))
        {
            batch.Report(AnomalyKind.BadTime, Dump.File, number, "The time of the usage event cannot be read.");
            return;
        }
        if (time < _last) _apps.Clear();
        _last = time;
        Write(text, type, time, basis, number, batch);
    }

    private bool TryTime(ReadOnlySpan<byte> text, out Instant time, out TimeBasis basis)
    {
        if (Dump.Zone.TryRead(text, out time, out basis)) return true;
        basis = TimeBasis.Stated;
        if (!Utf8Parser.TryParse(text, out long number, out var used) || used != text.Length || number <= 0) return false;
        time = TimeText.FromEpoch(number);
        return true;
    }

    private void Write(ReadOnlySpan<byte> text, ReadOnlySpan<byte> type, Instant time, TimeBasis basis, long number, EventBatch batch)
    {
        var package = DumpText.Value(text, "package="u8);
        var (activity, state) = OfDevice(type);
        if (activity == 0 && IsOfApp(type)) (activity, state) = OfApp(text, type, batch.Intern(package));
        Dump.Begin(batch, activity == 0 ? EventClass.LogLine : EventClass.MobileState, Math.Max(activity, 1), time, basis, number);
        ref var header = ref batch.Current;
        header.Sequence = number;
        header.State.AppState = state;
        if (activity is Lock or Unlock) header.State.IsDeviceLocked = TriLogic.Of(activity == Lock);
        if (activity is ScreenOn or ScreenOff) header.State.IsScreenOn = TriLogic.Of(activity == ScreenOn);
        if (activity == UserInteraction) batch.SetInteger(FieldId.LastUserInteraction, time.Millis);
        // What is told of the whole device stands under the name of the system.
        if (!package.SequenceEqual("android"u8)) LogcatWriter.NameApp(batch, AndroidPath.IsPackage(package) ? package : default, AppGrade.Package);
        batch.Set(FieldId.LogTag, "usagestats"u8);
        batch.Set(FieldId.Message, text);
        header.Id = Dump.Key.Begin("usage"u8).Add(_user).Add(text).ToId();
        batch.Commit();
        if (type.StartsWith("DEVICE_"u8)) _apps.Clear();
    }

    private static (int Activity, AppState State) OfDevice(ReadOnlySpan<byte> type)
    {
        if (type.SequenceEqual("SCREEN_INTERACTIVE"u8)) return (ScreenOn, default);
        if (type.SequenceEqual("SCREEN_NON_INTERACTIVE"u8)) return (ScreenOff, default);
        if (type.SequenceEqual("KEYGUARD_SHOWN"u8)) return (Lock, default);
        if (type.SequenceEqual("KEYGUARD_HIDDEN"u8)) return (Unlock, default);
        return type.SequenceEqual("USER_INTERACTION"u8) ? (UserInteraction, default) : default;
    }

    private static bool IsOfApp(ReadOnlySpan<byte> type) =>
        type.StartsWith("ACTIVITY_"u8) || type.StartsWith("MOVE_TO_"u8) || type.IndexOf("FOREGROUND_SERVICE"u8) >= 0;

    private (int Activity, AppState State) OfApp(ReadOnlySpan<byte> text, ReadOnlySpan<byte> type, Symbol package)
    {
        var part = DumpText.TryNumber(text, "instanceId="u8, out var instance) ? instance : TextKey(DumpText.Value(text, "class="u8));
        var state = type switch
        {
            _ when type.SequenceEqual("ACTIVITY_RESUMED"u8) || type.SequenceEqual("MOVE_TO_FOREGROUND"u8) => _apps.Begin(package, part, false),
            _ when type.SequenceEqual("FOREGROUND_SERVICE_START"u8) || type.SequenceEqual("CONTINUING_FOREGROUND_SERVICE"u8) => _apps.Begin(package, part, true),
            _ when type.SequenceEqual("FOREGROUND_SERVICE_STOP"u8) => _apps.End(package, part, true),
            _ => _apps.End(package, part, false),
        };
        return state == AppState.Unknown ? default : (AppStateChange, state);
    }

    private static long TextKey(ReadOnlySpan<byte> text) => (long)(ulong)EventIds.FromRecord(text);
}
