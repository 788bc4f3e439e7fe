using Nightjar.Events;

namespace Nightjar.Sources.UnifiedLog;

/// <summary>Writes what is common to the events of a log: time, place, program, app, and the message itself.</summary>
internal sealed class LogWriter(int file)
{
    /// <summary>Which process is which app.</summary>
    public ProcessNames Processes { get; } = new();

    /// <summary>Begins an event.</summary>
    public static void Begin(EventBatch batch, EventClass kind, int activity, in LogEntry entry, int file)
    {
        batch.Begin(kind, activity, entry.Time, file, entry.Position);
        ref var header = ref batch.Current;
        header.Id = entry.Id;
        header.LogName = batch.Intern("iOS:unifiedlog"u8);
        header.Platform = Platform.IOS;
        header.Sequence = entry.Record.Mach;
        header.State.TimeBasis = entry.Basis;
        header.State.IsHearsay = !entry.IsOfSystem;
        batch.Set(FieldId.Message, entry.Message);
        batch.Set(FieldId.LogTag, entry.Record.Subsystem);
        batch.Set(FieldId.ProcessName, SystemProcess.NameOf(entry.Record.Process));
        if (entry.Record.Pid is { } pid) batch.SetInteger(FieldId.ProcessId, pid);
    }

    /// <summary>Begins an event.</summary>
    public void Begin(EventBatch batch, EventClass kind, int activity, in LogEntry entry) => Begin(batch, kind, activity, in entry, file);

    /// <summary>Writes the entry as a line of the app that wrote it, or of the system.</summary>
    public void WriteLine(EventBatch batch, in LogEntry entry)
    {
        Begin(batch, EventClass.LogLine, 1, in entry);
        NameEmitter(batch, in entry);
        batch.Commit();
    }

    /// <summary>Names the app that wrote the entry: by its process where the system told which that is, else by the name of its program.</summary>
    public void NameEmitter(EventBatch batch, in LogEntry entry)
    {
        var app = SystemProcess.AppOf(entry.Record.Process);
        if (app.IsEmpty) return;
        batch.Set(FieldId.AppName, app);
        var bundle = Processes.Of(entry.Record.Pid);
        batch.Current.App = bundle.IsNone ? batch.Intern(app) : bundle;
        batch.Current.State.AppGrade = bundle.IsNone ? AppGrade.Label : AppGrade.ProcessName;
    }

    /// <summary>Names the app that the entry is about; false when the text is no bundle id.</summary>
    public static bool NameApp(EventBatch batch, ReadOnlySpan<byte> bundle)
    {
        if (!MessageText.IsBundle(bundle)) return false;
        batch.Current.App = batch.Intern(bundle);
        batch.Current.State.AppGrade = AppGrade.Package;
        return true;
    }
}
