using Nightjar.Events;
using Nightjar.Sources.Android;

namespace Nightjar.Sources.Logcat;

/// <summary>Android's log as <c>logcat</c> prints it, in every printing format, and as Android Studio copies it.</summary>
/// <remarks>
/// The <c>raw</c> format prints messages alone, and is told by the line that names the buffer before them.
/// A log is written by everyone. What a line claims about the system is believed only when its emitter is known to be the system: its user
/// id is below those of apps, or its process is the kernel, and both are printed before anything that an app may choose (so not in
/// <c>brief</c>, <c>time</c>, <c>tag</c>, <c>process</c> and <c>long</c>). Otherwise the event is hearsay. Lines that only the system writes (starts of processes,
/// screen, packages, daily reports) and that an app is known to have written stay plain lines.
/// </remarks>
internal sealed class LogcatReader : ISourceReader
{
    private const int LinesToJudge = 60;

    public SourceFormat Format { get; } = new("android-logcat", "Android log (logcat)", PositionKind.Line)
    {
        LogNames = ["android:logcat"],
        Yields = [EventClass.KernelDecision, EventClass.ModuleActivity, EventClass.ProcessActivity, EventClass.ApplicationLifecycle, EventClass.MobileState, EventClass.LogLine],
        Platform = Platform.Android,
        IsOneDevice = true,
    };

    public SourceSession Open(SourceInput input) => new LogcatSession(input);

    public int Recognise(SourceHead head)
    {
        var clock = new LogcatClock(new Instant(0), new LocalZone(TimeSpan.Zero));
        int dividers = 0, timed = 0, untimed = 0, others = 0;
        var isLong = false;
        var isRaw = true;
        foreach (var memory in head.Lines(LinesToJudge))
        {
            var line = memory.Span;
            if (line.IsEmpty) continue;
            isRaw &= dividers + timed + untimed > 0 || LogcatPrefix.IsDivider(line);
            if (LogcatPrefix.IsDivider(line)) dividers++;
            else if (LogcatPrefix.TryReadHeader(line, clock, out _)) (timed, isLong) = (timed + 1, true);
            else if (!LogcatPrefix.TryRead(line, clock, out var read)) others += isLong ? 0 : 1;
            else if (read.HasTime) timed++;
            else untimed++;
        }
        return isRaw && dividers > 0 && timed + untimed == 0 ? 60 : Judge(dividers, timed, untimed, others);
    }

    private static int Judge(int dividers, int timed, int untimed, int others)
    {
        var read = dividers + timed + untimed;
        if (read == 0 || read < others) return 0;
        if (dividers > 0 || timed >= 3) return 95;
        if (timed > 0) return 80;
        return untimed >= 3 ? 70 : 30;
    }
}
