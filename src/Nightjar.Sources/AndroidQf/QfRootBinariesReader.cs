using Nightjar.Events;

namespace Nightjar.Sources.AndroidQf;

/// <summary>Paths of programs that rooted devices have (<c>root_binaries.json</c>). That they are there is all that is told.</summary>
internal sealed class QfRootBinariesReader : QfJsonReader
{
    public override SourceFormat Format { get; } = new("androidqf-root-binaries", "AndroidQF root_binaries.json", PositionKind.Offset)
    {
        LogNames = ["MobileEDR:telemetry"],
        Yields = [EventClass.LogLine],
        Platform = Platform.Android,
        IsOneDevice = true,
    };

    protected override QfWriter NewWriter(QfEvents? events) => new Writer(events);

    private sealed class Writer(QfEvents? events) : QfWriter
    {
        private const int MaxPaths = 64;

        private readonly JsonRecord _text = new("text");

        public override bool IsRecord(ReadOnlySpan<byte> json, string fileName) =>
            json.StartsWith("\"/"u8) && fileName.Contains("root_binaries", StringComparison.OrdinalIgnoreCase);

        public override bool TryWrite(ReadOnlySpan<byte> json, long offset, EventBatch batch)
        {
            if (json[0] != (byte)'"' || !_text.TryRead([.. "{\"text\":"u8, .. json, (byte)'}'])) return false;
            // Several places of one program stand in one text, a line each.
            var text = _text.Text(0);
            var left = MaxPaths;
            foreach (var range in text.Split((byte)'\n'))
            {
                var path = text[range].Trim(" \r"u8);
                if (path.IsEmpty || left-- <= 0) continue;
                if (!events!.TryBeginReported(batch, EventClass.LogLine, 1, offset)) return true;
                batch.Set(FieldId.LogTag, "root_binaries"u8);
                batch.Set(FieldId.Message, path);
                batch.Set(FieldId.FilePath, path);
                batch.Current.Id = events.Key.Begin("qf root"u8).Add(path).Add(batch.Current.Time.Micros).ToId();
                batch.Commit();
            }
            return true;
        }
    }
}
