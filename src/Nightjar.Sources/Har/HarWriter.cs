using System.Buffers.Text;
using Nightjar.Events;

namespace Nightjar.Sources.Har;

/// <summary>Writes the event of one entry.</summary>
internal sealed class HarWriter(SourceInput input)
{
    private static readonly HarField[] KeyFields =
        [HarField.Started, HarField.Duration, HarField.Server, HarField.Connection, HarField.Method, HarField.Url, HarField.Status, HarField.ContentSize];

    private readonly NetworkEvents _events = new(input, "VPN:MobileProxy", "HAR");
    private readonly RecordKey _key = new();

    /// <summary>Writes the event, or reports why there is none.</summary>
    public void Write(HarEntry entry, long number, EventBatch batch)
    {
        if (entry[HarField.Started].IsEmpty || entry[HarField.Url].IsEmpty)
        {
            batch.Report(AnomalyKind.MissingField, input.File.Number, number, "The entry has no startedDateTime or no url.");
        }
        else if (!TimeText.TryParse(entry[HarField.Started], input.Settings.AssumedOffset, out var time, out var basis))
        {
            batch.Report(AnomalyKind.BadTime, input.File.Number, number, "The startedDateTime of the entry is no time.");
        }
        else
        {
            _events.Begin(batch, EventClass.HttpActivity, HttpActivities.OfMethod(entry[HarField.Method]), time, basis, number);
            batch.Current.End = EndOf(entry[HarField.Duration], time);
            batch.Current.Id = IdOf(entry);
            Request(entry, batch);
            Response(entry, batch);
            batch.Commit();
        }
    }

    private static void Request(HarEntry entry, EventBatch batch)
    {
        // Exporters write brackets around it, the host before it, or nothing.
        batch.Set(FieldId.DstIp, entry[HarField.Server]);
        batch.Set(FieldId.HttpMethod, entry[HarField.Method]);
        batch.Set(FieldId.HttpUserAgent, entry[HarField.UserAgent]);
        NetworkEvents.Url(batch, entry[HarField.Url]);
        if (Size(entry[HarField.RequestBody]) is { } sent) batch.SetInteger(FieldId.BytesOut, sent);
    }

    private static void Response(HarEntry entry, EventBatch batch)
    {
        // Chrome writes 0 where no answer came.
        if (Size(entry[HarField.Status]) is > 0 and var status) batch.SetInteger(FieldId.HttpStatusCode, status);
        var content = Size(entry[HarField.ContentSize]);
        if ((Size(entry[HarField.ResponseBody]) ?? Size(entry[HarField.TransferSize]) ?? content) is { } received) batch.SetInteger(FieldId.BytesIn, received);
        NetworkEvents.Content(batch, entry[HarField.Url], entry[HarField.ContentType], content);
    }

    // -1 stands for unknown.
    private static long? Size(ReadOnlySpan<byte> digits) =>
        Utf8Parser.TryParse(digits, out long size, out var used) && used == digits.Length && size >= 0 ? size : null;

    private static Instant EndOf(ReadOnlySpan<byte> millis, Instant time) =>
        Utf8Parser.TryParse(millis, out double length, out var used) && used == millis.Length && length is > 0 and < 1e10
            ? time + TimeSpan.FromMicroseconds(Math.Round(length * 1000))
            : time;

    // An archive gives no ids; the same entry in two archives is one event.
    private UInt128 IdOf(HarEntry entry)
    {
        _key.Begin("har"u8);
        foreach (var field in KeyFields) _key.Add(entry[field]);
        return _key.ToId();
    }
}
