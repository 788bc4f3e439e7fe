using System.Text;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sources;
using Nightjar.Sources.OcsfNdjson;
using Xunit;

namespace Nightjar.Tests.Sources.OcsfNdjson;

/// <summary>The fast walker beside the plain one. The fast one remembers what came next in earlier lines, so one of it reads them all; the plain one begins
/// anew with each.</summary>
internal sealed class WalkerPair
{
    private static readonly SourceInput Input = new() { Stream = Stream.Null, File = new SourceFile(1, "line", "ocsf-ndjson", PositionKind.Line) };

    private readonly SymbolTable _symbols = new();
    private readonly EventBatch _batch;
    private readonly OcsfRecord _record;
    private readonly LineWalker _fast;

    public WalkerPair()
    {
        _batch = new EventBatch(_symbols);
        var scratch = new Scratch();
        _record = new OcsfRecord(Input, scratch);
        _fast = new LineWalker(_record, scratch);
    }

    /// <summary>Lines that the fast one read by a mould.</summary>
    public long Moulded => _fast.Moulded;

    /// <summary>Fails where the two differ in an event, an anomaly or an id. True when the line gave an event.</summary>
    public bool AssertSame(byte[] line)
    {
        // Sessions see valid UTF-8 without line ends only.
        line = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(line).ReplaceLineEndings(" "));
        var fast = Told(line, _record, () => _fast.TryWalk(line, out _));
        var scratch = new Scratch();
        var record = new OcsfRecord(Input, scratch);
        var plain = Told(line, record, () => new PlainWalker(record, scratch).TryWalk(line));
        if (fast != plain) Assert.Fail($"{Encoding.UTF8.GetString(line)}\nfast:  {fast}\nplain: {plain}");
        return _batch.Count > 0;
    }

    private string Told(byte[] line, OcsfRecord record, Func<bool> walk)
    {
        _batch.Clear();
        record.Begin(_batch, 1);
        if (!walk())
        {
            _batch.Clear();
            record.ReportUnknown(_batch);
            _batch.Clear();
            return "broken";
        }
        record.Complete(line);
        record.FillIds(_batch);
        record.ReportUnknown(_batch);
        var anomalies = string.Join('\n', _batch.Anomalies);
        return _batch.Count == 0 ? anomalies : Collector.Describe(in _batch.HeaderAt(0), EvidenceEvent.From(_batch[0], _symbols, "")) + anomalies;
    }
}
