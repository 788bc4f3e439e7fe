using System.Buffers.Binary;
using System.IO.Compression;
using Nightjar.Sources.Intake.Archives;

namespace Nightjar.Sources.Intake.Inputs;

/// <summary>What a content is, as far as it matters for finding the telemetry in it.</summary>
internal enum ContentKind
{
    /// <summary>To be shown to the readers.</summary>
    Plain,
    Gzip,
    Zlib,
    Zip,
    Tar,

    /// <summary>Packets, which only a tool outside of Nightjar takes apart.</summary>
    Capture,
}

/// <summary>Tells contents apart by their first bytes, never by their names.</summary>
internal static class ContentKinds
{
    private const string CaptureReason = "It is a packet capture: install tshark, with which Nightjar reads captures, or let Zeek or Suricata read it first.";

    private const string WriteAheadLog =
        "It is the write-ahead log of an SQLite database; its rows are not read. Let SQLite merge it (pragma wal_checkpoint) and scan the database.";

    // What people hand in by mistake or for want of better, and what to do about it.
    private static readonly (byte[] Magic, string Reason)[] Foreign =
    [
        ([0x42, 0x5A, 0x68], "It is compressed with bzip2, which is not supported; unpack it first."),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "It is compressed with xz, which is not supported; unpack it first."),
        ([0x28, 0xB5, 0x2F, 0xFD], "It is compressed with zstd, which is not supported; unpack it first."),
        ([0x04, 0x22, 0x4D, 0x18], "It is compressed with lz4, which is not supported; unpack it first."),
        ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "It is a 7z archive, which is not supported; unpack it first."),
        ([0x52, 0x61, 0x72, 0x21, 0x1A, 0x07], "It is a RAR archive, which is not supported; unpack it first."),
        ([.. "ANDROID BACKUP\n"u8], "It is an Android backup (.ab), which holds app data and no telemetry; it is not read."),
        ([0x89, 0x50, 0x4E, 0x47], "It is a picture."),
        ([0xFF, 0xD8, 0xFF], "It is a picture."),
        ([0x25, 0x50, 0x44, 0x46], "It is a PDF document."),
        ([0x7F, 0x45, 0x4C, 0x46], "It is a program."),
        ([.. "SQLite format 3\0"u8], "It is an SQLite database with none of the tables that Nightjar reads."),
        ([.. "bplist"u8], "It is a property list that no reader knows."),
        ([0x37, 0x7F, 0x06, 0x82], WriteAheadLog),
        ([0x37, 0x7F, 0x06, 0x83], WriteAheadLog),
    ];

    // Of libpcap in either order of bytes, with microseconds or nanoseconds; of pcapng.
    private static readonly byte[][] Captures =
        [[0xD4, 0xC3, 0xB2, 0xA1], [0xA1, 0xB2, 0xC3, 0xD4], [0x4D, 0x3C, 0xB2, 0xA1], [0xA1, 0xB2, 0x3C, 0x4D], [0x0A, 0x0D, 0x0D, 0x0A]];

    /// <summary>The kind of a content that begins so.</summary>
    public static ContentKind Of(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B, 0x08])) return ContentKind.Gzip;
        if (IsZlib(head)) return ContentKind.Zlib;
        if (head.StartsWith("PK\x03\x04"u8) || head.StartsWith("PK\x05\x06"u8)) return ContentKind.Zip;
        if (IsCapture(head)) return ContentKind.Capture;
        return TarWalk.IsTar(head) ? ContentKind.Tar : ContentKind.Plain;
    }

    private static bool IsCapture(ReadOnlySpan<byte> head)
    {
        foreach (var magic in Captures)
        {
            if (head.StartsWith(magic)) return true;
        }
        return false;
    }

    // Its mark is short, so what comes out must look like the JSON that is compressed so (.zhar).
    private static bool IsZlib(ReadOnlySpan<byte> head)
    {
        if (head.Length < 8 || head[0] != 0x78 || (head[0] << 8 | head[1]) % 31 != 0) return false;
        Span<byte> text = stackalloc byte[1];
        using var inflated = new ZLibStream(new MemoryStream(head[..Math.Min(head.Length, 4096)].ToArray()), CompressionMode.Decompress);
        try
        {
            return inflated.Read(text) == 1 && text[0] is (byte)'{' or (byte)'[';
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            return false;
        }
    }

    /// <summary>Why no reader recognises a content, in one sentence.</summary>
    public static string WhyUnrecognised(ReadOnlySpan<byte> head)
    {
        if (head.IsEmpty) return "The file is empty.";
        if (IsCapture(head)) return CaptureReason;
        foreach (var (magic, reason) in Foreign)
        {
            if (head.StartsWith(magic)) return reason;
        }
        if (IsBinaryLog(head)) return "It is a binary Android log (logcat -B), which is not supported; print it as text with logcat -v threadtime.";
        return head.Contains((byte)0) ? "It is binary content that no reader recognises." : UnknownText.Describe(head);
    }

    // An entry of the log: length of the text, length of the head (24 or 28), process, thread, seconds, nanoseconds (below a thousand million).
    private static bool IsBinaryLog(ReadOnlySpan<byte> head)
    {
        if (head.Length < 28) return false;
        var textLength = BinaryPrimitives.ReadUInt16LittleEndian(head);
        var headLength = BinaryPrimitives.ReadUInt16LittleEndian(head[2..]);
        return textLength > 0 && headLength is 24 or 28 && BinaryPrimitives.ReadInt32LittleEndian(head[4..]) is >= 0 and < 1 << 22
            && BinaryPrimitives.ReadUInt32LittleEndian(head[12..]) > 1_000_000_000 && BinaryPrimitives.ReadUInt32LittleEndian(head[16..]) < 1_000_000_000;
    }
}
