using Nightjar.Events;

namespace Nightjar.Sources.Dumpstate;

/// <summary>Reads the lines of one kind of section.</summary>
internal abstract class DumpSection(Dump dump)
{
    protected Dump Dump { get; } = dump;

    /// <summary>Reads a line, blanks before it included, never empty.</summary>
    public abstract void OnLine(ReadOnlySpan<byte> line, long number, EventBatch batch);

    /// <summary>The section has ended; it may begin again.</summary>
    public virtual void OnEnd(EventBatch batch)
    {
    }
}
