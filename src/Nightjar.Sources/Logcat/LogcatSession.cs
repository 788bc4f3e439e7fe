using Nightjar.Events;
using Nightjar.Sources.Android;

namespace Nightjar.Sources.Logcat;

/// <summary>One reading of one log.</summary>
internal sealed class LogcatSession : LineSession
{
    private readonly LogcatWriter _writer;
    private readonly LogcatClock _clock;
    private readonly LogcatFacts _facts;
    private readonly LongRecord _long = new();
    private readonly RecordKey _longKey = new();
    private readonly RecordIds _ids = new();
    private bool _hasReportedFull;

    public LogcatSession(SourceInput input)
        : base(input)
    {
        _writer = new LogcatWriter(input.File.Number);
        _clock = new LogcatClock(input.ReferenceTime, input.Settings.AssumedOffset);
        _facts = new LogcatFacts(_writer);
    }

    protected override void OnHandOn(EventBatch batch) => _ids.Flush(batch);

    protected override void OnLine(ReadOnlySpan<byte> line, long number, EventBatch batch)
    {
        if (line[0] == 0x1B) line = WithoutColour(line);
        if (LogcatPrefix.IsDivider(line))
        {
            CloseLong(batch);
        }
        else if (line.StartsWith("[ "u8) && LogcatPrefix.TryReadHeader(line, _clock, out var header))
        {
            CloseLong(batch);
            _long.Open(line, in header, number);
        }
        else if (_long.IsOpen)
        {
            TakeBody(line, number, batch);
        }
        else if (LogcatPrefix.TryRead(line, _clock, out var read))
        {
            Take(in read, line, number, batch);
        }
        else
        {
            ReportLine(batch, number, "The line has none of logcat's forms.");
        }
    }

    protected override void OnEnd(EventBatch batch) => CloseLong(batch);

    // Each line of a message is an event, as in the formats that print the prefix before every line.
    private void TakeBody(ReadOnlySpan<byte> line, long number, EventBatch batch)
    {
        var read = _long.WithMessage(line);
        Take(in read, _longKey.Begin("long"u8).Add(_long.Header).Add(line).Bytes, number, batch);
    }

    private void CloseLong(EventBatch batch)
    {
        if (_long.IsOpen && _long.IsEmpty)
        {
            var read = _long.WithMessage(default);
            Take(in read, _long.Header, _long.Number, batch);
        }
        _long.Close();
    }

    private void Take(in LogcatLine read, ReadOnlySpan<byte> record, long number, EventBatch batch)
    {
        var line = read;
        if (!line.HasTime && !TryReportedTime(ref line, number, batch)) return;
        var moment = line.HasTime ? line.Time.Micros : number;
        var entry = new LogcatEntry
        {
            Line = line, Number = number, Record = record, Moment = moment, Process = _writer.Processes.Find(line.Pid, line.Uid, moment),
        };
        if (_facts.TryWrite(batch, in entry)) return;
        _writer.Begin(batch, EventClass.LogLine, 1, in entry);
        _writer.NameEmitter(batch, in entry);
        batch.Current.State.IsHearsay = entry.IsOfApp;
        batch.Commit();
        _ids.Add(batch, record);
        if (_writer.Processes.IsFull && !_hasReportedFull) ReportFull(number, batch);
    }

    private bool TryReportedTime(ref LogcatLine line, long number, EventBatch batch)
    {
        if (line.LacksYear)
        {
            batch.Report(AnomalyKind.BadTime, File, number, "The time has no year and the file no date; state the reference time.");
            return false;
        }
        if (Input.ReferenceTime is not { } reference)
        {
            batch.Report(AnomalyKind.MissingField, File, number, "The line has no time and the file no date; state the reference time.");
            return false;
        }
        line.Time = reference;
        line.Basis = TimeBasis.Reported;
        return true;
    }

    private void ReportFull(long number, EventBatch batch)
    {
        _hasReportedFull = true;
        batch.Report(AnomalyKind.LimitReached, File, number, $"More than {ProcessMap.MaxEntries} processes; later ones are not told apart by app.");
    }

    // With -v color the line stands between "ESC[38;5;…m" and "ESC[0m".
    private static ReadOnlySpan<byte> WithoutColour(ReadOnlySpan<byte> line)
    {
        var end = line.IndexOf((byte)'m');
        if (end is < 0 or > 12 || end + 1 == line.Length) return line;
        line = line[(end + 1)..];
        return line.EndsWith("\u001b[0m"u8) && line.Length > 4 ? line[..^4] : line;
    }
}
