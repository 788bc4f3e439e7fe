using Nightjar.Events;
using Nightjar.Sources.Android;

namespace Nightjar.Sources.Logcat;

/// <summary>One reading of one log.</summary>
internal sealed class LogcatSession : LineSession
{
    private readonly LogcatLines _lines;

    public LogcatSession(SourceInput input)
        : base(input)
    {
        var clock = new LogcatClock(input.ReferenceTime, new LocalZone(input.Settings.AssumedOffset));
        _lines = new LogcatLines(new LogcatWriter(input.File.Number), clock, input.ReferenceTime);
    }

    protected override void OnHandOn(EventBatch batch) => _lines.Flush(batch);

    protected override void OnLine(ReadOnlySpan<byte> line, long number, EventBatch batch)
    {
        if (!_lines.TryTake(line, number, batch)) ReportLine(batch, number, "The line has none of logcat's forms.");
    }

    protected override void OnEnd(EventBatch batch) => _lines.End(batch);
}
