using Nightjar.Events;

namespace Nightjar.Sources.Strace;

/// <summary>Traces of an Android app's system calls, as <c>strace</c> writes them, with or without times, threads and paths of descriptors.</summary>
internal sealed class StraceReader : ISourceReader
{
    private const int LinesToJudge = 40;

    public SourceFormat Format { get; } = new("strace", "System call trace (strace)", PositionKind.Line)
    {
        LogNames = ["MobileEDR:telemetry"],
        Yields = [EventClass.FileActivity, EventClass.MemoryActivity, EventClass.ModuleActivity, EventClass.ProcessActivity, EventClass.NetworkActivity],
        Platform = Platform.Android,
        IsOneDevice = true,
    };

    public SourceSession Open(SourceInput input) => new StraceSession(input);

    public int Recognise(SourceHead head)
    {
        var clock = new StraceClock(null, TimeSpan.Zero);
        int calls = 0, remarks = 0, others = 0;
        foreach (var memory in head.Lines(LinesToJudge))
        {
            if (memory.IsEmpty) continue;
            var kind = StraceLine.Read(memory.Span, clock).Kind;
            if (kind is StraceKind.Call or StraceKind.Unfinished or StraceKind.Resumed) calls++;
            else if (kind == StraceKind.Remark) remarks++;
            else others++;
        }
        if (calls == 0 || calls + remarks < others * 3) return 0;
        return calls >= 3 ? 90 : 60;
    }
}
