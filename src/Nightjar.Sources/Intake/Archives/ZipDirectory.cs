using System.Buffers.Binary;
using Nightjar.Sources.Intake.Inputs;

namespace Nightjar.Sources.Intake.Archives;

/// <summary>Reads the directory of a zip file entry by entry, so that a hostile one takes no more memory than an honest one.</summary>
/// <remarks>The platform's own reader takes in the whole directory before it shows anything.</remarks>
internal sealed class ZipDirectory
{
    private const uint EndSignature = 0x0605_4B50;
    private const uint End64Signature = 0x0606_4B50;
    private const uint Locator64Signature = 0x0706_4B50;
    private const uint EntrySignature = 0x0201_4B50;
    private const int EndSize = 22;
    private const int End64Size = 56;
    private const int Locator64Size = 20;
    private const int EntrySize = 46;
    private const int LongestComment = ushort.MaxValue;

    private readonly Stream _zip;
    private readonly long _start;
    private readonly long _shift;
    private readonly long _expected;

    private ZipDirectory(Stream zip, long start, long shift, long expected)
    {
        _zip = zip;
        _start = start;
        _shift = shift;
        _expected = expected;
    }

    /// <summary>Finds the directory; null when the file has none, because it is cut off or damaged.</summary>
    /// <param name="zip">Readable at any place.</param>
    public static ZipDirectory? Find(Stream zip)
    {
        try
        {
            return FindEnd(zip);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            return null;
        }
    }

    /// <summary>The entries in the order of the directory.</summary>
    /// <exception cref="InvalidDataException">The directory is damaged from here on.</exception>
    public IEnumerable<ZipEntry> Entries()
    {
        var at = _start;
        var fixedPart = new byte[EntrySize];
        for (var index = 0; index < _expected; index++)
        {
            Read(_zip, at, fixedPart);
            if (BinaryPrimitives.ReadUInt32LittleEndian(fixedPart) != EntrySignature) throw new InvalidDataException("The directory is damaged.");
            var rest = new byte[Word(fixedPart, 28) + Word(fixedPart, 30)];
            Read(_zip, at + EntrySize, rest);
            yield return ToEntry(index, fixedPart, rest);
            at += EntrySize + rest.Length + Word(fixedPart, 32);
        }
    }

    private static ZipDirectory? FindEnd(Stream zip)
    {
        var tail = new byte[Math.Min(zip.Length, EndSize + LongestComment)];
        var tailAt = zip.Length - tail.Length;
        Read(zip, tailAt, tail);
        for (var at = tail.Length - EndSize; at >= 0; at--)
        {
            var end = tail.AsSpan(at);
            if (BinaryPrimitives.ReadUInt32LittleEndian(end) != EndSignature) continue;
            if (BinaryPrimitives.ReadUInt16LittleEndian(end[20..]) > end.Length - EndSize) continue;
            return From(zip, tailAt + at, end);
        }
        return null;
    }

    // What stands before the first entry (a program that unpacks itself) shifts all places.
    private static ZipDirectory From(Stream zip, long endAt, ReadOnlySpan<byte> end)
    {
        long count = BinaryPrimitives.ReadUInt16LittleEndian(end[10..]);
        long size = BinaryPrimitives.ReadUInt32LittleEndian(end[12..]);
        long start = BinaryPrimitives.ReadUInt32LittleEndian(end[16..]);
        if (TryFind64(zip, endAt) is { } end64At)
        {
            var end64 = new byte[End64Size];
            Read(zip, end64At, end64);
            count = BinaryPrimitives.ReadInt64LittleEndian(end64.AsSpan(32));
            size = BinaryPrimitives.ReadInt64LittleEndian(end64.AsSpan(40));
            start = BinaryPrimitives.ReadInt64LittleEndian(end64.AsSpan(48));
            endAt = end64At;
        }
        var found = endAt - size;
        if (size < 0 || start < 0 || found < start || count < 0) throw new InvalidDataException("The directory's place is damaged.");
        return new ZipDirectory(zip, found, found - start, count);
    }

    private static long? TryFind64(Stream zip, long endAt)
    {
        if (endAt < Locator64Size) return null;
        var locator = new byte[Locator64Size];
        Read(zip, endAt - Locator64Size, locator);
        if (BinaryPrimitives.ReadUInt32LittleEndian(locator) != Locator64Signature) return null;
        // Nearly always it stands right before its locator; the stated place is wrong when something was put before the archive.
        foreach (var at in (long[])[endAt - Locator64Size - End64Size, BinaryPrimitives.ReadInt64LittleEndian(locator.AsSpan(8))])
        {
            if (at < 0 || at > endAt - Locator64Size - End64Size) continue;
            var signature = new byte[4];
            Read(zip, at, signature);
            if (BinaryPrimitives.ReadUInt32LittleEndian(signature) == End64Signature) return at;
        }
        throw new InvalidDataException("The directory's place is damaged.");
    }

    private ZipEntry ToEntry(int index, byte[] entry, byte[] rest)
    {
        var name = rest.AsSpan(0, Word(entry, 28));
        var extra = rest.AsSpan(name.Length);
        long size = BinaryPrimitives.ReadUInt32LittleEndian(entry.AsSpan(24));
        long packed = BinaryPrimitives.ReadUInt32LittleEndian(entry.AsSpan(20));
        long header = BinaryPrimitives.ReadUInt32LittleEndian(entry.AsSpan(42));
        Widen(extra, ref size, ref packed, ref header);
        if (size < 0 || packed < 0 || header < 0) throw new InvalidDataException("The directory is damaged.");
        const int unixHost = 3;
        const int linkType = 0xA;
        return new ZipEntry
        {
            Index = index,
            Name = ArchiveName.Of(name),
            Flags = Word(entry, 8),
            Method = Word(entry, 10),
            Time = ZipEntry.TimeOf(Word(entry, 14), Word(entry, 12)),
            Crc = BinaryPrimitives.ReadUInt32LittleEndian(entry.AsSpan(16)),
            PackedSize = packed,
            Size = size,
            HeaderAt = header + _shift,
            IsLink = entry[5] == unixHost && entry[41] >> 4 == linkType,
        };
    }

    private static void Widen(ReadOnlySpan<byte> extra, ref long size, ref long packed, ref long header)
    {
        while (extra.Length >= 4)
        {
            var id = BinaryPrimitives.ReadUInt16LittleEndian(extra);
            var length = Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]), extra.Length - 4);
            var field = extra.Slice(4, length);
            extra = extra[(4 + length)..];
            if (id != 1) continue;
            WidenOne(ref field, ref size);
            WidenOne(ref field, ref packed);
            WidenOne(ref field, ref header);
        }
    }

    private static void WidenOne(ref ReadOnlySpan<byte> field, ref long value)
    {
        if (value != uint.MaxValue || field.Length < 8) return;
        value = BinaryPrimitives.ReadInt64LittleEndian(field);
        field = field[8..];
    }

    private static void Read(Stream zip, long at, byte[] into)
    {
        zip.Position = at;
        zip.ReadExactly(into);
    }

    private static int Word(byte[] entry, int at) => BinaryPrimitives.ReadUInt16LittleEndian(entry.AsSpan(at));
}
