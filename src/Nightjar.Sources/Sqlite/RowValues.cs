using System.Buffers.Binary;

namespace Nightjar.Sources.Sqlite;

/// <summary>The values of one row. Texts are given in UTF-8, whatever the database writes them in.</summary>
internal sealed class RowValues
{
    private const int MaxColumns = 512;

    private readonly (long Type, int At)[] _values = new (long, int)[MaxColumns];
    private byte[] _record = [];
    private byte[] _text = [];
    private int _length;
    private int _count;
    private DatabaseEncoding _encoding;

    /// <summary>Takes a record; false when its header does not fit it.</summary>
    public bool TryTake(ReadOnlySpan<byte> record, DatabaseEncoding encoding)
    {
        if (_record.Length < record.Length) _record = new byte[Math.Max(record.Length, 1024)];
        record.CopyTo(_record);
        _length = record.Length;
        _encoding = encoding;
        _count = 0;
        var at = 0;
        if (!Varint.TryRead(record, ref at, out var headerLength) || headerLength < at || headerLength > record.Length) return false;
        var header = record[..(int)headerLength];
        var place = header.Length;
        while (at < header.Length && _count < MaxColumns)
        {
            if (!Varint.TryRead(header, ref at, out var type) || SizeOf(type) is not { } size || size > record.Length - place) return false;
            _values[_count++] = (type, place);
            place += size;
        }
        return true;
    }

    /// <summary>True when the row has no value there: null, or a column that came later than the row.</summary>
    public bool IsNull(int column) => (uint)column >= (uint)_count || _values[column].Type == 0;

    /// <summary>A number, also one that is kept as text of digits; false when it is none.</summary>
    public bool TryNumber(int column, out double value)
    {
        value = 0;
        if (IsNull(column)) return false;
        var (type, at) = _values[column];
        if (type == 7)
        {
            value = BinaryPrimitives.ReadDoubleBigEndian(_record.AsSpan(at));
            return double.IsFinite(value);
        }
        if (type >= 12) return double.TryParse(Text(column), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
        value = Whole(type, at);
        return true;
    }

    /// <summary>A whole number; also one that is kept as a fraction, whose fraction is cut off. False when it is none that 64 bits hold.</summary>
    public bool TryWhole(int column, out long value)
    {
        value = 0;
        if (IsNull(column)) return false;
        var (type, at) = _values[column];
        if (type is >= 1 and <= 6 or 8 or 9)
        {
            value = Whole(type, at);
            return true;
        }
        if (!TryNumber(column, out var number) || Math.Abs(number) > 9e18) return false;
        value = (long)number;
        return true;
    }

    /// <summary>A text in UTF-8; empty when the value is none. Valid until the next text is asked for.</summary>
    public ReadOnlySpan<byte> Text(int column)
    {
        if (IsNull(column)) return default;
        var (type, at) = _values[column];
        if (type < 13 || type % 2 == 0) return default;
        var bytes = _record.AsSpan(at, (int)((type - 13) / 2));
        return _encoding == DatabaseEncoding.Utf8 && System.Text.Unicode.Utf8.IsValid(bytes) ? bytes : Transcode(bytes);
    }

    private ReadOnlySpan<byte> Transcode(ReadOnlySpan<byte> bytes)
    {
        var encoding = _encoding switch
        {
            DatabaseEncoding.Utf16LittleEndian => System.Text.Encoding.Unicode,
            DatabaseEncoding.Utf16BigEndian => System.Text.Encoding.BigEndianUnicode,
            _ => System.Text.Encoding.UTF8,
        };
        return _text = System.Text.Encoding.UTF8.GetBytes(encoding.GetString(bytes));
    }

    private long Whole(long type, int at) => type switch
    {
        1 => (sbyte)_record[at],
        2 => BinaryPrimitives.ReadInt16BigEndian(_record.AsSpan(at)),
        3 => (sbyte)_record[at] << 16 | BinaryPrimitives.ReadUInt16BigEndian(_record.AsSpan(at + 1)),
        4 => BinaryPrimitives.ReadInt32BigEndian(_record.AsSpan(at)),
        5 => (long)BinaryPrimitives.ReadInt16BigEndian(_record.AsSpan(at)) << 32 | BinaryPrimitives.ReadUInt32BigEndian(_record.AsSpan(at + 2)),
        6 => BinaryPrimitives.ReadInt64BigEndian(_record.AsSpan(at)),
        9 => 1,
        _ => 0,
    };

    private static int? SizeOf(long type) => type switch
    {
        0 or 8 or 9 => 0,
        >= 1 and <= 4 => (int)type,
        5 => 6,
        6 or 7 => 8,
        >= 12 and <= int.MaxValue => (int)((type - 12) / 2),
        _ => null,
    };
}
