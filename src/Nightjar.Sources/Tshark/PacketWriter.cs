using Nightjar.Events;

namespace Nightjar.Sources.Tshark;

/// <summary>Writes the events of one capture.</summary>
internal sealed class PacketWriter(SourceInput input, string logName, string product, PacketOwners owners)
{
    private const int Query = 1;
    private const int Response = 2;

    // Requests wait in memory for their response, so no part of one may be long.
    private const int MaxUri = 4096;
    private const int MaxHost = 255;
    private const int MaxAgent = 512;
    private const int MaxMethod = 32;

    private readonly NetworkEvents _events = new(input, logName, product);
    private readonly RecordKey _key = new();

    /// <summary>Writes a connection that has ended, and before it a request that had no response.</summary>
    public void WriteFlow(Flow flow, EventBatch batch)
    {
        if (flow.Pending is { } pending) WriteRequest(pending, flow, batch);
        Begin(EventClass.NetworkActivity, NetworkActivities.Traffic, flow.First, flow.Number, flow, batch);
        batch.Current.End = flow.Last;
        batch.Current.Id = Id("flow"u8, flow, flow.First).ToId();
        // Of two captures, one may hold less of the connection; the one that holds most goes before.
        batch.Current.Sequence = -(flow.BytesFromCaller + flow.BytesFromCalled);
        batch.SetInteger(flow.IsDeviceCalled ? FieldId.BytesIn : FieldId.BytesOut, flow.BytesFromCaller);
        batch.SetInteger(flow.IsDeviceCalled ? FieldId.BytesOut : FieldId.BytesIn, flow.BytesFromCalled);
        NetworkEvents.ServerName(batch, flow.ServerName);
        batch.Set(FieldId.TlsJa3, flow.Ja3.AsSpan());
        TlsVersions.Set(batch, flow.TlsVersion);
        owners.Name(batch, flow.Owner);
        batch.Commit();
    }

    /// <summary>Writes a question of DNS or its answer.</summary>
    public void WriteDns(in Packet packet, Flow flow, EventBatch batch)
    {
        var record = packet.Record;
        var isResponse = record[EkField.IsResponse] is [(byte)'1' or (byte)'t' or (byte)'T', ..];
        Begin(EventClass.DnsActivity, isResponse ? Response : Query, packet.Time, packet.Number, flow, batch);
        batch.Current.Id = Id("dns"u8, flow, packet.Time).Add(record[EkField.DnsId]).Add(record[EkField.QueryName]).Add(isResponse ? 1 : 0).ToId();
        batch.Set(FieldId.QueryHostname, record[EkField.QueryName]);
        batch.Set(FieldId.QueryType, QueryTypes.NameOf(record[EkField.QueryType]));
        if (isResponse)
        {
            for (var i = 0; i < record.AnswerCount; i++) batch.Add(FieldId.AnswerData, record.AnswerOf(i));
            batch.SetInteger(FieldId.StatusId, record[EkField.ResponseCode].SequenceEqual("0"u8) ? StatusIds.Success : StatusIds.Failure);
        }
        owners.Name(batch, packet.Owner);
        batch.Commit();
    }

    /// <summary>Keeps a request until its response comes; the one before had none then.</summary>
    public void TakeRequest(in Packet packet, Flow flow, EventBatch batch)
    {
        if (flow.Pending is { } before) WriteRequest(before, flow, batch);
        var record = packet.Record;
        flow.Pending = new Request(
            packet.Time, packet.Number, Cut(record[EkField.Method], MaxMethod), Cut(record[EkField.Host], MaxHost), Cut(record[EkField.Uri], MaxUri), Cut(record[EkField.UserAgent], MaxAgent));
    }

    /// <summary>Writes the transaction that a response ends. One whose request was not captured says too little.</summary>
    public void TakeResponse(in Packet packet, Flow flow, EventBatch batch)
    {
        if (flow.Pending is not { } request) return;
        flow.Pending = null;
        BeginRequest(request, flow, batch);
        batch.Current.End = packet.Time;
        var record = packet.Record;
        _events.Count(batch, FieldId.HttpStatusCode, record[EkField.StatusCode], "http.response.code");
        var received = flow.IsDeviceCalled ? FieldId.BytesOut : FieldId.BytesIn;
        _events.Count(batch, received, record[EkField.ContentLength], "http.content_length");
        NetworkEvents.Content(batch, request.Uri, record[EkField.ContentType], batch.IsSet(received) ? batch.CurrentInteger(received) : null);
        batch.Commit();
    }

    private void WriteRequest(Request request, Flow flow, EventBatch batch)
    {
        flow.Pending = null;
        BeginRequest(request, flow, batch);
        batch.Commit();
    }

    private void BeginRequest(Request request, Flow flow, EventBatch batch)
    {
        Begin(EventClass.HttpActivity, HttpActivities.OfMethod(request.Method), request.Time, request.Number, flow, batch);
        batch.Current.Id = Id("http"u8, flow, request.Time).Add(request.Method).Add(request.Uri).ToId();
        batch.Set(FieldId.HttpMethod, request.Method);
        batch.Set(FieldId.HttpUserAgent, request.UserAgent);
        _events.Target(batch, request.Host.Length > 0 ? request.Host : flow.Called, flow.CalledPort, request.Uri, request.Method);
        owners.Name(batch, flow.Owner);
    }

    private void Begin(EventClass eventClass, int activity, Instant time, long number, Flow flow, EventBatch batch)
    {
        _events.Begin(batch, eventClass, activity, time, TimeBasis.Stated, number);
        var called = flow.IsDeviceCalled;
        _events.Address(batch, FieldId.SrcIp, called ? flow.Called : flow.Caller, "an address");
        _events.Port(batch, FieldId.SrcPort, called ? flow.CalledPort : flow.CallerPort, "a port");
        _events.Address(batch, FieldId.DstIp, called ? flow.Caller : flow.Called, "an address");
        _events.Port(batch, FieldId.DstPort, called ? flow.CallerPort : flow.CalledPort, "a port");
        batch.Set(FieldId.ProtocolName, flow.Protocol);
        batch.Set(FieldId.ConnectionUid, EventIds.Text(Id("flow"u8, flow, flow.First).ToId()));
    }

    // By time and ends, so that the same packets in two captures are one event.
    private RecordKey Id(ReadOnlySpan<byte> kind, Flow flow, Instant time) =>
        _key.Begin(kind).Add(time.Micros).Add(flow.Protocol).Add(flow.Caller).Add(flow.CallerPort).Add(flow.Called).Add(flow.CalledPort);

    private static byte[] Cut(ReadOnlySpan<byte> text, int limit)
    {
        if (text.Length <= limit) return text.ToArray();
        while (limit > 0 && (text[limit] & 0xC0) == 0x80) limit--;
        return text[..limit].ToArray();
    }
}
