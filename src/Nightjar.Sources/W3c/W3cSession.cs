using System.Buffers.Text;
using Nightjar.Events;

namespace Nightjar.Sources.W3c;

/// <summary>One reading of one log.</summary>
internal sealed class W3cSession(SourceInput input) : LineSession(input)
{
    private const int MaxTime = 64;

    private readonly W3cFields _fields = new();
    private readonly NetworkEvents _events = new(input, "VPN:MobileProxy", "W3C extended log");
    private readonly RecordIds _ids = new();
    private bool _hasHeader;

    protected override void OnHandOn(EventBatch batch) => _ids.Flush(batch);

    protected override void OnLine(ReadOnlySpan<byte> line, long number, EventBatch batch)
    {
        if (W3cFields.IsHeader(line))
        {
            _fields.TakeHeader(line);
            _hasHeader = true;
        }
        else if (line[0] == (byte)'#')
        {
            return;
        }
        else if (!_hasHeader || !_fields.TryTakeLine(line))
        {
            ReportLine(batch, number, _hasHeader ? "The line has not the fields that the header names." : "A line before the header that names its fields.");
        }
        else if (!TryTime(line, out var end))
        {
            batch.Report(AnomalyKind.BadTime, File, number, "Date and time of the line are no time.");
        }
        else
        {
            Write(line, end, number, batch);
            _ids.Add(batch, line);
        }
    }

    // The format knows one zone: UTC.
    private bool TryTime(ReadOnlySpan<byte> line, out Instant time)
    {
        time = default;
        var date = _fields.Value(line, W3cField.Date);
        var clock = _fields.Value(line, W3cField.Time);
        Span<byte> text = stackalloc byte[MaxTime];
        if (date.Length + clock.Length + 1 > MaxTime) return false;
        date.CopyTo(text);
        text[date.Length] = (byte)' ';
        clock.CopyTo(text[(date.Length + 1)..]);
        return TimeText.TryParse(text[..(date.Length + 1 + clock.Length)], TimeSpan.Zero, out time, out _);
    }

    // A line is written when the request is over.
    private void Write(ReadOnlySpan<byte> line, Instant end, long number, EventBatch batch)
    {
        var taken = _fields.Value(line, W3cField.TimeTaken);
        var begin = Utf8Parser.TryParse(taken, out int millis, out var used) && used == taken.Length && millis > 0 ? end - TimeSpan.FromMilliseconds(millis) : end;
        var method = _fields.Value(line, W3cField.Method);
        var isTunnel = method.SequenceEqual("CONNECT"u8);
        _events.Begin(batch, isTunnel ? EventClass.NetworkActivity : EventClass.HttpActivity, isTunnel ? NetworkActivities.Traffic : HttpActivities.OfMethod(method), begin, TimeBasis.Stated, number);
        batch.Current.End = end;
        _events.Address(batch, FieldId.SrcIp, _fields.Value(line, W3cField.Client), "c-ip");
        if (UrlText.IsAddress(_fields.Value(line, W3cField.Server))) _events.Address(batch, FieldId.DstIp, _fields.Value(line, W3cField.Server), "r-ip");
        batch.Set(FieldId.ProtocolName, "tcp"u8);
        batch.Set(FieldId.HttpMethod, method);
        batch.Set(FieldId.HttpUserAgent, _fields.Value(line, W3cField.Agent));
        _events.Count(batch, FieldId.BytesIn, _fields.Value(line, W3cField.Received), "sc-bytes");
        _events.Count(batch, FieldId.BytesOut, _fields.Value(line, W3cField.Sent), "cs-bytes");
        Target(line, method, batch);
        if (!isTunnel) Answer(line, batch);
        if (_fields.Value(line, W3cField.Action).IndexOf("DENIED"u8) >= 0) batch.SetInteger(FieldId.StatusId, StatusIds.Failure);
        batch.Commit();
    }

    private void Target(ReadOnlySpan<byte> line, ReadOnlySpan<byte> method, EventBatch batch)
    {
        var uri = _fields.Value(line, W3cField.Uri);
        if (!uri.IsEmpty)
        {
            NetworkEvents.Url(batch, uri);
            return;
        }
        _events.Port(batch, FieldId.DstPort, _fields.Value(line, W3cField.Port), "cs-uri-port");
        // What was asked for over TLS has another scheme than the URL that could be put together.
        if (_fields.Value(line, W3cField.Scheme).SequenceEqual("http"u8) && !method.SequenceEqual("CONNECT"u8))
            _events.Target(batch, _fields.Value(line, W3cField.Host), _fields.Value(line, W3cField.Port), _fields.Value(line, W3cField.Path), method);
        else NetworkEvents.Host(batch, _fields.Value(line, W3cField.Host), _fields.Value(line, W3cField.Path));
    }

    private void Answer(ReadOnlySpan<byte> line, EventBatch batch)
    {
        var status = _fields.Value(line, W3cField.Status);
        if (!status.SequenceEqual("0"u8)) _events.Count(batch, FieldId.HttpStatusCode, status, "sc-status");
        var path = _fields.Value(line, _fields.Knows(W3cField.Uri) ? W3cField.Uri : W3cField.Path);
        NetworkEvents.Content(batch, path, _fields.Value(line, W3cField.ContentType), batch.IsSet(FieldId.BytesIn) ? batch.CurrentInteger(FieldId.BytesIn) : null);
    }
}
