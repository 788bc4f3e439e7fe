using Nightjar.Events;

namespace Nightjar.Sources.UnifiedLog;

/// <summary>Finds in an entry the fact that it tells beyond its words. Only parts of iOS are asked about others; an app tells of itself alone.</summary>
internal sealed class LogFacts(LogWriter writer)
{
    private readonly StateMessages _states = new(writer);
    private readonly JobMessages _jobs = new(writer);
    private readonly AccessMessages _accesses = new(writer);
    private readonly InstallMessages _installs = new(writer);
    private readonly CodeMessages _code = new(writer);
    private readonly ConnectionMessages _connections = new(writer);

    /// <summary>Writes the fact's event; false when the entry is only a line.</summary>
    public bool TryWrite(EventBatch batch, in LogEntry entry)
    {
        if (entry.Message.IsEmpty) return false;
        if (entry.IsOfSystem && TryWriteOfSystem(batch, in entry)) return true;
        return _connections.TryWrite(batch, in entry);
    }

    private bool TryWriteOfSystem(EventBatch batch, in LogEntry entry)
    {
        var name = SystemProcess.NameOf(entry.Record.Process);
        if (name.SequenceEqual("dasd"u8)) return _jobs.TryWrite(batch, in entry);
        if (name.SequenceEqual("tccd"u8)) return _accesses.TryWrite(batch, in entry);
        if (name.SequenceEqual("installd"u8)) return _installs.TryWrite(batch, in entry);
        if (name.SequenceEqual("kernel"u8) || name.SequenceEqual("amfid"u8)) return _code.TryWrite(batch, in entry);
        return _states.TryWrite(batch, in entry, name);
    }
}
