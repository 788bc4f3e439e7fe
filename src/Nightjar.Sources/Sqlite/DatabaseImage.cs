using System.Buffers.Binary;

namespace Nightjar.Sources.Sqlite;

/// <summary>The bytes of an SQLite database, page by page. Read only; nothing in it is run: no triggers, no views, no expressions.</summary>
/// <remarks>Bounded: at most <see cref="MaxBytes"/> are held, in blocks that grow with the file.</remarks>
internal sealed class DatabaseImage
{
    /// <summary>The most bytes that are held; what lies beyond is as if the file ended there.</summary>
    public const long MaxBytes = 256L << 20;

    private const int HeaderSize = 100;
    private const int BlockBytes = 1 << 20;
    private const int MaxFaults = 2000;

    private readonly List<byte[]> _blocks = [];
    private readonly List<DatabaseFault> _faults = [];

    /// <summary>What stands at the beginning of every SQLite database.</summary>
    public static ReadOnlySpan<byte> Magic => "SQLite format 3\0"u8;

    /// <summary>Bytes held.</summary>
    public long Length { get; private set; }

    /// <summary>True when the file was longer than is held.</summary>
    public bool IsLimited { get; private set; }

    /// <summary>Bytes of a page, a power of two from 512 to 65,536.</summary>
    public int PageSize { get; private set; }

    /// <summary>Bytes of a page that hold content.</summary>
    public int Usable { get; private set; }

    public DatabaseEncoding Encoding { get; private set; }

    /// <summary>True when the database was written with a write-ahead log, so that its newest rows may stand in a file beside it.</summary>
    public bool HasWriteAheadLog { get; private set; }

    /// <summary>What could not be read so far and was not taken yet, at most 2000 places.</summary>
    public List<DatabaseFault> Faults => _faults;

    /// <summary>True once a place could not be read; may be set back, to see whether what follows can.</summary>
    public bool HasFault { get; set; }

    /// <summary>Pages held, the last one possibly in part.</summary>
    public long PageCount => (Length + PageSize - 1) / PageSize;

    /// <summary>Takes bytes; false once there is no room for more.</summary>
    public bool Load(Stream stream, out int taken)
    {
        if (Length % BlockBytes == 0) _blocks.Add(new byte[BlockBytes]);
        var at = (int)(Length % BlockBytes);
        taken = stream.Read(_blocks[^1], at, BlockBytes - at);
        Length += taken;
        IsLimited = Length >= MaxBytes;
        return taken > 0 && !IsLimited;
    }

    /// <summary>Reads the header; false when this is no database that can be read.</summary>
    public bool TryOpen()
    {
        if (Length < HeaderSize) return false;
        var header = _blocks[0].AsSpan(0, HeaderSize);
        if (!header.StartsWith(Magic)) return false;
        var size = BinaryPrimitives.ReadUInt16BigEndian(header[16..]);
        PageSize = size == 1 ? 65_536 : size;
        if (PageSize is < 512 or > 65_536 || (PageSize & PageSize - 1) != 0) return false;
        Usable = PageSize - header[20];
        if (Usable < 480) return false;
        HasWriteAheadLog = header[18] == 2 || header[19] == 2;
        Encoding = BinaryPrimitives.ReadUInt32BigEndian(header[56..]) switch
        {
            2 => DatabaseEncoding.Utf16LittleEndian,
            3 => DatabaseEncoding.Utf16BigEndian,
            _ => DatabaseEncoding.Utf8,
        };
        return true;
    }

    /// <summary>The bytes of a page, numbered from 1; false, with a fault, when the file does not hold it wholly.</summary>
    public bool TryPage(long number, out ReadOnlySpan<byte> page)
    {
        page = default;
        var offset = OffsetOf(number);
        if (number < 1 || offset >= Length)
        {
            Report(number < 1 ? 0 : Length, "A page is named that the file does not have.", number >= 1);
            return false;
        }
        if (offset + PageSize > Length)
        {
            Report(offset, "The page is cut off.", true);
            return false;
        }
        // Pages are powers of two up to 64 KiB, so none lies across two blocks.
        page = _blocks[(int)(offset / BlockBytes)].AsSpan((int)(offset % BlockBytes), PageSize);
        return true;
    }

    /// <summary>Where a page begins in the file.</summary>
    public long OffsetOf(long number) => (number - 1) * PageSize;

    /// <summary>Notes a place that could not be read. Bounded until the faults are taken.</summary>
    public void Report(long offset, string reason, bool isCut = false)
    {
        HasFault = true;
        if (_faults.Count < MaxFaults) _faults.Add(new DatabaseFault(offset, reason, isCut));
    }
}

/// <summary>How a database writes its texts.</summary>
internal enum DatabaseEncoding : byte
{
    Utf8,
    Utf16LittleEndian,
    Utf16BigEndian,
}
