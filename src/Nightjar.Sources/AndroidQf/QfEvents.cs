using Nightjar.Events;
using Nightjar.Sources.Android;

namespace Nightjar.Sources.AndroidQf;

/// <summary>Writes what is common to the events of an acquisition.</summary>
internal sealed class QfEvents(SourceInput input)
{
    private bool _hasReportedTime;

    /// <summary>For events that need an id of their own.</summary>
    public RecordKey Key { get; } = new();

    public Remark Remark { get; } = new();

    /// <summary>The file's number.</summary>
    public int File => input.File.Number;

    /// <summary>Begins an event at a time that the record states.</summary>
    public void Begin(EventBatch batch, EventClass kind, int activity, Instant time, long position)
    {
        batch.Begin(kind, activity, time, File, position);
        ref var header = ref batch.Current;
        header.LogName = batch.Intern(kind == EventClass.SoftwareInfo ? "Application Vetting"u8 : "MobileEDR:telemetry"u8);
        header.Platform = Platform.Android;
    }

    /// <summary>Begins an event of what was so when the acquisition was made; false when the file has no date.</summary>
    public bool TryBeginReported(EventBatch batch, EventClass kind, int activity, long position)
    {
        if (input.ReferenceTime is not { } time)
        {
            if (!_hasReportedTime) batch.Report(AnomalyKind.MissingField, File, position, "The records have no times and the file no date; state the reference time.");
            _hasReportedTime = true;
            return false;
        }
        Begin(batch, kind, activity, time, position);
        batch.Current.State.TimeBasis = TimeBasis.Reported;
        return true;
    }

    /// <summary>Names the app; nothing when the text is no package.</summary>
    public static void NameApp(EventBatch batch, ReadOnlySpan<byte> package, AppGrade grade)
    {
        if (!AndroidPath.IsPackage(package)) return;
        batch.Current.App = batch.Intern(package);
        batch.Current.State.AppGrade = grade;
    }

    /// <summary>Sets a SHA-256; nothing when the text is none.</summary>
    public static void SetHash(EventBatch batch, FieldId field, ReadOnlySpan<byte> hash)
    {
        Span<byte> lower = stackalloc byte[64];
        if (hash.Length != lower.Length || hash.ContainsAnyExcept("0123456789abcdefABCDEF"u8)) return;
        System.Text.Ascii.ToLower(hash, lower, out _);
        batch.Set(field, lower);
    }
}
