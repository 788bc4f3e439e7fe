using System.Buffers.Text;
using Nightjar.Events;

namespace Nightjar.Sources.Tshark;

/// <summary>One reading of the packets of one capture: sums them to connections, and tells questions of DNS and transactions of HTTP.</summary>
/// <remarks>Events stand at the number of a packet, which is its line where nothing else stands between.</remarks>
internal sealed class TsharkSession : LineSession
{
    private readonly EkRecord _record = new();
    private readonly FlowTable _flows = new();
    private readonly PacketOwners _owners = new();
    private readonly PacketWriter _writer;
    private readonly bool _isOnDevice;
    private bool _hasEnded;

    /// <param name="input">The packets.</param>
    /// <param name="logName">The log source that they fill.</param>
    /// <param name="product">What captured them.</param>
    /// <param name="isOnDevice">True when they were captured on the device, by what tells their apps.</param>
    public TsharkSession(SourceInput input, string logName, string product, bool isOnDevice)
        : base(input)
    {
        _writer = new PacketWriter(input, logName, product, _owners);
        _isOnDevice = isOnDevice;
    }

    public override bool Read(EventBatch batch, CancellationToken cancellation)
    {
        if (!_hasEnded && base.Read(batch, cancellation)) return true;
        cancellation.ThrowIfCancellationRequested();
        _hasEnded = true;
        while (!batch.IsFull)
        {
            if (!_flows.TryTake(out var flow)) return false;
            _writer.WriteFlow(flow!, batch);
        }
        return true;
    }

    protected override void OnLine(ReadOnlySpan<byte> line, long number, EventBatch batch)
    {
        if (!_record.TryRead(line)) ReportLine(batch, number, "The line is not a JSON object.");
        else if (_record.IsPacket) Take(number, batch);
    }

    private void Take(long line, EventBatch batch)
    {
        if (_isOnDevice && _owners.TryTakeBlock(_record)) return;
        // What is not of IP (ARP and the like) is nothing that a device talks to outside.
        if (!_record.Has(EkField.Source) && !_record.Has(EkField.SourceV6)) return;
        if (!TryTime(out var time))
        {
            batch.Report(AnomalyKind.BadTime, File, line, "The packet has no time.");
            return;
        }
        var number = Utf8Parser.TryParse(_record[EkField.Number], out long frame, out _) ? frame : line;
        var packet = new Packet(_record, time, number, _isOnDevice ? _owners.OwnerOf(_record) : null);
        var flow = _flows.Of(packet, out var ended);
        if (ended is not null) _writer.WriteFlow(ended, batch);
        FlowFacts.Add(flow, packet);
        if (_record.Has(EkField.QueryName)) _writer.WriteDns(packet, flow, batch);
        if (_record.Has(EkField.Method)) _writer.TakeRequest(packet, flow, batch);
        if (_record.Has(EkField.StatusCode)) _writer.TakeResponse(packet, flow, batch);
    }

    // Seconds, or in newer versions the same in words.
    private bool TryTime(out Instant time) =>
        TimeText.TryEpochSeconds(_record[EkField.Epoch], out time) || TimeText.TryParse(_record[EkField.Epoch], TimeSpan.Zero, out time, out _);
}
