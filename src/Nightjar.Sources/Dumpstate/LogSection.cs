using Nightjar.Events;
using Nightjar.Sources.Logcat;

namespace Nightjar.Sources.Dumpstate;

/// <summary>A log that the dump holds; all of them share what they tell of processes.</summary>
internal sealed class LogSection(Dump dump, SourceInput input) : DumpSection(dump)
{
    // The dump was made at its own time, not at that of the file.
    private readonly LogcatLines _lines = new(dump.Log, new LogcatClock(input.Settings.ReferenceTime ?? dump.Now, dump.Zone), dump.Now);

    public override void OnLine(ReadOnlySpan<byte> line, long number, EventBatch batch)
    {
        if (!_lines.TryTake(line, number, batch)) batch.Report(AnomalyKind.Malformed, Dump.File, number, "The line has none of logcat's forms.");
    }

    public override void OnEnd(EventBatch batch) => _lines.End(batch);

    /// <summary>Fills in the ids that are still owed.</summary>
    public void Flush(EventBatch batch) => _lines.Flush(batch);
}
