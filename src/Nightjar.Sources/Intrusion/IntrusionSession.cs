using Nightjar.Events;

namespace Nightjar.Sources.Intrusion;

/// <summary>One reading of one log.</summary>
internal sealed class IntrusionSession(SourceInput input) : LineSession(input)
{
    private readonly IntrusionRecord _record = new(IntrusionNames.Export);
    private readonly IntrusionWriter _writer = new(input.File.Number);

    protected override void OnLine(ReadOnlySpan<byte> line, long number, EventBatch batch)
    {
        if (!_record.TryRead(line))
        {
            ReportLine(batch, number, "The line is not a JSON object.");
        }
        else if (!_record.HasTime)
        {
            var isKnown = _record.Kind != IntrusionKind.Other;
            batch.Report(isKnown ? AnomalyKind.MissingField : AnomalyKind.UnknownKind, File, number, "The record has no event_time.");
        }
        else if (!_record.TryTime(out var time))
        {
            batch.Report(AnomalyKind.BadTime, File, number, "The event_time is neither milliseconds nor nanoseconds since 1970.");
        }
        else
        {
            _writer.Write(_record, time, line, number, batch);
        }
    }
}
