using System.Buffers.Binary;

namespace Nightjar.Sources.Intake.Archives;

/// <summary>Finds the entries of a zip file that has lost its directory, by what stands before each of them.</summary>
internal static class ZipSalvage
{
    private const int Window = 256 * 1024;

    /// <summary>The entries that can still be found, in the order of the file. The last may be cut off.</summary>
    /// <param name="zip">Readable at any place.</param>
    public static IEnumerable<ZipEntry> Entries(Stream zip)
    {
        var header = new byte[ZipEntry.LocalHeaderSize];
        var at = 0L;
        for (var index = 0; at + header.Length <= zip.Length; index++)
        {
            zip.Position = at;
            zip.ReadExactly(header);
            if (BinaryPrimitives.ReadUInt32LittleEndian(header) != ZipEntry.LocalSignature) yield break;
            var name = new byte[BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(26))];
            var content = at + header.Length + name.Length + BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(28));
            if (content > zip.Length) yield break;
            zip.ReadExactly(name);
            var entry = ToEntry(index, at, header, name);
            var next = entry.PackedSize > 0 ? content + entry.PackedSize : FindNext(zip, content);
            yield return entry with { PackedSize = Math.Min(next, zip.Length) - content };
            at = next;
        }
    }

    private static ZipEntry ToEntry(int index, long at, byte[] header, byte[] name)
    {
        const int sizesFollow = 8;
        var flags = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(6));
        long packed = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(18));
        var isKnown = (flags & sizesFollow) == 0 && packed != uint.MaxValue;
        return new ZipEntry
        {
            Index = index,
            Name = ArchiveName.Of(name),
            Flags = flags,
            Method = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(8)),
            Time = ZipEntry.TimeOf(BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(12)), BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(10))),
            Crc = isKnown ? BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(14)) : null,
            Size = isKnown ? BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(22)) : null,
            PackedSize = isKnown ? packed : 0,
            HeaderAt = at,
        };
    }

    // Where the size is not stated, the next header is looked for. What is found between belongs to the entry; the decompressor
    // knows its own end.
    private static long FindNext(Stream zip, long from)
    {
        var window = new byte[Window];
        for (var at = from; at < zip.Length; at += Window - 3)
        {
            zip.Position = at;
            var read = zip.ReadAtLeast(window, Window, throwOnEndOfStream: false);
            var local = window.AsSpan(0, read).IndexOf("PK\x03\x04"u8);
            var central = window.AsSpan(0, read).IndexOf("PK\x01\x02"u8);
            var found = local < 0 ? central : central < 0 ? local : Math.Min(local, central);
            if (found >= 0) return at + found;
        }
        return zip.Length;
    }
}
