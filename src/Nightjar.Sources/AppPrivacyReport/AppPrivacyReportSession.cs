using Nightjar.Events;

namespace Nightjar.Sources.AppPrivacyReport;

/// <summary>One reading of one report.</summary>
internal sealed class AppPrivacyReportSession(SourceInput input) : LineSession(input)
{
    private readonly ReportRecord _record = new();
    private readonly NetworkWriter _network = new(input.File.Number, input.Settings.AssumedOffset);
    private readonly AccessWriter _access = new(input.File.Number, input.Settings.AssumedOffset);
    private bool _hasEnded;

    public override bool Read(EventBatch batch, CancellationToken cancellation)
    {
        if (!_hasEnded && base.Read(batch, cancellation)) return true;
        cancellation.ThrowIfCancellationRequested();
        _hasEnded = true;
        while (!batch.IsFull)
            if (!_access.TryWriteLeft(batch)) return false;
        return true;
    }

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
