using Nightjar.Events;

namespace Nightjar.Sources;

/// <summary>Gives events the ids of their records, several at once. The ids are those of <see cref="EventIds.FromRecord"/>; only the way is shorter.</summary>
/// <remarks>Ids are filled in late: <see cref="Flush"/> must come before the batch is handed on.</remarks>
internal sealed class RecordIds
{
    // Longer records are few, and for them the system's own hashing is as fast.
    private const int MaxBlocks = 6;

    private readonly Queue?[] _queues = new Queue?[MaxBlocks + 1];

    /// <summary>Gives the event that was committed last the id of its record.</summary>
    public void Add(EventBatch batch, ReadOnlySpan<byte> record)
    {
        var blocks = Sha256Lanes.BlocksOf(record.Length);
        if (blocks > MaxBlocks || !Sha256Lanes.IsSupported)
        {
            batch.HeaderAt(batch.Count - 1).Id = EventIds.FromRecord(record);
            return;
        }
        var queue = _queues[blocks] ??= new Queue(blocks);
        if (queue.Add(batch.Count - 1, record)) queue.Flush(batch);
    }

    /// <summary>Fills in every id that is still owed.</summary>
    public void Flush(EventBatch batch)
    {
        foreach (var queue in _queues) queue?.Flush(batch);
    }

    private sealed class Queue(int blocks)
    {
        private readonly Sha256Lanes _lanes = new(blocks);
        private readonly int[] _events = new int[Sha256Lanes.Lanes];
        private int _count;

        public bool Add(int index, ReadOnlySpan<byte> record)
        {
            _lanes.Put(_count, record);
            _events[_count++] = index;
            return _count == _events.Length;
        }

        public void Flush(EventBatch batch)
        {
            if (_count == 0) return;
            _lanes.Run();
            for (var lane = 0; lane < _count; lane++) batch.HeaderAt(_events[lane]).Id = _lanes.First(lane);
            _count = 0;
        }
    }
}
