using Nightjar.Events;

namespace Nightjar.Sources.AndroidQf;

/// <summary>A file of AndroidQF that lists records in JSON, in an array or one a line.</summary>
internal abstract class QfJsonReader : ISourceReader
{
    private const int RecordsToJudge = 20;

    public abstract SourceFormat Format { get; }

    public SourceSession Open(SourceInput input) => new Session(input, NewWriter(new QfEvents(input)));

    public int Recognise(SourceHead head)
    {
        var writer = NewWriter(null);
        return JsonItems.MostAre(head, RecordsToJudge, item => writer.IsRecord(item, head.Name)) ? 88 : 0;
    }

    /// <summary>What reads the records; without events it only tells them apart.</summary>
    protected abstract QfWriter NewWriter(QfEvents? events);

    private sealed class Session(SourceInput input, QfWriter writer) : JsonItemSession(input, isRootRecord: true)
    {
        protected override void OnItem(JsonItems items, EventBatch batch)
        {
            if (!writer.TryWrite(items.Item, items.Offset, batch)) batch.Report(AnomalyKind.Malformed, File, items.Offset, "The record is not of the kind that the file lists.");
        }
    }
}
