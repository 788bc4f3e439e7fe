using Nightjar.Events;

namespace Nightjar.Sources;

/// <summary>A session over a JSON document of records. Finds them whatever the layout; the format reads each.</summary>
internal abstract class JsonItemSession : SourceSession
{
    private readonly JsonItems _items;
    private bool _hasEnded;

    protected JsonItemSession(SourceInput input, bool isRootRecord)
    {
        Input = input;
        _items = new JsonItems(input.Stream, isRootRecord) { OnText = OnText };
    }

    public override long BytesRead => _items.BytesRead;

    /// <summary>The input.</summary>
    protected SourceInput Input { get; }

    /// <summary>Number of the file, for provenance.</summary>
    protected int File => Input.File.Number;

    public override bool Read(EventBatch batch, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        while (!batch.IsFull && !_hasEnded)
        {
            switch (_items.Next(cancellation))
            {
                case JsonFound.Item:
                    if (_items.WasReplaced) batch.Report(AnomalyKind.InvalidText, File, _items.Offset, "The record is not UTF-8; broken bytes were replaced.");
                    OnItem(_items, batch);
                    break;
                case JsonFound.Malformed:
                    batch.Report(AnomalyKind.Malformed, File, _items.Offset, "The record is no JSON.");
                    break;
                case JsonFound.TooLong:
                    batch.Report(AnomalyKind.TooLong, File, _items.Offset, $"The record is longer than {JsonItems.MaxItemBytes / 1024 / 1024} MiB and was skipped.");
                    break;
                case JsonFound.Truncated:
                    batch.Report(AnomalyKind.Truncated, File, _items.Offset, "The document is cut off.");
                    break;
                default:
                    _hasEnded = true;
                    break;
            }
        }
        return !_hasEnded || OnEnd(batch);
    }

    /// <summary>Reads one record.</summary>
    protected abstract void OnItem(JsonItems items, EventBatch batch);

    /// <summary>A text that the outermost object holds under a name, as written between its quotes.</summary>
    protected virtual void OnText(ReadOnlySpan<byte> name, ReadOnlySpan<byte> text)
    {
    }

    /// <summary>The input has ended; formats that hold something back give it here, as much as the batch takes.</summary>
    /// <returns>True when it must be called again with another batch.</returns>
    protected virtual bool OnEnd(EventBatch batch) => false;

    protected override void Dispose(bool disposing)
    {
        if (disposing) _items.Dispose();
        base.Dispose(disposing);
    }
}
