using System.Text;
using System.Text.Unicode;
using Nightjar.Events;
using Nightjar.Sources.Mapping.Plan;
using Nightjar.Sources.Mapping.Records;

namespace Nightjar.Sources.Mapping;

/// <summary>One reading of one file by a mapping.</summary>
internal sealed class MappedSession : SourceSession
{
    private readonly MappingPlan _plan;
    private readonly SourceInput _input;
    private readonly RecordSource _source;
    private readonly MappedWriter _writer;
    private readonly UnmappedNames _unmapped = new();
    private bool _isUnderWay;
    private bool _ended;

    public MappedSession(MappingPlan plan, SourceInput input)
    {
        _plan = plan;
        _input = input;
        _source = new RecordSource(plan, input.Stream) { Unmapped = _unmapped };
        _writer = new MappedWriter(plan, input, _unmapped);
    }

    public override long BytesRead => _source.Finder.BytesRead;

    public override bool Read(EventBatch batch, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        while (!_ended)
        {
            if (_isUnderWay && !_writer.Continue(batch)) return true;
            _isUnderWay = false;
            if (batch.IsFull) return true;
            Next(batch, cancellation);
        }
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _source.Dispose();
        base.Dispose(disposing);
    }

    private void Next(EventBatch batch, CancellationToken cancellation)
    {
        switch (_source.Finder.Next(cancellation))
        {
            case RecordFound.End:
                _ended = true;
                _writer.End(batch);
                _unmapped.Report(batch, _input.File.Number);
                break;
            case RecordFound.Record:
                Take(batch);
                break;
            case RecordFound.TooLong:
                Report(batch, AnomalyKind.TooLong, $"The record{Where} is longer than {ByteWindow.MaxKept / 1024 / 1024} MiB and was skipped.");
                break;
            case RecordFound.Truncated:
                Report(batch, AnomalyKind.Truncated, $"The record{Where} is cut off.");
                break;
            case RecordFound.Late:
                Report(batch, AnomalyKind.MissingField, "What the outer object says of its records stands behind them, too far to have been read before; they lack it.");
                break;
            case RecordFound.NoObject:
                Report(batch, AnomalyKind.Malformed, $"What stands{Where} is no object.");
                break;
            default:
                Report(batch, AnomalyKind.Malformed, $"The record{Where} is damaged; reading goes on at the next one.");
                break;
        }
    }

    private void Take(EventBatch batch)
    {
        var record = _source.Finder.Record;
        if (!Utf8.IsValid(record))
        {
            Report(batch, AnomalyKind.InvalidText, $"The record{Where} is not UTF-8; broken bytes were replaced.");
            record = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(record));
        }
        switch (_source.TryRead(record))
        {
            case RowState.Header:
                return;
            case RowState.Record:
                _writer.Begin(_source.View, record, _source.Finder.Number);
                _isUnderWay = true;
                return;
            default:
                var isCutOff = _source.IsLast;
                Report(batch, isCutOff ? AnomalyKind.Truncated : AnomalyKind.Malformed, $"The record{Where} {_source.Complaint}.");
                return;
        }
    }

    // Records are counted in JSON, where a line says little when all stand on one.
    private string Where => _plan.Layout == Layout.Json ? $" on line {_source.Finder.Line}" : "";

    private void Report(EventBatch batch, AnomalyKind kind, string reason) => batch.Report(kind, _input.File.Number, _source.Finder.Number, reason);
}
