using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Nightjar.Events;

namespace Nightjar.Sources.PropertyList;

/// <summary>Binary property lists, version 00. The objects refer to each other by number, so they are followed only so deep and so often.</summary>
internal sealed class BinaryPropertyList
{
    private const int TrailerSize = 32;

    private readonly byte[] _bytes;
    private readonly int _offsetSize;
    private readonly int _referenceSize;
    private readonly long _objects;
    private readonly long _table;
    private int _budget = ReportBuilder.MaxValues;
    private bool _isBroken;

    private BinaryPropertyList(byte[] bytes)
    {
        _bytes = bytes;
        var trailer = bytes.AsSpan(bytes.Length - TrailerSize);
        _offsetSize = trailer[6];
        _referenceSize = trailer[7];
        _objects = (long)Math.Min(BinaryPrimitives.ReadUInt64BigEndian(trailer[8..]), int.MaxValue);
        Top = (long)Math.Min(BinaryPrimitives.ReadUInt64BigEndian(trailer[16..]), int.MaxValue);
        _table = (long)Math.Min(BinaryPrimitives.ReadUInt64BigEndian(trailer[24..]), int.MaxValue);
    }

    /// <summary>What stands at the beginning of every binary property list.</summary>
    public static ReadOnlySpan<byte> Magic => "bplist00"u8;

    private long Top { get; }

    // All references lie between the magic and the trailer.
    private bool IsSound => _offsetSize is >= 1 and <= 8 && _referenceSize is >= 1 and <= 8 && _objects > 0
        && _table >= Magic.Length && _table + _objects * _offsetSize <= _bytes.Length - TrailerSize;

    /// <summary>Reads a list. Its directory stands at its end, so nothing is read of one that is cut.</summary>
    public static ReportTree Read(byte[] bytes)
    {
        if (bytes.Length < Magic.Length + TrailerSize || !bytes.AsSpan().StartsWith(Magic)) return new ReportTree(null, "The binary property list is cut off.", true);
        var list = new BinaryPropertyList(bytes);
        if (!list.IsSound) return new ReportTree(null, "The directory at the end of the binary property list is not there; the file may be cut off.", true);
        var root = list.ReadObject(list.Top, 0);
        return new ReportTree(root, list._isBroken ? "An object of the binary property list is damaged; the others were read." : null, false);
    }

    private ReportNode ReadObject(long number, int depth)
    {
        if (depth > ReportBuilder.MaxDepth || --_budget < 0 || !TryOffset(number, out var at)) return Broken();
        var kind = _bytes[at] >> 4;
        var info = _bytes[at] & 0xF;
        var start = at + 1;
        return kind switch
        {
            0 => new ReportNode { Flag = info switch { 8 => false, 9 => true, _ => null } },
            1 => Whole(start, 1 << info),
            2 => Real(start, 1 << info),
            3 => Date(start),
            4 or 5 or 6 => TryCount(info, ref start, out var length) ? Chars(kind, start, length) : Broken(),
            10 or 12 => TryCount(info, ref start, out var count) ? Array(start, count, depth) : Broken(),
            13 => TryCount(info, ref start, out var pairs) ? Dictionary(start, pairs, depth) : Broken(),
            _ => Broken(),
        };
    }

    private ReportNode Array(int start, int count, int depth)
    {
        var array = ReportNode.NewArray();
        if (!Fits(start, (long)count * _referenceSize)) return Broken();
        for (var i = 0; i < count && _budget > 0; i++) array.Add(null, ReadObject(Number(start + i * _referenceSize, _referenceSize), depth + 1));
        return array;
    }

    private ReportNode Dictionary(int start, int count, int depth)
    {
        var dictionary = ReportNode.NewDictionary();
        if (!Fits(start, 2L * count * _referenceSize)) return Broken();
        for (var i = 0; i < count && _budget > 0; i++)
        {
            var key = ReadObject(Number(start + i * _referenceSize, _referenceSize), depth + 1);
            dictionary.Add(key.Text, ReadObject(Number(start + (count + i) * _referenceSize, _referenceSize), depth + 1));
        }
        return dictionary;
    }

    private ReportNode Chars(int kind, int start, int length)
    {
        if (!Fits(start, kind == 6 ? 2L * length : length)) return Broken();
        // Texts that many objects share are given anew each time, so each costs what it is long.
        _budget -= length / 64;
        if (kind == 4) return new ReportNode { Data = _bytes.AsSpan(start, length).ToArray() };
        var text = kind == 6 ? Encoding.BigEndianUnicode.GetString(_bytes, start, 2 * length) : Encoding.Latin1.GetString(_bytes, start, length);
        return new ReportNode { Text = text };
    }

    private ReportNode Whole(int start, int size)
    {
        if (size > 16 || !Fits(start, size)) return Broken();
        var value = size == 16 ? Number(start + 8, 8) : Number(start, size);
        return new ReportNode { Text = value.ToString(CultureInfo.InvariantCulture) };
    }

    private ReportNode Real(int start, int size)
    {
        if (size is not (4 or 8) || !Fits(start, size)) return Broken();
        var value = size == 4 ? BinaryPrimitives.ReadSingleBigEndian(_bytes.AsSpan(start)) : BinaryPrimitives.ReadDoubleBigEndian(_bytes.AsSpan(start));
        return new ReportNode { Text = value.ToString("R", CultureInfo.InvariantCulture) };
    }

    // Seconds since 2001, given as the text that a list in XML has.
    private ReportNode Date(int start)
    {
        if (!Fits(start, 8)) return Broken();
        return AppleTime.TryCocoa(BinaryPrimitives.ReadDoubleBigEndian(_bytes.AsSpan(start)), out Instant time) ? new ReportNode { Text = time.ToString() } : Broken();
    }

    private ReportNode Broken()
    {
        _isBroken = true;
        return new ReportNode();
    }

    private bool TryOffset(long number, out int at)
    {
        at = 0;
        if (number < 0 || number >= _objects) return false;
        var offset = Number((int)(_table + number * _offsetSize), _offsetSize);
        at = (int)Math.Clamp(offset, 0, int.MaxValue);
        return offset >= Magic.Length && offset < _bytes.Length - TrailerSize;
    }

    // A count of 15 says that the real one follows as a number.
    private bool TryCount(int info, ref int at, out int count)
    {
        count = info;
        if (info != 15) return true;
        if (!Fits(at, 1) || _bytes[at] >> 4 != 1) return false;
        var size = 1 << (_bytes[at] & 0xF);
        if (size > 8 || !Fits(at + 1, size)) return false;
        var value = Number(at + 1, size);
        count = (int)Math.Clamp(value, 0, int.MaxValue);
        at += 1 + size;
        return value >= 0 && value < _bytes.Length;
    }

    private bool Fits(int start, long length) => length >= 0 && start + length <= _bytes.Length - TrailerSize;

    private long Number(int at, int size)
    {
        ulong value = 0;
        for (var i = 0; i < size; i++) value = value << 8 | _bytes[at + i];
        return (long)value;
    }
}
