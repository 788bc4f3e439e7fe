using Nightjar.Events;
using Nightjar.Sources.Android;

namespace Nightjar.Sources.Logcat;

/// <summary>One reading of one log.</summary>
internal sealed class LogcatSession : LineSession
{
    private readonly LogcatLines _lines;
    private bool _beginsWithDivider;
    private bool _isRaw;
    private bool _hasContent;

    public LogcatSession(SourceInput input)
        : base(input)
    {
        var clock = new LogcatClock(input.ReferenceTime, new LocalZone(input.Settings.AssumedOffset));
        _lines = new LogcatLines(new LogcatWriter(input.File.Number), clock, input.ReferenceTime);
    }

    protected override void OnHandOn(EventBatch batch) => _lines.Flush(batch);

    protected override void OnLine(ReadOnlySpan<byte> line, long number, EventBatch batch)
    {
        var isDivider = LogcatPrefix.IsDivider(line);
        if (number == 1) _beginsWithDivider = isDivider;
        var isTaken = _lines.TryTake(line, number, batch);
        // Messages alone are told from damage by what comes first behind the name of the buffer.
        if (!isTaken && _beginsWithDivider && !_hasContent) _isRaw = true;
        if (!isTaken && _isRaw) _lines.TakeRaw(line, number, batch);
        else if (!isTaken) ReportLine(batch, number, "The line has none of logcat's forms.");
        _hasContent |= !isDivider;
    }

    protected override void OnEnd(EventBatch batch) => _lines.End(batch);
}
