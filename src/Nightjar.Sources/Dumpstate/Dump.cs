using Nightjar.Events;
using Nightjar.Sources.Android;
using Nightjar.Sources.Logcat;

namespace Nightjar.Sources.Dumpstate;

/// <summary>What the sections of one dump share: its zone, the moment of the dump, which user id is which app, and the way events are written.</summary>
internal sealed class Dump(SourceInput input)
{
    private long? _localNow;
    private bool _hasReportedNow;

    /// <summary>The file's number.</summary>
    public int File => input.File.Number;

    /// <summary>The zone of all local times.</summary>
    public LocalZone Zone { get; } = new(input.Settings.AssumedOffset);

    /// <summary>Writes the embedded logs, and knows the processes and user ids that any section told of.</summary>
    public LogcatWriter Log { get; } = new(input.File.Number);

    /// <summary>For events that need an id of their own.</summary>
    public RecordKey Key => Log.Key;

    public Remark Remark { get; } = new();

    /// <summary>The moment of the dump; null when neither the dump nor the file tells it.</summary>
    public Instant? Now => _localNow is { } local ? Zone.At(local) : input.ReferenceTime;

    /// <summary>How the moment of the dump was obtained.</summary>
    public TimeBasis NowBasis => _localNow is null ? TimeBasis.Reported : Zone.Basis;

    /// <summary>Learns the moment of the dump from a local time; false when the text is none.</summary>
    public bool TryLearnNow(ReadOnlySpan<byte> text)
    {
        if (!TimeText.TryParse(text, TimeSpan.Zero, out var local, out _)) return false;
        _localNow = local.Micros;
        return true;
    }

    /// <summary>Begins an event at a moment of the dump's own.</summary>
    public void Begin(EventBatch batch, EventClass kind, int activity, Instant time, TimeBasis basis, long number)
    {
        batch.Begin(kind, activity, time, File, number);
        ref var header = ref batch.Current;
        header.LogName = batch.Intern("android:logcat"u8);
        header.Platform = Platform.Android;
        header.State.TimeBasis = basis;
    }

    /// <summary>Begins a log line for what no class of events is made of.</summary>
    public void BeginLine(EventBatch batch, Instant time, TimeBasis basis, long number, ReadOnlySpan<byte> section, ReadOnlySpan<byte> text)
    {
        Begin(batch, EventClass.LogLine, 1, time, basis, number);
        batch.Set(FieldId.LogTag, section);
        batch.Set(FieldId.Message, text);
    }

    /// <summary>True when the moment of the dump is known; else says once what is lost.</summary>
    public bool TryNow(EventBatch batch, long number, out Instant now)
    {
        now = Now ?? default;
        if (Now is not null) return true;
        if (!_hasReportedNow) batch.Report(AnomalyKind.MissingField, File, number, "Neither the dump nor the file tells when it was made; state the reference time.");
        _hasReportedNow = true;
        return false;
    }
}
