using Nightjar.Events;
using Nightjar.Sources.Intake.Ordering;

namespace Nightjar.Sources.Intake.Reading;

/// <summary>Reads a large file in order while it proves to be in order.</summary>
internal sealed class StreamedFile(LeafSource leaf, BlockReader reader, ReorderBuffer held, HeldMemory memory) : OrderedSource, IDisposable
{
    private bool _ended;

    /// <summary>The file.</summary>
    public LeafSource Leaf => leaf;

    /// <summary>True once the whole file has been read and was in order.</summary>
    public bool IsProven => _ended;

    public override EventView Current => held.First;

    public override long Time => held.FirstTime;

    public override Advance Begin(CancellationToken cancellation)
    {
        while (!held.HasRipe(_ended))
        {
            if (_ended) return Advance.End;
            cancellation.ThrowIfCancellationRequested();
            if (!reader.TryTake(out var block)) _ended = true;
            else if (!TryHold(block)) return Advance.Disorder;
        }
        return Advance.Event;
    }

    public override Advance Give(EventBatch batch, long before, CancellationToken cancellation)
    {
        do
        {
            var (block, count) = held.Give(batch, _ended, before);
            LetGo(block, count);
        }
        while (!batch.IsFull && held.HasRipe(_ended) && held.FirstTime < before);
        return Begin(cancellation);
    }

    public void Dispose()
    {
        memory.Held = 0;
        reader.Dispose();
    }

    private bool TryHold(EventBlock block)
    {
        if (!held.TryAdd(block)) return false;
        block.Awaited = block.Batch.Count;
        if (block.Awaited == 0) reader.GiveBack(block);
        else memory.Held += block.Batch.Bytes;
        return memory.Held <= memory.Limit;
    }

    private void LetGo(EventBlock block, int count)
    {
        block.Awaited -= count;
        if (block.Awaited > 0) return;
        memory.Held -= block.Batch.Bytes;
        reader.GiveBack(block);
    }
}

/// <summary>The bytes that all streamed files together hold back, and may.</summary>
internal sealed class HeldMemory(long limit)
{
    public long Limit => limit;

    public long Held { get; set; }
}
