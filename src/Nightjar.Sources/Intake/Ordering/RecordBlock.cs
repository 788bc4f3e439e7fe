using Nightjar.Events;

namespace Nightjar.Sources.Intake.Ordering;

/// <summary>The events of one batch as records, in the order of reading. Reused.</summary>
internal sealed class RecordBlock : IRecordSink
{
    private byte[] _bytes = new byte[256 * 1024];
    private int[] _offsets = new int[EventBatch.Capacity];
    private int _used;

    /// <summary>Number of records.</summary>
    public int Count { get; private set; }

    /// <summary>Records that somebody still waits for; kept by the one who waits.</summary>
    public int Awaited { get; set; }

    /// <summary>Bytes of memory.</summary>
    public long Size => _bytes.Length + _offsets.Length * sizeof(int);

    /// <summary>Where the record with an index from 0 begins.</summary>
    public int OffsetAt(int index) => _offsets[index];

    /// <summary>The record that begins at an offset.</summary>
    public ReadOnlySpan<byte> RecordAt(int offset)
    {
        var rest = _bytes.AsSpan(offset);
        return rest[..EventCodec.LengthOf(rest)];
    }

    public void Add(in EventView view)
    {
        var limit = EventCodec.SizeLimit(in view);
        if (_used + limit > _bytes.Length) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _used + limit));
        if (Count == _offsets.Length) Array.Resize(ref _offsets, Count * 2);
        _offsets[Count++] = _used;
        _used += EventCodec.Write(in view, _bytes.AsSpan(_used));
    }

    /// <summary>Empties the block for another round.</summary>
    public void Clear() => Count = Awaited = _used = 0;
}
