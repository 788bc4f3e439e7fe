using Nightjar.Events;

namespace Nightjar.Sources.Suricata;

/// <summary>One reading of one log.</summary>
internal sealed class SuricataSession(SourceInput input) : LineSession(input)
{
    private readonly EveRecord _record = new();
    private readonly EveWriter _writer = new(input);
    private readonly EveLeases _leases = new(input);
    private readonly UnreadKinds _unread = new(kind => $"Suricata's {(kind.Length == 0 ? "nameless" : kind)} kind");

    protected override void OnLine(ReadOnlySpan<byte> line, long number, EventBatch batch)
    {
        if (!_record.TryRead(line))
        {
            ReportLine(batch, number, "The line is not a JSON object.");
            return;
        }
        var kind = EveKinds.Of(_record[EveField.EventType]);
        if (kind == EveKind.Other)
        {
            _unread.Add(_record[EveField.EventType], number);
        }
        else if (TryTime(kind, number, batch, out var begin, out var end, out var basis))
        {
            if (kind == EveKind.Dhcp) _leases.Tell(_record, begin, number, batch);
            else _writer.Write(kind, _record, begin, end, basis, number, batch);
        }
    }

    protected override void OnEnd(EventBatch batch) => _unread.Report(batch, File);

    // The timestamp of a flow says when the flow was written, which may be long after it or, in a replay, days before.
    private bool TryTime(EveKind kind, long number, EventBatch batch, out Instant begin, out Instant end, out TimeBasis basis)
    {
        var (first, last) = kind switch
        {
            EveKind.Flow => (EveField.FlowStart, EveField.FlowEnd),
            EveKind.Netflow => (EveField.NetflowStart, EveField.NetflowEnd),
            _ => (EveField.Timestamp, EveField.Timestamp),
        };
        begin = end = default;
        basis = default;
        if (_record[first].IsEmpty)
        {
            batch.Report(AnomalyKind.MissingField, File, number, first == EveField.Timestamp ? "The record has no timestamp." : "The flow has no start; its timestamp is not its time.");
            return false;
        }
        if (!TimeText.TryParse(_record[first], Input.Settings.AssumedOffset, out begin, out basis))
        {
            batch.Report(AnomalyKind.BadTime, File, number, "The time of the record is no time.");
            return false;
        }
        if (_record[last].IsEmpty || !TimeText.TryParse(_record[last], Input.Settings.AssumedOffset, out end, out _) || end < begin) end = begin;
        return true;
    }
}
