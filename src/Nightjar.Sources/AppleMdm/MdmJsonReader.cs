using System.Text;
using Nightjar.Events;
using Nightjar.Sources.PropertyList;

namespace Nightjar.Sources.AppleMdm;

/// <summary>What managed Apple devices tell in JSON: status reports of declarative management, and answers that a server passed on with the
/// property list packed inside. One object, several, or an array.</summary>
/// <remarks>Status reports tell only what changed. They name the device only where the server asked for its identifier.</remarks>
internal sealed class MdmJsonReader : ISourceReader
{
    public SourceFormat Format { get; } = new("apple-mdm-json", "Apple MDM report in JSON", PositionKind.Offset)
    {
        LogNames = ["iOS:MDMLog"],
        Yields = [EventClass.SoftwareInfo, EventClass.LogLine],
        IsOneDevice = true,
    };

    public SourceSession Open(SourceInput input) => new JsonSession(input);

    public int Recognise(SourceHead head)
    {
        var bytes = head.Bytes.Span;
        if (bytes.TrimStart(" \t\r\n["u8) is not [(byte)'{', ..]) return 0;
        if (bytes.IndexOf("\"StatusItems\""u8) >= 0) return 90;
        var isEvent = bytes.IndexOf("\"acknowledge_event\""u8) >= 0 || bytes.IndexOf("\"checkin_event\""u8) >= 0;
        return isEvent && bytes.IndexOf("\"raw_payload\""u8) >= 0 ? 90 : 0;
    }

    private sealed class JsonSession : JsonObjectSession
    {
        private readonly MdmReport _report;

        public JsonSession(SourceInput input)
            : base(input) => _report = new MdmReport(input, () => Batch);

        protected override void OnItem(ReadOnlySpan<byte> item, long offset, EventBatch batch)
        {
            if (JsonReport.Read(item) is not { } root) batch.Report(AnomalyKind.Malformed, File, offset, "The report is not a JSON object.");
            else if (root.Has("StatusItems")) GoOn(_report.WriteStatus(root, offset));
            else if (Packed(root) is { } packed) Unpack(packed, root, offset, batch);
            else batch.Report(AnomalyKind.UnknownKind, File, offset, "The object is neither a status report nor an answer that was passed on.");
        }

        private static ReportNode? Packed(ReportNode root)
        {
            var passedOn = root.Has("acknowledge_event") ? root["acknowledge_event"] : root["checkin_event"];
            return passedOn.Has("raw_payload") ? passedOn : null;
        }

        private void Unpack(ReportNode packed, ReportNode root, long offset, EventBatch batch)
        {
            var text = packed["raw_payload"].Text;
            var bytes = new byte[text.Length];
            if (!Convert.TryFromBase64String(text, bytes, out var length))
            {
                batch.Report(AnomalyKind.BadValue, File, offset, "The packed answer is not in base 64.");
                return;
            }
            bytes = bytes[..length];
            var tree = bytes.AsSpan().StartsWith(BinaryPropertyList.Magic) ? BinaryPropertyList.Read(bytes) : XmlPropertyList.Read(bytes);
            if (tree.Problem is { } problem) batch.Report(AnomalyKind.Malformed, File, offset, problem);
            // Servers that do not know the time write the year 1.
            var isKnown = TimeText.TryParse(Encoding.UTF8.GetBytes(root["created_at"].Text), default, out var time, out _) && time.Micros > 0;
            if (tree.Root is { IsDictionary: true } answer) GoOn(_report.Write(answer, offset, isKnown ? time : null));
        }
    }
}
