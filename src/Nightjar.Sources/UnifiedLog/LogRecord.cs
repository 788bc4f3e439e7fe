namespace Nightjar.Sources.UnifiedLog;

/// <summary>The attributes of one entry, as <c>log show</c> writes them, or as the parsers do that read log archives without a Mac.</summary>
internal sealed class LogRecord
{
    private const int TimeAt = 0, EventTypeAt = 1, MessageAt = 2, OtherMessageAt = 3, SubsystemAt = 4, CategoryAt = 5, ProcessAt = 6, OtherProcessAt = 7,
        PidAt = 8, OtherPidAt = 9, SenderAt = 10, OtherSenderAt = 11, MachAt = 12, BootAt = 13, OtherBootAt = 14, ThreadAt = 15, OtherThreadAt = 16,
        TraceAt = 17, FinishedAt = 18, OtherEventTypeAt = 19, LossCountAt = 20;

    private readonly JsonRecord _json = new(
        "timestamp", "eventType", "eventMessage", "message", "subsystem", "category", "processImagePath", "process", "processID", "pid",
        "senderImagePath", "library", "machTimestamp", "bootUUID", "boot_uuid", "threadID", "thread_id", "traceID", "finished", "event_type",
        "lossCount.count");

    public bool TryRead(ReadOnlySpan<byte> json) => _json.TryRead(json);

    /// <summary>True when an object can hardly be anything else.</summary>
    public bool IsCharacteristic =>
        _json.Has(TimeAt) && (_json.Has(MessageAt) && _json.Has(ProcessAt) && _json.Has(EventTypeAt)
            || _json.Has(OtherMessageAt) && _json.Has(OtherProcessAt) && _json.Has(OtherEventTypeAt) && _json.Has(OtherBootAt));

    /// <summary>True for the last line, which <c>log show</c> adds: how many entries it wrote, and whether that was all.</summary>
    public bool IsTrailer => _json.Has(FinishedAt) && !_json.Has(TimeAt);

    /// <summary>What the trailer says; null when it does not.</summary>
    public bool? IsFinished => _json.Flag(FinishedAt);

    public ReadOnlySpan<byte> Time => _json.Text(TimeAt);

    /// <summary><c>logEvent</c>, <c>activityCreateEvent</c>, <c>lossEvent</c>, …</summary>
    public ReadOnlySpan<byte> EventType => Either(EventTypeAt, OtherEventTypeAt);

    /// <summary>Messages that the system lost here; null when the entry does not say.</summary>
    public long? LossCount => _json.TryInteger(LossCountAt, out var count) ? count : null;

    public ReadOnlySpan<byte> Message => Either(MessageAt, OtherMessageAt);

    public ReadOnlySpan<byte> Subsystem => _json.Text(SubsystemAt);

    public ReadOnlySpan<byte> Category => _json.Text(CategoryAt);

    /// <summary>Path of the program that logged.</summary>
    public ReadOnlySpan<byte> Process => Either(ProcessAt, OtherProcessAt);

    public long? Pid => _json.TryInteger(_json.Has(PidAt) ? PidAt : OtherPidAt, out var pid) ? pid : null;

    /// <summary>The device's own counter, which orders entries of one time; 0 when not stated.</summary>
    public long Mach => _json.TryInteger(MachAt, out var ticks) ? ticks : 0;

    public ReadOnlySpan<byte> Boot => Either(BootAt, OtherBootAt);

    public ReadOnlySpan<byte> Thread => Either(ThreadAt, OtherThreadAt);

    /// <summary>Digits only: the number is larger than what most readers of JSON hold.</summary>
    public ReadOnlySpan<byte> Trace => _json.Text(TraceAt);

    private ReadOnlySpan<byte> Either(int index, int other) => _json.Has(index) ? _json.Text(index) : _json.Text(other);
}
