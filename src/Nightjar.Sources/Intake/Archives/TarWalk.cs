using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Nightjar.Events;

namespace Nightjar.Sources.Intake.Archives;

/// <summary>One file in a tar archive.</summary>
/// <param name="Name">Printable, with slashes.</param>
/// <param name="Size">Bytes of content.</param>
/// <param name="Time">When it was last written; null when unknown.</param>
/// <param name="Problem">Why its content cannot be read; null when it can.</param>
internal sealed record TarEntry(string Name, long Size, Instant? Time, string? Problem);

/// <summary>Reads a tar archive (v7, ustar, pax, GNU) from its beginning to its end.</summary>
/// <remarks>The platform's own reader takes extended headers of any length into memory.</remarks>
internal sealed class TarWalk(Stream tar)
{
    private const int BlockSize = 512;
    private const int LongestHeader = 1 << 20;
    private const long Largest = 1L << 60;

    private readonly byte[] _block = new byte[BlockSize];
    private readonly byte[] _skipped = new byte[32 * 1024];
    private long _left;
    private int _padding;

    /// <summary>True when a content begins as a tar archive does.</summary>
    public static bool IsTar(ReadOnlySpan<byte> head) =>
        head.Length >= BlockSize && head[0] != 0 && IsWhole(head[..BlockSize]) && TryNumber(head.Slice(124, 12), out _);

    /// <summary>Goes to the next file; null at the end.</summary>
    /// <exception cref="InvalidDataException">The archive is damaged from here on.</exception>
    /// <exception cref="EndOfStreamException">The archive is cut off.</exception>
    public TarEntry? Next()
    {
        string? name = null;
        long? size = null;
        Instant? time = null;
        while (ReadHeader() is { } type)
        {
            switch (type)
            {
                case 'L':
                    name = ArchiveName.Of(Text(ReadExtended()));
                    break;
                case 'x':
                    ReadPax(ReadExtended(), ref name, ref size, ref time);
                    break;
                case '0' or '\0' or '7' or 'S':
                    if (size is { } widened) SetSize(widened);
                    return new TarEntry(name ?? NameOf(_block), _left, time ?? TimeOf(_block), type == 'S' ? "The entry is stored as a sparse file, which is not supported." : null);
                case 'K' or 'g':
                    break;
                default:
                    (name, size, time) = (null, null, null);
                    break;
            }
        }
        return null;
    }

    /// <summary>The content of the file come to. Valid until the next step.</summary>
    public Stream Content() => new EntryStream(this);

    private char? ReadHeader()
    {
        SkipRest();
        var read = tar.ReadAtLeast(_block, BlockSize, throwOnEndOfStream: false);
        if (read == 0 || read == BlockSize && !_block.AsSpan().ContainsAnyExcept((byte)0)) return null;
        if (read < BlockSize) throw new EndOfStreamException();
        if (!IsWhole(_block) || !TryNumber(_block.AsSpan(124, 12), out var size)) throw new InvalidDataException("The header of an entry is damaged.");
        // Links and folders state a size now and then, and have no content.
        SetSize(_block[156] is >= (byte)'1' and <= (byte)'6' ? 0 : size);
        return (char)_block[156];
    }

    private void SetSize(long size)
    {
        _left = size;
        _padding = (int)((BlockSize - size % BlockSize) % BlockSize);
    }

    private void SkipRest()
    {
        for (var left = _left + _padding; left > 0;)
        {
            var read = tar.Read(_skipped, 0, (int)Math.Min(left, _skipped.Length));
            if (read == 0) throw new EndOfStreamException();
            left -= read;
        }
        _left = _padding = 0;
    }

    private byte[] ReadExtended()
    {
        if (_left > LongestHeader) throw new InvalidDataException("An extended header is longer than any name.");
        var bytes = new byte[_left];
        tar.ReadExactly(bytes);
        _left = 0;
        return bytes;
    }

    // "27 path=logs/café.log\n", repeated; the number counts the whole record.
    private static void ReadPax(ReadOnlySpan<byte> records, ref string? name, ref long? size, ref Instant? time)
    {
        while (Utf8Parser.TryParse(records, out int length, out var digits) && length > digits + 2 && length <= records.Length)
        {
            var record = records[(digits + 1)..(length - 1)];
            records = records[length..];
            var equals = record.IndexOf((byte)'=');
            if (equals < 0) continue;
            var value = record[(equals + 1)..];
            if (record[..equals].SequenceEqual("path"u8)) name = ArchiveName.Of(value);
            else if (record[..equals].SequenceEqual("size"u8) && Utf8Parser.TryParse(value, out long stated, out _) && stated is >= 0 and < Largest) size = stated;
            else if (record[..equals].SequenceEqual("mtime"u8) && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds))
                time = Instant.FromSeconds(seconds);
        }
    }

    private static string NameOf(ReadOnlySpan<byte> block)
    {
        var name = Text(block[..100]);
        var prefix = block.Slice(257, 6).SequenceEqual("ustar\0"u8) ? Text(block.Slice(345, 155)) : default;
        return ArchiveName.Of(prefix.IsEmpty ? name : [.. prefix, (byte)'/', .. name]);
    }

    private static Instant? TimeOf(ReadOnlySpan<byte> block) =>
        TryNumber(block.Slice(136, 12), out var seconds) && seconds is > 0 and < 1L << 40 ? Instant.FromSeconds(seconds) : null;

    private static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        return end < 0 ? field : field[..end];
    }

    // The checksum is that of the header with spaces in its own place. Old writers summed signed bytes.
    private static bool IsWhole(ReadOnlySpan<byte> block)
    {
        if (!TryNumber(block.Slice(148, 8), out var stated)) return false;
        long sum = 0, signedSum = 0;
        for (var i = 0; i < BlockSize; i++)
        {
            var b = i is >= 148 and < 156 ? (byte)' ' : block[i];
            sum += b;
            signedSum += (sbyte)b;
        }
        return stated == sum || stated == signedSum;
    }

    // Octal digits between spaces and zeros or, with the top bit set, the number itself.
    private static bool TryNumber(ReadOnlySpan<byte> field, out long value)
    {
        value = 0;
        if ((field[0] & 0x80) != 0)
        {
            if (field[0] != 0x80 || field[..^8].ContainsAnyExcept((byte)0, (byte)0x80)) return false;
            value = System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(field[^8..]);
            return value is >= 0 and < Largest;
        }
        var digits = field.Trim(" \0"u8);
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'7') return false;
            value = value << 3 | (uint)(digit - '0');
        }
        return true;
    }

    private sealed class EntryStream(TarWalk walk) : Inputs.ForwardStream
    {
        public override int Read(Span<byte> buffer) => walk.ReadContent(buffer);
    }

    private int ReadContent(Span<byte> buffer)
    {
        if (_left == 0 || buffer.IsEmpty) return 0;
        var read = tar.Read(_left < buffer.Length ? buffer[..(int)_left] : buffer);
        if (read == 0) throw new EndOfStreamException();
        _left -= read;
        return read;
    }
}
