using System.Buffers.Text;
using Nightjar.Events;

namespace Nightjar.Sources.Squid;

/// <summary>One reading of one log.</summary>
internal sealed class SquidSession(SourceInput input) : LineSession(input)
{
    private readonly Access _access = new();
    private readonly NetworkEvents _events = new(input, "VPN:MobileProxy", "Squid");
    private readonly RecordIds _ids = new();

    protected override void OnHandOn(EventBatch batch) => _ids.Flush(batch);

    protected override void OnLine(ReadOnlySpan<byte> line, long number, EventBatch batch)
    {
        if (!NativeLine.TryRead(line, _access) && !WebServerLine.TryRead(line, _access))
        {
            ReportLine(batch, number, "The line is of none of the forms of an access log.");
            return;
        }
        if (!TryTime(line, out var end, out var basis))
        {
            batch.Report(AnomalyKind.BadTime, File, number, "The time of the request is no time.");
            return;
        }
        // The native form is written when the request is over, and says how long it took.
        var begin = _access.DurationMillis is > 0 and < int.MaxValue and var millis ? end - TimeSpan.FromMilliseconds(millis) : end;
        Write(line, begin, end, basis, number, batch);
        _ids.Add(batch, line);
    }

    private bool TryTime(ReadOnlySpan<byte> line, out Instant time, out TimeBasis basis)
    {
        basis = TimeBasis.Stated;
        return _access.IsNative
            ? TimeText.TryEpochSeconds(line[_access.Time], out time)
            : WebServerTime.TryParse(line[_access.Time], Input.Settings.AssumedOffset, out time, out basis);
    }

    private void Write(ReadOnlySpan<byte> line, Instant begin, Instant end, TimeBasis basis, long number, EventBatch batch)
    {
        var method = line[_access.Method];
        var isTunnel = method.SequenceEqual("CONNECT"u8);
        _events.Begin(batch, isTunnel ? EventClass.NetworkActivity : EventClass.HttpActivity, isTunnel ? NetworkActivities.Traffic : HttpActivities.OfMethod(method), begin, basis, number);
        batch.Current.End = end;
        _events.Address(batch, FieldId.SrcIp, line[_access.Client], "the client");
        var peer = line[_access.Peer];
        if (UrlText.IsAddress(peer)) _events.Address(batch, FieldId.DstIp, peer, "the peer");
        batch.Set(FieldId.ProtocolName, "tcp"u8);
        _events.Count(batch, FieldId.BytesIn, line[_access.Bytes], "bytes");
        batch.Set(FieldId.HttpMethod, method);
        if (!isTunnel) _events.Count(batch, FieldId.HttpStatusCode, Status(line), "status");
        var agent = line[_access.UserAgent];
        if (!MeaninglessText.Is(agent)) batch.Set(FieldId.HttpUserAgent, agent);
        NetworkEvents.Url(batch, line[_access.Url]);
        if (!isTunnel) NetworkEvents.Content(batch, line[_access.Url], line[_access.ContentType], batch.IsSet(FieldId.BytesIn) ? batch.CurrentInteger(FieldId.BytesIn) : null);
        if (WasRefused(line)) batch.SetInteger(FieldId.StatusId, StatusIds.Failure);
        batch.Commit();
    }

    // 000 says that no answer was given.
    private ReadOnlySpan<byte> Status(ReadOnlySpan<byte> line) => line[_access.Status].SequenceEqual("000"u8) ? default : line[_access.Status];

    private bool WasRefused(ReadOnlySpan<byte> line) => line[_access.Result].IndexOf("DENIED"u8) >= 0;
}

/// <summary>Times of web servers: <c>02/Mar/2026:09:05:00 +0100</c>.</summary>
internal static class WebServerTime
{
    private static readonly string[] Months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    public static bool TryParse(ReadOnlySpan<byte> text, TimeSpan assumedOffset, out Instant time, out TimeBasis basis)
    {
        time = default;
        basis = default;
        if (text.Length is < 20 or > 40 || text[2] != (byte)'/' || text[6] != (byte)'/' || text[11] != (byte)':') return false;
        var month = 0;
        for (var i = 0; i < Months.Length && month == 0; i++)
            if (System.Text.Ascii.EqualsIgnoreCase(text[3..6], Months[i])) month = i + 1;
        if (month == 0) return false;
        // In the order of ISO 8601: year, month, day, then what follows.
        Span<byte> iso = stackalloc byte[40];
        text[7..11].CopyTo(iso);
        iso[4] = iso[7] = (byte)'-';
        Utf8Formatter.TryFormat(month, iso[5..], out _, new System.Buffers.StandardFormat('D', 2));
        text[..2].CopyTo(iso[8..]);
        iso[10] = (byte)'T';
        iso[7] = (byte)'-';
        text[12..].CopyTo(iso[11..]);
        return TimeText.TryParse(iso[..(text.Length - 1)], assumedOffset, out time, out basis);
    }
}
