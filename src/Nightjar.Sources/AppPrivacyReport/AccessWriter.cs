using Nightjar.Events;

namespace Nightjar.Sources.AppPrivacyReport;

/// <summary>Writes uses of protected resources: begin and end are two events, and the begin lasts until the end.</summary>
/// <remarks>Of two reports that overlap, one may hold only the begin; both make the same event, and the one that knows the end goes before.</remarks>
internal sealed class AccessWriter(int file, TimeSpan assumedOffset)
{
    private const int Start = 1;
    private const int Stop = 2;
    private const int Use = 3;
    private const int MaxIdentifier = 256;
    private const int MaxApp = 1024;

    private readonly OpenAccesses _open = new();
    private readonly Remark _remark = new();

    /// <summary>Writes or holds back a record.</summary>
    public void Write(ReportRecord record, ReadOnlySpan<byte> line, long number, EventBatch batch)
    {
        if (record.Time.IsEmpty)
        {
            batch.Report(AnomalyKind.MissingField, file, number, "The access has no timeStamp.");
        }
        else if (!TimeText.TryParse(record.Time, assumedOffset, out var time, out var basis))
        {
            batch.Report(AnomalyKind.BadTime, file, number, "The timeStamp of the access is no time.");
        }
        else
        {
            Write(record, line, number, time, basis, batch);
        }
    }

    /// <summary>Writes a begin that no end followed; false when there is none left.</summary>
    public bool TryWriteLeft(EventBatch batch)
    {
        if (!_open.TryTakeLeft(out var left)) return false;
        WriteBegin(left!, null, batch);
        return true;
    }

    private void Write(ReportRecord record, ReadOnlySpan<byte> line, long number, Instant time, TimeBasis basis, EventBatch batch)
    {
        var activity = ActivityOf(record.AccessKind);
        if (activity == 0)
        {
            batch.Report(AnomalyKind.UnknownKind, file, number, "A kind of access that Nightjar does not know.");
            return;
        }
        var access = Take(record, line, number, time, basis);
        if (activity == Start) Open(record.Identifier, access, batch);
        else if (activity == Stop) Close(record.Identifier, access, batch);
        else Begin(access, activity, batch).Commit();
    }

    private void Open(ReadOnlySpan<byte> identifier, OpenAccess access, EventBatch batch)
    {
        if (identifier.IsEmpty || identifier.Length > MaxIdentifier)
        {
            WriteBegin(access, null, batch);
            return;
        }
        var isHeld = _open.TryOpen(identifier, access, out var replaced);
        if (replaced is not null) WriteBegin(replaced, null, batch);
        if (!isHeld) WriteBegin(access, null, batch);
    }

    private void Close(ReadOnlySpan<byte> identifier, OpenAccess end, EventBatch batch)
    {
        if (_open.Close(identifier) is { } begin) WriteBegin(begin, end.Time, batch);
        Begin(end, Stop, batch).Commit();
    }

    private void WriteBegin(OpenAccess begin, Instant? end, EventBatch batch)
    {
        Begin(begin, Start, batch);
        if (end > begin.Time)
        {
            batch.Current.End = end.Value;
            batch.Current.Sequence = begin.Time.Micros - end.Value.Micros;
        }
        batch.Commit();
    }

    private EventBatch Begin(OpenAccess access, int activity, EventBatch batch)
    {
        batch.Begin(EventClass.SensorUse, activity, access.Time, file, access.Number);
        ref var header = ref batch.Current;
        header.Id = EventIds.FromUid(access.Uid);
        header.LogName = batch.Intern("iOS:unifiedlog"u8);
        header.Platform = Platform.IOS;
        header.App = batch.Intern(access.App);
        if (access.App.Length > 0) header.State.AppGrade = access.Grade;
        header.State.TimeBasis = access.Basis;
        batch.Set(FieldId.EventUid, access.Uid);
        batch.Set(FieldId.Sensor, access.Sensor);
        batch.Set(FieldId.Message, access.Remark);
        if (access.Count is { } count) batch.SetInteger(FieldId.Count, count);
        return batch;
    }

    private OpenAccess Take(ReportRecord record, ReadOnlySpan<byte> line, long number, Instant time, TimeBasis basis)
    {
        _remark.Begin().Add("broadcaster"u8, record.Broadcaster).Add("outOfProcess"u8, record.IsOutOfProcess == true ? "true"u8 : default);
        // Begins wait in memory, so no name may be long.
        var app = record.Accessor.Length <= MaxApp ? record.Accessor : default;
        return new OpenAccess(
            UidOf(record, line), app.ToArray(), record.IsAccessorBundle ? AppGrade.Package : AppGrade.ProcessName, SensorNames.Of(record.Category, record.Service, record.Stream), time, basis, number,
            _remark.ToSpan().ToArray(), record.AccessCount);
    }

    // Begin and end carry one identifier, so the kind makes two ids of it.
    private static byte[] UidOf(ReportRecord record, ReadOnlySpan<byte> line) =>
        record.Identifier.IsEmpty || record.Identifier.Length > MaxIdentifier
            ? System.Text.Encoding.ASCII.GetBytes(EventIds.Text(EventIds.FromRecord(line)))
            : [.. record.Identifier, (byte)':', .. record.AccessKind];

    private static int ActivityOf(ReadOnlySpan<byte> kind)
    {
        if (kind.SequenceEqual("intervalBegin"u8)) return Start;
        if (kind.SequenceEqual("intervalEnd"u8)) return Stop;
        return kind.SequenceEqual("event"u8) ? Use : 0;
    }
}
