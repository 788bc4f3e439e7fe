using Nightjar.Events;

namespace Nightjar.Sources.Dumpstate;

/// <summary>Android's bug report in text (dumpstate), and what <c>dumpsys</c> prints of all services or of one.</summary>
/// <remarks>Times are local without a zone; the zone stands in the properties, or the alarm service tells its offset. What stands before waits for it.
/// The parts that are read: logs, packages, app operations, usage, settings, scheduled jobs, downloads, network counters, battery history. The zone is
/// that of the moment of the dump; times of a journey before it are off by what the zones differ.</remarks>
internal sealed class DumpstateReader : ISourceReader
{
    private const int LinesToJudge = 200;

    public SourceFormat Format { get; } = new("android-dumpstate", "Android bug report (dumpstate, dumpsys)", PositionKind.Line)
    {
        LogNames = ["android:logcat"],
        Yields =
        [
            EventClass.FileActivity, EventClass.KernelDecision, EventClass.ModuleActivity, EventClass.ScheduledJob, EventClass.ProcessActivity, EventClass.UserAccess,
            EventClass.NetworkActivity, EventClass.SoftwareInfo, EventClass.ApplicationLifecycle, EventClass.SensorUse, EventClass.MobileState, EventClass.LogLine,
        ],
        Platform = Platform.Android,
        IsOneDevice = true,
    };

    public SourceSession Open(SourceInput input) => new DumpstateSession(input);

    public int Recognise(SourceHead head)
    {
        var best = 0;
        foreach (var line in head.Lines(LinesToJudge))
        {
            best = Math.Max(best, Judge(line.Span));
            if (best >= 96) break;
        }
        return best;
    }

    private static int Judge(ReadOnlySpan<byte> line)
    {
        if (line.StartsWith("== dumpstate: "u8)) return 98;
        if (line.StartsWith("DUMP OF SERVICE "u8) && line.IndexOf((byte)':') > 0 || line.SequenceEqual("Currently running services:"u8)) return 96;
        return SectionName.OfOpening(line) == SectionKind.None ? 0 : 72;
    }
}
