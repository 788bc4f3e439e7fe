using Nightjar.Events;

namespace Nightjar.Sources.Sqlite;

/// <summary>A session over an SQLite database. The file is held whole, because its pages refer to each other in any order; its tables then give rows one by one.</summary>
/// <remarks>Positions are offsets of rows. Why the pages are read here and not by SQLite itself: see the decision on databases in the documents.</remarks>
internal abstract class DatabaseSession(SourceInput input) : SourceSession
{
    private const int MaxFaults = 1000;

    private DatabaseImage? _image;
    private IEnumerator<int>? _steps;
    private EventBatch? _batch;
    private int _faults;
    private long _bytes;

    public override long BytesRead => _bytes;

    /// <summary>Number of the file, for provenance.</summary>
    protected int File => input.File.Number;

    /// <summary>What the user told, and the file's date.</summary>
    protected SourceInput Input => input;

    /// <summary>The batch under way.</summary>
    protected EventBatch Batch => _batch!;

    public override bool Read(EventBatch batch, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        _batch = batch;
        if (_steps is null && Load(cancellation) is { } database) _steps = Rows(database).GetEnumerator();
        var more = true;
        for (var steps = 0; more && !batch.IsFull; steps++)
        {
            if (steps % 1024 == 1023) cancellation.ThrowIfCancellationRequested();
            more = _steps?.MoveNext() == true;
            Tell(batch);
        }
        return more;
    }

    /// <summary>Goes through the tables that the format knows, in an order of its own, and writes at most a few events into <see cref="Batch"/>
    /// before each step.</summary>
    protected abstract IEnumerable<int> Rows(Database database);

    protected override void Dispose(bool disposing)
    {
        if (disposing) _steps?.Dispose();
        base.Dispose(disposing);
    }

    private Database? Load(CancellationToken cancellation)
    {
        if (_image is not null) return null;
        var image = new DatabaseImage();
        for (var more = true; more;)
        {
            more = image.Load(input.Stream, out var taken);
            _bytes += taken;
            cancellation.ThrowIfCancellationRequested();
        }
        _image = image;
        if (image.IsLimited)
            Batch.Report(AnomalyKind.LimitReached, File, image.Length, $"The database is longer than {DatabaseImage.MaxBytes >> 20} MiB; what lies beyond was not read.");
        if (!image.TryOpen())
        {
            if (image.Length > 0) Batch.Report(image.Length < 100 ? AnomalyKind.Truncated : AnomalyKind.Corrupt, File, 0, "The header is none of an SQLite database.");
            return null;
        }
        if (image.HasWriteAheadLog)
            Batch.Report(AnomalyKind.UnknownKind, File, 18, "The database keeps a write-ahead log; rows that stand only in the -wal file beside it are not read. Let SQLite merge it (pragma wal_checkpoint) to see them.");
        return Database.Of(image);
    }

    private void Tell(EventBatch batch)
    {
        if (_image is null) return;
        foreach (var fault in _image.Faults)
        {
            if (_faults++ < MaxFaults) batch.Report(fault.IsCut ? AnomalyKind.Truncated : AnomalyKind.Corrupt, File, fault.Offset, fault.Reason);
            else if (_faults == MaxFaults + 1) batch.Report(AnomalyKind.LimitReached, File, fault.Offset, "The database has more damaged places than are told one by one.");
        }
        _image.Faults.Clear();
    }
}
