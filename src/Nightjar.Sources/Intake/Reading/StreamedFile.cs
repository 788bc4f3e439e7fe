using Nightjar.Sources.Intake.Ordering;

namespace Nightjar.Sources.Intake.Reading;

/// <summary>Reads a large file in order while it proves to be in order.</summary>
internal sealed class StreamedFile(LeafSource leaf, BlockReader reader, ReorderBuffer held, HeldMemory memory) : OrderedSource, IDisposable
{
    private ReorderBuffer.Held _current;
    private bool _ended;

    /// <summary>The file.</summary>
    public LeafSource Leaf => leaf;

    /// <summary>True once the whole file has been read and was in order.</summary>
    public bool IsProven => _ended;

    public override ReadOnlySpan<byte> Current => _current.Record;

    public override long Time => _current.Time;

    public override Advance Next(CancellationToken cancellation)
    {
        LetGo();
        while (!held.TryTake(_ended, out _current))
        {
            if (_ended) return Advance.End;
            cancellation.ThrowIfCancellationRequested();
            if (!reader.TryTake(out var block)) _ended = true;
            else if (!TryHold(block)) return Advance.Disorder;
        }
        return Advance.Record;
    }

    public void Dispose()
    {
        memory.Held = 0;
        reader.Dispose();
    }

    private bool TryHold(RecordBlock block)
    {
        for (var i = 0; i < block.Count; i++)
        {
            if (!held.TryAdd(block, block.OffsetAt(i))) return false;
        }
        block.Awaited = block.Count;
        if (block.Count == 0) reader.GiveBack(block);
        else memory.Held += block.Size;
        return memory.Held <= memory.Limit;
    }

    private void LetGo()
    {
        if (_current.Block is not { } block) return;
        _current = default;
        if (--block.Awaited > 0) return;
        memory.Held -= block.Size;
        reader.GiveBack(block);
    }
}

/// <summary>The bytes that all streamed files together hold back, and may.</summary>
internal sealed class HeldMemory(long limit)
{
    public long Limit => limit;

    public long Held { get; set; }
}
