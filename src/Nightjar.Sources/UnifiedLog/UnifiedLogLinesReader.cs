using Nightjar.Events;

namespace Nightjar.Sources.UnifiedLog;

/// <summary>The unified log of an iPhone or iPad, a JSON object a line: <c>log show --archive system_logs.logarchive --style ndjson</c>.</summary>
/// <remarks>A Mac writes the same format; what shows programs of a Mac is not taken for a phone's.</remarks>
internal sealed class UnifiedLogLinesReader : ISourceReader
{
    private const int LinesToJudge = 20;

    /// <summary>The classes of the events that the log gives, whichever form it is written in.</summary>
    public static IReadOnlyList<EventClass> Classes { get; } =
    [
        EventClass.MobileState, EventClass.ScheduledJob, EventClass.SensorUse, EventClass.UserAccess, EventClass.ApplicationLifecycle,
        EventClass.KernelDecision, EventClass.NetworkActivity, EventClass.LogLine,
    ];

    public SourceFormat Format { get; } = new("ios-unified-log", "iOS unified log, a line an entry", PositionKind.Line)
    {
        LogNames = ["iOS:unifiedlog"],
        Yields = Classes,
        Platform = Platform.IOS,
        IsOneDevice = true,
    };

    public SourceSession Open(SourceInput input) => new LinesSession(input);

    public int Recognise(SourceHead head)
    {
        var record = new LogRecord();
        int known = 0, others = 0;
        foreach (var line in head.Lines(LinesToJudge))
        {
            if (line.IsEmpty) continue;
            if (!record.TryRead(line.Span) || !record.IsCharacteristic) others++;
            else if (IsOfMac(record)) return 0;
            else known++;
        }
        return known == 0 || known < others ? 0 : 95;
    }

    /// <summary>True when the program lies where only a Mac has programs.</summary>
    public static bool IsOfMac(LogRecord record) => record.Process.IndexOf("/Contents/MacOS/"u8) >= 0;

    private sealed class LinesSession(SourceInput input) : LineSession(input)
    {
        private readonly LogReading _reading = new(input);

        protected override void OnLine(ReadOnlySpan<byte> line, long number, EventBatch batch)
        {
            if (!_reading.TryTake(line, number, batch)) ReportLine(batch, number, "The line is not a JSON object.");
        }
    }
}
