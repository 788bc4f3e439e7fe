namespace Nightjar.Sources.Mapping.Records;

/// <summary>The values of rows and of lines of <c>key=value</c>: all on one level.</summary>
internal sealed class FlatValues(PathTable paths) : RecordValues(paths)
{
    private readonly List<byte[]> _columns = [];
    private byte[] _field = new byte[256];

    /// <summary>Number of columns; 0 while there is no header.</summary>
    public int Columns => _columns.Count;

    /// <summary>Takes the names of the columns from a row.</summary>
    public void SetColumns(ReadOnlySpan<byte> row, byte separator)
    {
        _columns.Clear();
        foreach (var name in Fields(row, separator)) _columns.Add(name);
    }

    /// <summary>Takes the names of the columns.</summary>
    public void SetColumns(IEnumerable<byte[]> names)
    {
        _columns.Clear();
        _columns.AddRange(names);
    }

    /// <summary>True when the row repeats the header.</summary>
    public bool IsHeader(ReadOnlySpan<byte> row, byte separator)
    {
        if (_columns.Count == 0 || row.IndexOf(_columns[0]) is < 0 or > 1) return false;
        return Fields(row, separator).SequenceEqual(_columns, BytesComparer.Instance);
    }

    /// <summary>Reads a row; the number of fields that it has.</summary>
    public int ReadRow(ReadOnlySpan<byte> row, byte separator)
    {
        Clear();
        var count = 0;
        for (var more = true; more; count++)
        {
            more = TryField(ref row, separator, out var length);
            if (count < _columns.Count) Put(_columns[count], _field.AsSpan(0, length));
        }
        return count;
    }

    /// <summary>Reads <c>a=1 b="x y"</c>; the number of pairs.</summary>
    /// <param name="line">The line.</param>
    /// <param name="separator">What stands between pairs; more than one of it counts as one.</param>
    /// <param name="assign">What stands between a key and its value.</param>
    public int ReadPairs(ReadOnlySpan<byte> line, byte separator, byte assign)
    {
        Clear();
        var count = 0;
        while (!(line = line.TrimStart(separator).TrimStart((byte)' ')).IsEmpty)
        {
            var end = line.IndexOfAny(assign, separator);
            if (end < 0 || line[end] == separator)
            {
                // A word of its own.
                line = end < 0 ? default : line[end..];
                continue;
            }
            var key = line[..end].Trim((byte)' ');
            line = line[(end + 1)..];
            var length = TakeValue(ref line, separator);
            Put(key, _field.AsSpan(0, length));
            count++;
        }
        return count;
    }

    private void Put(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty) return;
        var slot = Find(name);
        if (slot < 0) CountUnmapped(name);
        else Keep(slot, ValueKind.Text, value, replaces: true);
    }

    private int TakeValue(ref ReadOnlySpan<byte> line, byte separator)
    {
        if (line is [(byte)'"', ..]) return TakeQuoted(ref line, (byte)'\\');
        var end = line.IndexOf(separator);
        var value = end < 0 ? line : line[..end];
        line = end < 0 ? default : line[end..];
        return Copy(value.Trim((byte)' '));
    }

    private List<byte[]> Fields(ReadOnlySpan<byte> row, byte separator)
    {
        var fields = new List<byte[]>();
        bool more;
        do
        {
            more = TryField(ref row, separator, out var length);
            fields.Add(_field.AsSpan(0, length).Trim((byte)' ').ToArray());
        }
        while (more);
        return fields;
    }

    // True when another field follows.
    private bool TryField(ref ReadOnlySpan<byte> row, byte separator, out int length)
    {
        if (row is [(byte)'"', ..])
        {
            length = TakeQuoted(ref row, (byte)'"');
        }
        else
        {
            var end = row.IndexOf(separator);
            length = Copy(end < 0 ? row : row[..end]);
            row = end < 0 ? default : row[end..];
        }
        var next = row.IndexOf(separator);
        if (next < 0) return false;
        row = row[(next + 1)..];
        return true;
    }

    // In rows a quote is doubled, in pairs it has a backslash before it.
    private int TakeQuoted(ref ReadOnlySpan<byte> text, byte escape)
    {
        if (_field.Length < text.Length) _field = new byte[text.Length * 2];
        var length = 0;
        var i = 1;
        for (; i < text.Length; i++)
        {
            var escapes = text[i] == escape && i + 1 < text.Length && (text[i + 1] == (byte)'"' || escape == (byte)'\\' && text[i + 1] == (byte)'\\');
            if (escapes) i++;
            else if (text[i] == (byte)'"') break;
            _field[length++] = text[i];
        }
        text = i < text.Length ? text[(i + 1)..] : default;
        return length;
    }

    private int Copy(ReadOnlySpan<byte> value)
    {
        if (_field.Length < value.Length) _field = new byte[value.Length * 2];
        value.CopyTo(_field);
        return value.Length;
    }

    private sealed class BytesComparer : IEqualityComparer<byte[]>
    {
        public static BytesComparer Instance { get; } = new();

        public bool Equals(byte[]? a, byte[]? b) => a.AsSpan().SequenceEqual(b);

        public int GetHashCode(byte[] bytes) => bytes.Length;
    }
}
