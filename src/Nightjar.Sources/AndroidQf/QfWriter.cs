using Nightjar.Events;

namespace Nightjar.Sources.AndroidQf;

/// <summary>Reads the records of one kind of file.</summary>
internal abstract class QfWriter
{
    /// <summary>True when the record is of this kind.</summary>
    public abstract bool IsRecord(ReadOnlySpan<byte> json, string fileName);

    /// <summary>Writes the record's events; false when it is not of this kind.</summary>
    public abstract bool TryWrite(ReadOnlySpan<byte> json, long offset, EventBatch batch);
}
