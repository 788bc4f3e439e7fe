using System.Buffers.Text;
using Nightjar.Events;

namespace Nightjar.Sources.Pcapdroid;

/// <summary>One reading of one export.</summary>
internal sealed class PcapdroidCsvSession(SourceInput input) : LineSession(input)
{
    private const int Query = 1;

    private readonly CsvColumns _columns = new();
    private readonly NetworkEvents _events = new(input, "VPN:MobileProxy", "PCAPdroid");
    private readonly RecordKey _key = new();
    private readonly Remark _remark = new();
    private bool _hasHeader;

    protected override void OnLine(ReadOnlySpan<byte> line, long number, EventBatch batch)
    {
        if (CsvColumns.IsHeader(line))
        {
            _hasHeader = _columns.TryTakeHeader(line);
            if (!_hasHeader) ReportLine(batch, number, "The header names its columns in an order that is not known; the rows cannot be read.");
        }
        else if (!_hasHeader)
        {
            ReportLine(batch, number, "A row before the header that names its columns.");
        }
        else if (!_columns.TryTakeRow(line))
        {
            ReportLine(batch, number, "The row has not the columns that the header names.");
        }
        else if (TryTimes(line, number, batch, out var first, out var last, out var basis))
        {
            Write(line, first, last, basis, number, batch);
        }
    }

    private bool TryTimes(ReadOnlySpan<byte> row, long number, EventBatch batch, out Instant first, out Instant last, out TimeBasis basis)
    {
        last = default;
        if (!PcapdroidTime.TryParse(_columns.Value(row, CsvColumn.FirstSeen), Input.Settings.AssumedOffset, out first, out basis))
        {
            // A row that was cut off may have lost digits of any value.
            if (IsUnterminated) ReportLine(batch, number, "The row is cut off.");
            else batch.Report(AnomalyKind.BadTime, File, number, "FirstSeen is no time.");
            return false;
        }
        if (!PcapdroidTime.TryParse(_columns.Value(row, CsvColumn.LastSeen), Input.Settings.AssumedOffset, out last, out _) || last < first) last = first;
        return true;
    }

    private void Write(ReadOnlySpan<byte> row, Instant first, Instant last, TimeBasis basis, long number, EventBatch batch)
    {
        var protocol = _columns.Value(row, CsvColumn.Proto);
        var isQuery = protocol.SequenceEqual("DNS"u8);
        _events.Begin(batch, isQuery ? EventClass.DnsActivity : EventClass.NetworkActivity, isQuery ? Query : NetworkActivities.Traffic, first, basis, number);
        batch.Current.End = last;
        batch.Current.Platform = Platform.Android;
        Endpoints(row, batch);
        Info(_columns.Value(row, CsvColumn.Info), protocol, isQuery, batch);
        _events.Count(batch, FieldId.BytesOut, _columns.Value(row, CsvColumn.BytesSent), "BytesSent");
        _events.Count(batch, FieldId.BytesIn, _columns.Value(row, CsvColumn.BytesRcvd), "BytesRcvd");
        int? uid = Utf8Parser.TryParse(_columns.Value(row, CsvColumn.Uid), out int value, out var used) && used > 0 ? value : null;
        PcapdroidApp.Name(batch, uid, _columns.Value(row, CsvColumn.PackageName), _columns.Value(row, CsvColumn.App));
        batch.Set(FieldId.Message, _remark.Begin().Add("protocol"u8, protocol).Add("uid"u8, _columns.Value(row, CsvColumn.Uid)).Add("malicious"u8, _columns.Value(row, CsvColumn.Malicious)).ToSpan());
        Identify(row, first, batch);
        batch.Commit();
    }

    private void Endpoints(ReadOnlySpan<byte> row, EventBatch batch)
    {
        _events.Address(batch, FieldId.SrcIp, _columns.Value(row, CsvColumn.SrcIP), "SrcIP");
        _events.Port(batch, FieldId.SrcPort, _columns.Value(row, CsvColumn.SrcPort), "SrcPort");
        _events.Address(batch, FieldId.DstIp, _columns.Value(row, CsvColumn.DstIP), "DstIP");
        _events.Port(batch, FieldId.DstPort, _columns.Value(row, CsvColumn.DstPort), "DstPort");
        var number = _columns.Value(row, CsvColumn.IPProto);
        batch.Set(FieldId.ProtocolName, IpProtocols.NameOf(number));
    }

    // The name that the client asked for, in a handshake, a question of DNS or a Host header, whichever was seen.
    private static void Info(ReadOnlySpan<byte> info, ReadOnlySpan<byte> protocol, bool isQuery, EventBatch batch)
    {
        if (MeaninglessText.Is(info) || info.ContainsAny(" ,"u8)) return;
        if (isQuery) batch.Set(FieldId.QueryHostname, info);
        else if (protocol.StartsWith("TLS"u8) || protocol.SequenceEqual("HTTPS"u8) || protocol.SequenceEqual("QUIC"u8)) NetworkEvents.ServerName(batch, info);
        else if (!UrlText.IsAddress(UrlText.HostOf(info))) batch.Set(FieldId.DstHostname, info);
    }

    // A later export holds the connection again with more bytes: one event, and the row that knows most goes before.
    private void Identify(ReadOnlySpan<byte> row, Instant first, EventBatch batch)
    {
        _key.Begin("pcapdroid"u8).Add(first.Micros);
        foreach (var column in (ReadOnlySpan<CsvColumn>)[CsvColumn.IPProto, CsvColumn.SrcIP, CsvColumn.SrcPort, CsvColumn.DstIP, CsvColumn.DstPort, CsvColumn.Uid])
            _key.Add(_columns.Value(row, column));
        batch.Current.Id = _key.ToId();
        batch.Current.Sequence = -(batch.CurrentInteger(FieldId.BytesIn) + batch.CurrentInteger(FieldId.BytesOut));
    }
}
