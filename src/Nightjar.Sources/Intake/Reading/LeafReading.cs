using Nightjar.Events;
using Nightjar.Sources.Intake.Inputs;

namespace Nightjar.Sources.Intake.Reading;

/// <summary>Reads one file from its beginning to its end, keeps its account and leaves out what is not wanted.</summary>
internal sealed class LeafReading : IDisposable
{
    private readonly SourceSession _session;
    private readonly LeafContent _content;
    private readonly LeafAccount _account;
    private readonly IntakeOptions _options;
    private readonly EventTest _isWanted;

    /// <param name="session">Reads the content.</param>
    /// <param name="content">The open file; disposed with this.</param>
    /// <param name="account">Its account; begun anew.</param>
    /// <param name="options">What is wanted.</param>
    public LeafReading(SourceSession session, LeafContent content, LeafAccount account, IntakeOptions options)
    {
        _session = session;
        _content = content;
        _account = account;
        _options = options;
        _isWanted = IsWanted;
        lock (account.Gate) account.Reset();
    }

    /// <summary>Reads events into a batch, which is emptied before. False when the file has ended.</summary>
    public bool Read(EventBatch batch, CancellationToken cancellation)
    {
        batch.Clear();
        var more = ReadBatch(batch, cancellation);
        lock (_account.Gate)
        {
            foreach (var anomaly in batch.Anomalies) _account.Report(anomaly.Kind, anomaly.Position, anomaly.Reason);
            batch.Retain(_isWanted);
            _account.Bytes = _content.BytesRead;
            _account.Records = _session.RecordsRead;
            if (!more) Close();
        }
        return more;
    }

    public void Dispose()
    {
        _session.Dispose();
        _content.Dispose();
    }

    // A reader must not throw because of content. If one does, that costs its file, not the run.
    private bool ReadBatch(EventBatch batch, CancellationToken cancellation)
    {
        try
        {
            return _session.Read(batch, cancellation);
        }
        catch (Exception e) when (InputFailure.Covers(e))
        {
            lock (_account.Gate) _account.CutShort(AnomalyKind.Unreadable, $"The reader failed here and gave up: {e.Message}");
            return false;
        }
    }

    private bool IsWanted(in EventHeader header)
    {
        if (_options.LatestAllowed is { } latest && header.Time > latest)
        {
            _account.Report(AnomalyKind.FutureTime, header.Position, "The time lies in the future; the record was left out.");
            return false;
        }
        if (_options.Since is { } since && header.End < since || _options.Until is { } until && header.Time >= until)
        {
            _account.OutsideRange++;
            return false;
        }
        _account.Count(in header);
        return true;
    }

    private void Close()
    {
        if (_content.Failure is { } failure) _account.CutShort(failure.Kind, failure.Reason);
        if (_content.HasChanged) _account.CutShort(AnomalyKind.Changed, "The file changed while it was read.");
    }
}
