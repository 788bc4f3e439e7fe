using System.Buffers.Binary;
using System.IO.Compression;

namespace Nightjar.Sources;

/// <summary>Records that wait for a fact told behind them: the logs of a bug report for its zone, the calls in a report for its app. Compressed, and bounded.</summary>
internal sealed class HeldLines : IDisposable
{
    /// <summary>Bytes that the lines take at most; they are some 200 MiB of logs before.</summary>
    public const int MaxBytes = 48 * 1024 * 1024;

    private const int HeadSize = sizeof(long) + sizeof(int);

    private readonly byte[] _head = new byte[HeadSize];
    private MemoryStream _packed = new();
    private DeflateStream? _packing;
    private DeflateStream? _unpacking;
    private byte[] _line = new byte[1024];

    /// <summary>Lines that wait.</summary>
    public long Count { get; private set; }

    /// <summary>True when no more should be added.</summary>
    public bool IsFull => Bytes >= MaxBytes;

    /// <summary>Bytes that the lines take.</summary>
    public long Bytes => _packed.Length;

    /// <summary>Keeps a line. Not after the first was taken.</summary>
    public void Add(ReadOnlySpan<byte> line, long number)
    {
        _packing ??= new DeflateStream(_packed, CompressionLevel.Fastest, leaveOpen: true);
        BinaryPrimitives.WriteInt64LittleEndian(_head, number);
        BinaryPrimitives.WriteInt32LittleEndian(_head.AsSpan(sizeof(long)), line.Length);
        _packing.Write(_head);
        _packing.Write(line);
        Count++;
    }

    /// <summary>Takes the oldest line; valid until the next is taken. False when none is left.</summary>
    public bool TryTake(out ReadOnlySpan<byte> line, out long number)
    {
        line = default;
        number = 0;
        if (Count == 0)
        {
            Empty();
            return false;
        }
        if (_unpacking is null) Turn();
        _unpacking!.ReadExactly(_head);
        number = BinaryPrimitives.ReadInt64LittleEndian(_head);
        var length = BinaryPrimitives.ReadInt32LittleEndian(_head.AsSpan(sizeof(long)));
        if (_line.Length < length) _line = new byte[length];
        _unpacking.ReadExactly(_line, 0, length);
        line = _line.AsSpan(0, length);
        Count--;
        return true;
    }

    public void Dispose() => Empty();

    private void Turn()
    {
        _packing?.Dispose();
        _packing = null;
        _packed.Position = 0;
        _unpacking = new DeflateStream(_packed, CompressionMode.Decompress);
    }

    private void Empty()
    {
        if (_packing is null && _unpacking is null) return;
        _packing?.Dispose();
        _unpacking?.Dispose();
        (_packing, _unpacking) = (null, null);
        _packed = new MemoryStream();
    }
}
