using Nightjar.Events;

namespace Nightjar.Sources.UnifiedLog;

/// <summary>Makes events of the entries of one log, whichever form they are written in.</summary>
internal sealed class LogReading
{
    private readonly int _file;
    private readonly TimeSpan _assumedOffset;
    private readonly LogRecord _record = new();
    private readonly RecordKey _key = new();
    private readonly LogWriter _writer;
    private readonly LogFacts _facts;

    public LogReading(SourceInput input)
    {
        _file = input.File.Number;
        _assumedOffset = input.Settings.AssumedOffset;
        _writer = new LogWriter(_file);
        _facts = new LogFacts(_writer);
    }

    /// <summary>Takes an entry; false when it is no JSON object.</summary>
    public bool TryTake(ReadOnlySpan<byte> json, long position, EventBatch batch)
    {
        if (!_record.TryRead(json)) return false;
        if (_record.IsTrailer)
        {
            if (_record.IsFinished == false) batch.Report(AnomalyKind.Truncated, _file, position, "The log says of itself that it was not written to its end.");
        }
        else if (_record.Time.IsEmpty)
        {
            batch.Report(AnomalyKind.MissingField, _file, position, "The entry has no timestamp.");
        }
        else if (!TimeText.TryParse(_record.Time, _assumedOffset, out var time, out var basis))
        {
            batch.Report(AnomalyKind.BadTime, _file, position, "The timestamp of the entry is no time.");
        }
        else
        {
            Write(time, basis, position, batch);
        }
        return true;
    }

    private void Write(Instant time, TimeBasis basis, long position, EventBatch batch)
    {
        if (_record.EventType.SequenceEqual("lossEvent"u8)) ReportLoss(position, batch);
        _writer.Processes.Enter(_record.Boot);
        var entry = new LogEntry
        {
            Record = _record,
            Time = time,
            Basis = basis,
            Position = position,
            Id = IdOf(time),
            IsOfSystem = SystemProcess.Is(_record.Process),
            Message = _record.Message,
        };
        if (!_facts.TryWrite(batch, in entry)) _writer.WriteLine(batch, in entry);
    }

    private void ReportLoss(long position, EventBatch batch)
    {
        var count = _record.LossCount is { } lost ? $"{lost} entries" : "entries";
        batch.Report(AnomalyKind.Truncated, _file, position, $"The device lost {count} here, because more was logged than it could keep.");
    }

    // One entry is the same in both forms and in two exports that overlap, whatever stands beside it.
    private UInt128 IdOf(Instant time) => _key.Begin("unified-log"u8).Add(time.Micros).Add(_record.Mach).Add(_record.Boot).Add(_record.Thread)
        .Add(_record.Trace).Add(_record.EventType).Add(_record.Pid ?? -1).Add(_record.Process).Add(_record.Message).ToId();
}
