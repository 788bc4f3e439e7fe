using Nightjar.Events;
using Nightjar.Sources.Android;

namespace Nightjar.Sources.Dumpstate;

/// <summary>One reading of one dump, in one pass.</summary>
internal sealed class DumpstateSession : LineSession
{
    private readonly Dump _dump;
    private readonly DumpSections _sections;
    private readonly HeldLines _held = new();
    private SectionKind _heldSection;
    private bool _isHolding = true;
    private bool _hasEnded;
    private bool _isClosed;

    public DumpstateSession(SourceInput input)
        : base(input)
    {
        _dump = new Dump(input);
        _sections = new DumpSections(_dump, input);
    }

    public override bool Read(EventBatch batch, CancellationToken cancellation)
    {
        try
        {
            return ReadOn(batch, cancellation);
        }
        finally
        {
            _sections.Flush(batch);
        }
    }

    protected override void OnLine(ReadOnlySpan<byte> line, long number, EventBatch batch)
    {
        if (!_isHolding)
        {
            _sections.Take(line, number, batch);
            return;
        }
        var isHeader = SectionName.TryRead(line, out var kind);
        if (isHeader) _heldSection = kind;
        // Of a dump of one service nobody knows what it is before it is read.
        if (isHeader || _heldSection != SectionKind.None || line.StartsWith("== "u8) || SectionName.OfOpening(line) != SectionKind.None) Hold(line, kind, number);
        if (LearnZone(line, number, batch) || _held.IsFull) StopHolding(batch, number);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _held.Dispose();
        base.Dispose(disposing);
    }

    private bool ReadOn(EventBatch batch, CancellationToken cancellation)
    {
        if (!_isHolding) Release(batch);
        if (!_hasEnded && !batch.IsFull && base.Read(batch, cancellation)) return true;
        cancellation.ThrowIfCancellationRequested();
        if (batch.IsFull && !_hasEnded) return true;
        _hasEnded = true;
        _isHolding = false;
        Release(batch);
        if (_held.Count > 0) return true;
        if (!_isClosed) _sections.End(batch);
        _isClosed = true;
        return false;
    }

    private void Hold(ReadOnlySpan<byte> line, SectionKind opened, long number)
    {
        if (_heldSection == SectionKind.None && opened == SectionKind.None) _heldSection = SectionName.OfOpening(line);
        _held.Add(line, number);
    }

    private void StopHolding(EventBatch batch, long number)
    {
        if (_dump.Zone.Basis == TimeBasis.Assumed)
            batch.Report(AnomalyKind.BadTime, File, number, "The zone is told too late; times before it are read in the assumed zone.");
        _isHolding = false;
        Release(batch);
    }

    private void Release(EventBatch batch)
    {
        while (!batch.IsFull && _held.TryTake(out var line, out var number)) _sections.Take(line, number, batch);
    }

    private bool LearnZone(ReadOnlySpan<byte> line, long number, EventBatch batch)
    {
        if (_heldSection == SectionKind.Alarm) return LearnOffset(line);
        if (_heldSection != SectionKind.Properties || !line.StartsWith("[persist.sys.timezone]: ["u8)) return false;
        var name = line[25..].TrimEnd("] \r"u8);
        if (_dump.Zone.TryName(name)) return true;
        batch.Report(AnomalyKind.BadValue, File, number, "The zone of the device is not known to this machine.");
        return false;
    }

    // "nowRTC=1772186400000=2026-02-27 11:00:00.000 nowELAPSED=…": the same moment as a number and in local time.
    private bool LearnOffset(ReadOnlySpan<byte> line)
    {
        var text = DumpText.Between(line, "nowRTC="u8, " now"u8);
        var equals = text.IndexOf((byte)'=');
        if (equals < 1 || !System.Buffers.Text.Utf8Parser.TryParse(text[..equals], out long millis, out var used) || used != equals) return false;
        if (!TimeText.TryParse(text[(equals + 1)..], TimeSpan.Zero, out var local, out _)) return false;
        var quarters = Math.Round((local - Instant.FromMillis(millis)).TotalMinutes / 15);
        if (Math.Abs(quarters) > 18 * 4) return false;
        _dump.Zone.Fix(TimeSpan.FromMinutes(quarters * 15));
        return true;
    }
}
