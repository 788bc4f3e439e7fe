using Nightjar.Events;
using Nightjar.Sources.Intrusion;

namespace Nightjar.Sources.DevicePolicy;

/// <summary>One reading of one export.</summary>
internal sealed class DevicePolicySession(SourceInput input) : JsonItemSession(input, isRootRecord: true)
{
    private readonly DevicePolicyRecords _records = new();
    private readonly IntrusionWriter _writer = new(input.File.Number);

    protected override void OnItem(JsonItems items, EventBatch batch)
    {
        if (items.Item[0] != (byte)'{' || _records.Read(items.Item) is not { } record)
            batch.Report(AnomalyKind.Malformed, File, items.Offset, "The record is not a JSON object.");
        else if (record.Kind == IntrusionKind.Other)
            batch.Report(AnomalyKind.UnknownKind, File, items.Offset, "The record is neither a network nor a security event.");
        else if (!record.HasTime)
            batch.Report(AnomalyKind.MissingField, File, items.Offset, "The record has neither timestamp nor timeNanos.");
        else if (!record.TryTime(out var time))
            batch.Report(AnomalyKind.BadTime, File, items.Offset, "The time is neither milliseconds nor nanoseconds since 1970.");
        else
            _writer.Write(record, time, items.Item, items.Offset, batch);
    }
}
