using Nightjar.Events;
using Nightjar.Sources.Android;

namespace Nightjar.Sources.Logcat;

/// <summary>Reads the lines of a log, alone in a file or as a part of a bug report.</summary>
/// <param name="writer">Writes, and knows the processes that the lines told of.</param>
/// <param name="clock">Reads the times.</param>
/// <param name="reference">The time of lines that state none; null when there is none.</param>
internal sealed class LogcatLines(LogcatWriter writer, LogcatClock clock, Instant? reference)
{
    private readonly LogcatFacts _facts = new(writer);
    private readonly LongRecord _long = new();
    private readonly RecordKey _longKey = new();
    private readonly RecordIds _ids = new();
    private bool _hasReportedFull;

    /// <summary>Reads a line.</summary>
    /// <returns>False when the line has none of logcat's forms.</returns>
    public bool TryTake(ReadOnlySpan<byte> line, long number, EventBatch batch)
    {
        if (line[0] == 0x1B) line = WithoutColour(line);
        if (LogcatPrefix.IsDivider(line))
        {
            End(batch);
        }
        else if (line.StartsWith("[ "u8) && LogcatPrefix.TryReadHeader(line, clock, out var header))
        {
            End(batch);
            _long.Open(line, in header, number);
        }
        else if (_long.IsOpen)
        {
            TakeBody(line, number, batch);
        }
        else if (LogcatPrefix.TryRead(line, clock, out var read))
        {
            Take(in read, line, number, batch);
        }
        else
        {
            return false;
        }
        return true;
    }

    /// <summary>Reads a line of the <c>raw</c> format, which prints nothing but messages.</summary>
    public void TakeRaw(ReadOnlySpan<byte> line, long number, EventBatch batch)
    {
        var read = new LogcatLine { Message = line };
        Take(in read, _longKey.Begin("raw"u8).Add(number).Add(line).Bytes, number, batch);
    }

    /// <summary>The log has ended; writes what waited for more lines.</summary>
    public void End(EventBatch batch)
    {
        if (_long.IsOpen && _long.IsEmpty)
        {
            var read = _long.WithMessage(default);
            Take(in read, _long.Header, _long.Number, batch);
        }
        _long.Close();
    }

    /// <summary>Fills in the ids that are still owed; before the batch is handed on.</summary>
    public void Flush(EventBatch batch) => _ids.Flush(batch);

    // Each line of a message is an event, as in the formats that print the prefix before every line.
    private void TakeBody(ReadOnlySpan<byte> line, long number, EventBatch batch)
    {
        var read = _long.WithMessage(line);
        Take(in read, _longKey.Begin("long"u8).Add(_long.Header).Add(line).Bytes, number, batch);
    }

    private void Take(in LogcatLine read, ReadOnlySpan<byte> record, long number, EventBatch batch)
    {
        var line = read;
        if (!line.HasTime && !TryReportedTime(ref line, number, batch)) return;
        var moment = line.HasTime ? line.Time.Micros : number;
        var entry = new LogcatEntry
        {
            Line = line, Number = number, Record = record, Moment = moment, Process = writer.Processes.Find(line.Pid, line.Uid, moment),
        };
        if (_facts.TryWrite(batch, in entry)) return;
        writer.Begin(batch, EventClass.LogLine, 1, in entry);
        writer.NameEmitter(batch, in entry);
        batch.Current.State.IsHearsay = entry.IsOfApp;
        batch.Commit();
        _ids.Add(batch, record);
        if (writer.Processes.IsFull && !_hasReportedFull) ReportFull(number, batch);
    }

    private bool TryReportedTime(ref LogcatLine line, long number, EventBatch batch)
    {
        if (line.LacksYear)
        {
            batch.Report(AnomalyKind.BadTime, writer.File, number, "The time has no year and the file no date; state the reference time.");
            return false;
        }
        if (reference is not { } told)
        {
            batch.Report(AnomalyKind.MissingField, writer.File, number, "The line has no time and the file no date; state the reference time.");
            return false;
        }
        line.Time = told;
        line.Basis = TimeBasis.Reported;
        return true;
    }

    private void ReportFull(long number, EventBatch batch)
    {
        _hasReportedFull = true;
        batch.Report(AnomalyKind.LimitReached, writer.File, number, $"More than {ProcessMap.MaxEntries} processes; later ones are not told apart by app.");
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
