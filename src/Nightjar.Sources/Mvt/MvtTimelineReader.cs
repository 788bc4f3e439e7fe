using System.Text;
using Nightjar.Events;

namespace Nightjar.Sources.Mvt;

/// <summary>The timeline of the Mobile Verification Toolkit, <c>timeline.csv</c>: what all its modules found, by time. Kept as lines, for the modules' own files say more.</summary>
/// <remarks>Times have no zone: those of an iPhone are UTC, those of an Android phone its own time. The first column's heading is the only sign.</remarks>
internal sealed class MvtTimelineReader : ISourceReader
{
    public SourceFormat Format { get; } = new("mvt-timeline", "MVT timeline", PositionKind.Line)
    {
        LogNames = ["iOS:unifiedlog", "android:logcat"],
        Yields = [EventClass.LogLine],
        IsOneDevice = true,
    };

    public SourceSession Open(SourceInput input) => new TimelineSession(input);

    public int Recognise(SourceHead head) => head.Lines(1).Any(line => IsHeading(line.Span, out _)) ? 95 : 0;

    private static bool IsHeading(ReadOnlySpan<byte> line, out bool isUtc)
    {
        isUtc = line.StartsWith("\"UTC Timestamp\""u8);
        return (isUtc || line.StartsWith("\"Device Local Timestamp\""u8)) && line.EndsWith(",\"Plugin\",\"Event\",\"Description\""u8);
    }

    private sealed class TimelineSession(SourceInput input) : LineSession(input)
    {
        private const int MaxRecord = 256 * 1024;
        private const int MaxLines = 200;
        private const int Fields = 4;

        private readonly RecordKey _key = new();
        private readonly StringBuilder _open = new();
        private long _begun;
        private bool? _isUtc;

        protected override void OnLine(ReadOnlySpan<byte> line, long number, EventBatch batch)
        {
            if (_isUtc is null && IsHeading(line, out var isUtc))
            {
                _isUtc = isUtc;
                return;
            }
            if (_open.Length == 0) _begun = number;
            else _open.Append('\n');
            _open.Append(Encoding.UTF8.GetString(line));
            // A description may hold line ends; its row goes on until its last quote is closed.
            var row = _open.ToString();
            var fields = Split(row);
            if (fields is null && row.Length < MaxRecord && number - _begun < MaxLines && !IsUnterminated) return;
            _open.Clear();
            if (fields is { Count: Fields }) Write(fields, batch);
            else ReportLine(batch, _begun, "The row is not one of four quoted columns.");
        }

        protected override void OnEnd(EventBatch batch)
        {
            if (_open.Length > 0) batch.Report(AnomalyKind.Truncated, File, _begun, "The last row is cut off.");
        }

        private void Write(List<string> fields, EventBatch batch)
        {
            var offset = _isUtc == true ? TimeSpan.Zero : Input.Settings.AssumedOffset;
            if (!TimeText.TryParse(Encoding.UTF8.GetBytes(fields[0]), offset, out var time, out var basis))
            {
                batch.Report(AnomalyKind.BadTime, File, _begun, "The time of the row is none.");
                return;
            }
            var isIos = _isUtc == true;
            batch.Begin(EventClass.LogLine, 1, time, File, _begun);
            ref var header = ref batch.Current;
            header.Platform = isIos ? Platform.IOS : Platform.Android;
            header.LogName = batch.Intern(isIos ? "iOS:unifiedlog"u8 : "android:logcat"u8);
            header.State.TimeBasis = isIos ? TimeBasis.Stated : basis;
            header.Id = _key.Begin("mvt-timeline"u8).Add(time.Micros).Add(Encoding.UTF8.GetBytes(string.Join('\0', fields))).ToId();
            batch.Set(FieldId.LogTag, fields[1]);
            batch.Set(FieldId.Message, $"{fields[2]}: {fields[3]}");
            batch.Commit();
        }

        // Quoted columns; a quote inside is doubled or has a backslash before it. Null while a quote is open.
        private static List<string>? Split(string row)
        {
            var fields = new List<string>();
            var text = new StringBuilder();
            var isOpen = false;
            for (var i = 0; i < row.Length; i++)
            {
                var next = i + 1 < row.Length ? row[i + 1] : default;
                if (row[i] == '\\' && isOpen && next is '"' or '\\') text.Append(row[++i]);
                else if (row[i] == '"' && isOpen && next == '"') text.Append(row[++i]);
                else if (row[i] == '"') isOpen = !isOpen;
                else if (row[i] == ',' && !isOpen) Take(fields, text);
                else text.Append(row[i]);
            }
            if (isOpen) return null;
            Take(fields, text);
            return fields;
        }

        private static void Take(List<string> fields, StringBuilder text)
        {
            fields.Add(text.ToString());
            text.Clear();
        }
    }
}
