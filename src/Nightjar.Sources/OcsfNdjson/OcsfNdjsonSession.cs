using Nightjar.Events;

namespace Nightjar.Sources.OcsfNdjson;

/// <summary>Reads one file of records, one a line.</summary>
internal sealed class OcsfNdjsonSession : LineSession
{
    private readonly OcsfRecord _record;
    private readonly LineWalker _walker;

    public OcsfNdjsonSession(SourceInput input)
        : base(input)
    {
        var scratch = new Scratch();
        _record = new OcsfRecord(input, scratch);
        _walker = new LineWalker(_record, scratch);
    }

    protected override void OnHandOn(EventBatch batch) => _record.FillIds(batch);

    protected override void OnLine(ReadOnlySpan<byte> line, long number, EventBatch batch)
    {
        var trimmed = line is [(byte)'{', .., (byte)'}'] ? line : line.Trim(" \t\r"u8);
        if (trimmed.IsEmpty) return;
        _record.Begin(batch, number);
        if (_walker.TryWalk(trimmed, out var at))
        {
            _record.Complete(trimmed);
            return;
        }
        _record.Abandon();
        ReportLine(batch, number, at == 0
            ? "The line is no JSON object."
            : $"The line is no JSON object of at most {LineWalker.MaxDepth} levels: wrong near byte {line.Length - line.TrimStart(" \t\r"u8).Length + at}.");
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _record.GiveBack();
        base.Dispose(disposing);
    }

    protected override void OnEnd(EventBatch batch) => _record.ReportUnknown(batch);
}
