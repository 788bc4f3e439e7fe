using System.Text;
using System.Text.Json;
using Nightjar.Events;
using Nightjar.Sources.Identity;

namespace Nightjar.Sources.OcsfNdjson;

/// <summary>Nightjar's own format: OCSF events with the mobile profile, one JSON object a line.</summary>
internal sealed class OcsfNdjsonReader : ISourceReader
{
    private const int LinesTried = 8;

    private static readonly byte[][] IdentityMarkers =
        [.. StatedAddresses.Classes.SelectMany(uid => new[] { $"\"class_uid\":{uid}", $"\"class_uid\": {uid}" }).Select(Encoding.UTF8.GetBytes)];

    public SourceFormat Format { get; } = new("ocsf-ndjson", "OCSF events, one JSON object a line", PositionKind.Line)
    {
        LogNames =
        [
            "NSM:Flow", "VPN:MobileProxy", "MobileEDR:telemetry", "android:MDMLog", "iOS:MDMLog", "android:logcat", "iOS:unifiedlog",
            "Application Vetting",
        ],
        Yields = [.. Enum.GetValues<EventClass>().Where(item => item != EventClass.Other)],
    };

    public int Recognise(SourceHead head)
    {
        var best = 0;
        var any = false;
        foreach (var line in head.Lines(LinesTried))
        {
            any = true;
            best = Math.Max(best, Certainty(line.Span));
        }
        // One record may be longer than the head; its beginning still tells.
        return any ? best : Certainty(head.Bytes.Span);
    }

    // A file of many classes is not read twice for the few records that may stand far inside; one that begins with them is.
    public bool SuppliesIdentity(SourceHead head)
    {
        foreach (var line in head.Lines(int.MaxValue))
        {
            foreach (var marker in IdentityMarkers)
            {
                if (line.Span.IndexOf(marker) >= 0) return true;
            }
        }
        return false;
    }

    public SourceSession Open(SourceInput input) => new OcsfNdjsonSession(input);

    // Of the attributes that every record has, class_uid is the one that nobody else uses.
    private static int Certainty(ReadOnlySpan<byte> line)
    {
        line = line.Trim(" \t\r"u8);
        if (line.IsEmpty || line[0] != (byte)'{') return 0;
        var reader = new Utf8JsonReader(line, false, default);
        var (hasClass, others) = (false, 0);
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth != 1 || reader.TokenType != JsonTokenType.PropertyName) continue;
                if (reader.IsNamed("class_uid"u8)) hasClass = true;
                else if (reader.IsNamed("time"u8) || reader.IsNamed("activity_id"u8) || reader.IsNamed("device"u8)) others++;
            }
        }
        catch (JsonException)
        {
            // What was seen until here counts.
        }
        return !hasClass ? 0 : others > 0 ? 95 : 60;
    }
}
