using System.Buffers.Binary;
using System.IO.Compression;
using Nightjar.Events;
using Nightjar.Sources.Intake.Inputs;

namespace Nightjar.Sources.Intake.Archives;

/// <summary>One entry of a zip file.</summary>
internal sealed record ZipEntry
{
    /// <summary>Bytes of a local header before the name.</summary>
    public const int LocalHeaderSize = 30;

    public const uint LocalSignature = 0x0403_4B50;

    private const int Stored = 0;
    private const int Deflated = 8;
    private const int Deflated64 = 9;

    /// <summary>Its place in the directory, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>Printable, with slashes.</summary>
    public required string Name { get; init; }

    public required int Flags { get; init; }

    public required int Method { get; init; }

    /// <summary>Checksum of the content; null when unknown.</summary>
    public uint? Crc { get; init; }

    /// <summary>Bytes of the content; null when unknown.</summary>
    public long? Size { get; init; }

    public required long PackedSize { get; init; }

    /// <summary>Where its local header stands in the file.</summary>
    public required long HeaderAt { get; init; }

    public Instant? Time { get; init; }

    /// <summary>A link instead of a file.</summary>
    public bool IsLink { get; init; }

    public bool IsFolder => Name.EndsWith('/') || Name.Length == 0;

    public bool IsEncrypted => (Flags & 1) != 0;

    /// <summary>Opens the content.</summary>
    /// <param name="zip">The zip file, readable at any place.</param>
    /// <param name="guard">Watches what comes out.</param>
    /// <param name="ownsZip">True when the zip file is disposed with the content.</param>
    /// <exception cref="UnsupportedContentException">Encrypted, or of a method that Nightjar does not know.</exception>
    /// <exception cref="InvalidDataException">The header is damaged.</exception>
    public Stream Open(Stream zip, ExpansionGuard guard, bool ownsZip)
    {
        if (IsEncrypted) throw new UnsupportedContentException("The entry is encrypted.");
        var packed = new SectionStream(zip, FindContent(zip), PackedSize, ownsZip);
        var content = Method switch
        {
            Stored => packed,
            Deflated => guard.Expand(packed, inner => new DeflateStream(inner, CompressionMode.Decompress)),
            Deflated64 => guard.Expand(packed, _ => OpenDeflated64(zip)),
            _ => throw new UnsupportedContentException($"The entry is compressed by a method that is not supported (number {Method})."),
        };
        return new CheckedStream(content, Size, Crc);
    }

    /// <summary>A time as MS-DOS writes it; null when it is none.</summary>
    public static Instant? TimeOf(int date, int time)
    {
        try
        {
            var local = new DateTime(1980 + (date >> 9), date >> 5 & 15, date & 31, time >> 11, time >> 5 & 63, Math.Min((time & 31) * 2, 59), DateTimeKind.Utc);
            return Instant.From(local);
        }
        catch (ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    private long FindContent(Stream zip)
    {
        Span<byte> header = stackalloc byte[LocalHeaderSize];
        zip.Position = HeaderAt;
        zip.ReadExactly(header);
        if (BinaryPrimitives.ReadUInt32LittleEndian(header) != LocalSignature) throw new InvalidDataException("No entry stands where the directory says.");
        var name = BinaryPrimitives.ReadUInt16LittleEndian(header[26..]);
        var extra = BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);
        return HeaderAt + LocalHeaderSize + name + extra;
    }

    // The platform inflates this rare method only through its own reader of zip files.
    private Stream OpenDeflated64(Stream zip)
    {
        zip.Position = 0;
        return new ZipArchive(zip, ZipArchiveMode.Read, leaveOpen: true).Entries[Index].Open();
    }
}
