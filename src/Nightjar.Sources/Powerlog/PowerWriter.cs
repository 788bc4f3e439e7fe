using Nightjar.Events;
using Nightjar.Sources.Sqlite;

namespace Nightjar.Sources.Powerlog;

/// <summary>Writes what is common to the events of a power log.</summary>
internal sealed class PowerWriter(int file, PowerlogClock clock)
{
    private readonly RecordKey _key = new();
    private TableRows? _rows;
    private PowerTable? _table;
    private EventBatch? _batch;
    private Instant _time;
    private Instant _end;

    /// <summary>The batch under way.</summary>
    public EventBatch Batch => _batch!;

    /// <summary>For what a row says beyond the fields of an event.</summary>
    public Remark Remark { get; } = new();

    /// <summary>Writes the event of a row, if it tells one.</summary>
    public void Write(PowerTable table, TableRows rows, EventBatch batch)
    {
        (_table, _rows, _batch) = (table, rows, batch);
        if (!rows.TryNumber(0, out var seconds) || !clock.TryRead(seconds, out _time))
        {
            Refuse(AnomalyKind.BadTime, $"The timestamp of a row of {table.Name} is no time.");
            return;
        }
        if (!rows.TryNumber(1, out var end) || !clock.TryRead(end, out _end) || _end < _time) _end = _time;
        table.Write(rows, this);
    }

    /// <summary>Reports the row instead of writing it.</summary>
    public void Refuse(AnomalyKind kind, string reason) => Batch.Report(kind, file, _rows!.Offset, reason);

    /// <summary>Begins the row's event.</summary>
    public void Begin(EventClass kind, int activity)
    {
        Batch.Begin(kind, activity, _time, file, _rows!.Offset);
        ref var header = ref Batch.Current;
        header.End = _end;
        header.Sequence = _rows.RowId;
        header.LogName = Batch.Intern("iOS:unifiedlog"u8);
        header.Platform = Platform.IOS;
        header.State.TimeBasis = clock.Basis;
    }

    /// <summary>Names the app; nothing when there is no name.</summary>
    public void NameApp(ReadOnlySpan<byte> app, AppGrade grade)
    {
        if (MeaninglessText.Is(app)) return;
        Batch.Current.App = Batch.Intern(app);
        Batch.Current.State.AppGrade = grade;
    }

    // Archives and the current log hold the same rows under the same numbers, though each corrects the time in its own way.
    public void Commit()
    {
        _rows!.TryNumber(0, out var seconds);
        Batch.Current.Id = _key.Begin("powerlog"u8).Add(System.Text.Encoding.ASCII.GetBytes(_table!.Name)).Add(_rows.RowId)
            .Add(BitConverter.DoubleToInt64Bits(seconds)).Add(Batch.Symbols.Utf8(Batch.Current.App)).ToId();
        Batch.Commit();
    }
}
