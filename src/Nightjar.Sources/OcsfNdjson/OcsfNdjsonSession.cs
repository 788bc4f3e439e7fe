using System.Text.Json;
using Nightjar.Events;

namespace Nightjar.Sources.OcsfNdjson;

/// <summary>Reads one file of records, one a line.</summary>
internal sealed class OcsfNdjsonSession : LineSession
{
    private readonly OcsfRecord _record;
    private readonly JsonWalker _walker;

    public OcsfNdjsonSession(SourceInput input)
        : base(input)
    {
        var scratch = new Scratch();
        _record = new OcsfRecord(input, scratch);
        _walker = new JsonWalker(_record, scratch);
    }

    protected override void OnLine(ReadOnlySpan<byte> line, long number, EventBatch batch)
    {
        var trimmed = line.Trim(" \t"u8);
        if (trimmed.IsEmpty) return;
        // Asked first because an exception per line of a wrong file would be slow.
        if (trimmed[0] != (byte)'{')
        {
            ReportLine(batch, number, "The line is no JSON object.");
            return;
        }
        if (trimmed[^1] != (byte)'}')
        {
            ReportLine(batch, number, "The JSON object does not end on its line.");
            return;
        }
        _record.Begin(batch, number);
        try
        {
            _walker.Walk(trimmed);
        }
        catch (JsonException error)
        {
            _record.Abandon();
            ReportLine(batch, number, $"The line is no JSON object of at most {JsonWalker.MaxDepth} levels: wrong near byte {error.BytePositionInLine ?? 0}.");
            return;
        }
        _record.Complete(trimmed);
    }

    protected override void OnEnd(EventBatch batch) => _record.ReportUnknown(batch);
}
