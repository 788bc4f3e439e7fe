using Nightjar.Events;

namespace Nightjar.Sources.Suricata;

/// <summary>Turns the records of one session into events.</summary>
internal sealed class EveWriter(SourceInput input)
{
    private const int Query = 1;
    private const int Response = 2;

    private readonly NetworkEvents _events = new(input, "NSM:Flow", "Suricata");
    private readonly EveKey _key = new();

    /// <summary>Writes the event of a record.</summary>
    public void Write(EveKind kind, EveRecord record, Instant begin, Instant end, TimeBasis basis, long number, EventBatch batch)
    {
        if (kind == EveKind.Tls && input.Identities is not null && input.Certificates?.TryAdd(record[EveField.FlowId], EveTls.DoubtOf(record, begin)) == false)
            batch.Report(AnomalyKind.LimitReached, input.File.Number, number, CertificateBook.NoRoom);
        var (eventClass, activity) = ClassOf(kind, record);
        _events.Begin(batch, eventClass, activity, begin, basis, number);
        batch.Current.End = end;
        batch.Current.Id = _key.Of(kind, record, begin, end);
        batch.Set(FieldId.ConnectionUid, record[EveField.FlowId]);
        var ends = EveEnds.Of(kind, record);
        Endpoints(record, ends, batch);
        switch (kind)
        {
            case EveKind.Flow:
                _events.Count(batch, ends.IsDeviceCalled ? FieldId.BytesIn : FieldId.BytesOut, record[EveField.BytesToServer], "flow.bytes_toserver");
                _events.Count(batch, ends.IsDeviceCalled ? FieldId.BytesOut : FieldId.BytesIn, record[EveField.BytesToClient], "flow.bytes_toclient");
                input.Certificates?.DoubtOf(record[EveField.FlowId]).Mark(batch);
                break;
            case EveKind.Netflow:
                _events.Count(batch, ends.IsDeviceSource ? FieldId.BytesOut : FieldId.BytesIn, record[EveField.NetflowBytes], "netflow.bytes");
                break;
            case EveKind.Dns:
                Dns(record, batch);
                break;
            case EveKind.Http:
                Http(record, ends.IsDeviceCalled, batch);
                break;
            case EveKind.Tls or EveKind.Quic:
                EveTls.Write(record, begin, batch);
                break;
            case EveKind.File:
                File(record, ends.IsDeviceSource, batch);
                break;
            default:
                batch.Set(FieldId.LogTag, "alert");
                batch.Set(FieldId.Message, record[EveField.Signature]);
                break;
        }
        batch.Commit();
    }

    // An alert is another tool's judgement of traffic that has records of its own; it is kept, and no analytic takes it for traffic.
    private static (EventClass Class, int Activity) ClassOf(EveKind kind, EveRecord record) => kind switch
    {
        EveKind.Flow or EveKind.Netflow or EveKind.File => (EventClass.NetworkActivity, NetworkActivities.Traffic),
        EveKind.Tls or EveKind.Quic => (EventClass.NetworkActivity, NetworkActivities.Open),
        EveKind.Dns => (EventClass.DnsActivity, EveEnds.IsAnswer(record) ? Response : Query),
        EveKind.Http => (EventClass.HttpActivity, HttpActivities.OfMethod(record[EveField.HttpMethod])),
        _ => (EventClass.Other, 0),
    };

    private void Endpoints(EveRecord record, EveEnds ends, EventBatch batch)
    {
        var (deviceIp, devicePort, otherIp, otherPort) = ends.IsDeviceSource
            ? (ends.SourceIp, ends.SourcePort, ends.DestinationIp, ends.DestinationPort)
            : (ends.DestinationIp, ends.DestinationPort, ends.SourceIp, ends.SourcePort);
        _events.Address(batch, FieldId.SrcIp, record[deviceIp], "src_ip");
        _events.Address(batch, FieldId.DstIp, record[otherIp], "dest_ip");
        _events.Port(batch, FieldId.SrcPort, record[devicePort], "src_port");
        _events.Port(batch, FieldId.DstPort, record[otherPort], "dest_port");
        NetworkEvents.Protocol(batch, record[EveField.Protocol]);
    }

    // Three shapes: flat with one record for each answer, with lists, and with a list of questions too.
    private static void Dns(EveRecord record, EventBatch batch)
    {
        var listed = record.Count(EveField.DnsQueryNames) > 0;
        batch.Set(FieldId.QueryHostname, listed ? record.ItemOf(EveField.DnsQueryNames, 0) : record[EveField.DnsName]);
        batch.Set(FieldId.QueryType, listed ? record[EveField.DnsQueryType] : record[EveField.DnsNameType]);
        if (!EveEnds.IsAnswer(record)) return;
        for (var i = 0; i < record.Count(EveField.DnsAnswers); i++) Answer(record.ItemOf(EveField.DnsAnswers, i), batch);
        if (record.Count(EveField.DnsAnswers) == 0) Answer(record[EveField.DnsData], batch);
        var code = record[EveField.DnsCode];
        if (!code.IsEmpty) batch.SetInteger(FieldId.StatusId, code.SequenceEqual("NOERROR"u8) ? StatusIds.Success : StatusIds.Failure);
    }

    // Names and addresses in one form, so that they can be compared with those of other events.
    private static void Answer(ReadOnlySpan<byte> data, EventBatch batch)
    {
        Span<byte> name = stackalloc byte[HostText.MaxLength];
        if (data.Contains((byte)' ') || data.Length > HostText.MaxLength) batch.Add(FieldId.AnswerData, data);
        else batch.Add(FieldId.AnswerData, name[..HostText.WriteHost(data, name)]);
    }

    private void Http(EveRecord record, bool isDeviceCalled, EventBatch batch)
    {
        batch.Set(FieldId.HttpMethod, record[EveField.HttpMethod]);
        batch.Set(FieldId.HttpUserAgent, record[EveField.HttpAgent]);
        _events.Count(batch, FieldId.HttpStatusCode, record[EveField.HttpStatus], "http.status");
        var answered = isDeviceCalled ? FieldId.BytesOut : FieldId.BytesIn;
        _events.Count(batch, answered, record[EveField.HttpLength], "http.length");
        Target(record, batch);
        NetworkEvents.Content(batch, record[EveField.HttpUrl], record[EveField.HttpType], batch.IsSet(answered) ? batch.CurrentInteger(answered) : null);
    }

    private void Target(EveRecord record, EventBatch batch)
    {
        var server = record[EveField.HttpHost];
        if (server.IsEmpty) server = record[EveField.DestinationIp];
        _events.Target(batch, server, record[EveField.HttpPort], record[EveField.HttpUrl], record[EveField.HttpMethod]);
    }

    private void File(EveRecord record, bool isSent, EventBatch batch)
    {
        var host = record[EveField.HttpHost];
        if (!UrlText.IsAddress(UrlText.HostOf(host))) batch.Set(FieldId.DstHostname, UrlText.HostOf(host));
        _events.Count(batch, FieldId.FileSize, record[EveField.FileSize], "fileinfo.size");
        _events.Count(batch, isSent ? FieldId.BytesOut : FieldId.BytesIn, record[EveField.FileSize], "fileinfo.size");
        if (!isSent) batch.Set(FieldId.HttpContentType, record[EveField.HttpType]);
        FileName(record, batch);
        Hash(record, EveField.FileMd5, 32, batch);
        Hash(record, EveField.FileSha1, 40, batch);
        Hash(record, EveField.FileSha256, 64, batch);
    }

    // Where a transfer names no file, Suricata gives the path of the URL. That of a refusal names no file that came.
    private static void FileName(EveRecord record, EventBatch batch)
    {
        var name = record[EveField.FileName];
        if (!name.Contains((byte)'/'))
        {
            batch.Set(FieldId.FileName, name);
            return;
        }
        var isRefusal = record[EveField.HttpStatus] is [>= (byte)'3' and <= (byte)'9', _, _];
        Span<byte> decoded = stackalloc byte[UrlText.MaxFileName];
        if (!isRefusal) batch.Set(FieldId.FileName, UrlText.FileName(name, decoded));
    }

    private void Hash(EveRecord record, EveField field, int digits, EventBatch batch)
    {
        if (!record[field].IsEmpty && !FileHash.TryAdd(batch, record[field], digits)) _events.ReportValue(batch, $"a hash of {digits} digits");
    }
}
