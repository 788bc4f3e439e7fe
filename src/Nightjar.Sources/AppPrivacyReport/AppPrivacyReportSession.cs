using Nightjar.Events;

namespace Nightjar.Sources.AppPrivacyReport;

/// <summary>One reading of one report.</summary>
internal sealed class AppPrivacyReportSession : LineSession
{
    private readonly ReportRecord _record = new();
    private readonly RecordIds _ids = new();
    private readonly NetworkWriter _network;
    private readonly AccessWriter _access;
    private bool _hasEnded;

    public AppPrivacyReportSession(SourceInput input)
        : base(input)
    {
        _network = new NetworkWriter(input.File.Number, input.Settings.AssumedOffset, _ids);
        _access = new AccessWriter(input.File.Number, input.Settings.AssumedOffset);
    }

    public override bool Read(EventBatch batch, CancellationToken cancellation)
    {
        if (!_hasEnded && base.Read(batch, cancellation)) return true;
        cancellation.ThrowIfCancellationRequested();
        _hasEnded = true;
        while (!batch.IsFull)
            if (!_access.TryWriteLeft(batch)) return false;
        return true;
    }

    protected override void OnHandOn(EventBatch batch) => _ids.Flush(batch);

    protected override void OnLine(ReadOnlySpan<byte> line, long number, EventBatch batch)
    {
        if (!_record.TryRead(line))
        {
            ReportLine(batch, number, "The line is not a JSON object.");
            return;
        }
        switch (_record.Kind)
        {
            case ReportKind.Network:
                _network.Write(_record, number, batch);
                break;
            case ReportKind.Access:
                _access.Write(_record, line, number, batch);
                break;
            default:
                batch.Report(AnomalyKind.UnknownKind, File, number, "A type of record that Nightjar does not know.");
                break;
        }
    }
}
