using Nightjar.Events;

namespace Nightjar.Sources.UnifiedLog;

/// <summary>The unified log of an iPhone or iPad in one JSON array: <c>log show --archive system_logs.logarchive --style json</c>.</summary>
internal sealed class UnifiedLogArrayReader : ISourceReader
{
    private const int ItemsToJudge = 20;

    public SourceFormat Format { get; } = new("ios-unified-log-json", "iOS unified log, a JSON array", PositionKind.Offset)
    {
        LogNames = ["iOS:unifiedlog"],
        Yields = UnifiedLogLinesReader.Classes,
        Platform = Platform.IOS,
        IsOneDevice = true,
    };

    public SourceSession Open(SourceInput input) => new ArraySession(input);

    public int Recognise(SourceHead head)
    {
        if (!head.Bytes.Span.TrimStart(" \t\r\n"u8).StartsWith("["u8)) return 0;
        var record = new LogRecord();
        var known = 0;
        foreach (var item in JsonObjects.Of(head, ItemsToJudge))
        {
            if (!record.TryRead(item.Span) || !record.IsCharacteristic || UnifiedLogLinesReader.IsOfMac(record)) return 0;
            known++;
        }
        return known > 0 ? 95 : 0;
    }

    private sealed class ArraySession(SourceInput input) : JsonObjectSession(input)
    {
        private readonly LogReading _reading = new(input);

        protected override void OnItem(ReadOnlySpan<byte> item, long offset, EventBatch batch)
        {
            if (!_reading.TryTake(item, offset, batch)) batch.Report(AnomalyKind.Malformed, File, offset, "The entry is not a JSON object.");
        }
    }
}
