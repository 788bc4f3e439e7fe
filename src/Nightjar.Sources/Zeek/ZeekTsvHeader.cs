namespace Nightjar.Sources.Zeek;

/// <summary>What the header lines of a log say about the rows that follow. A new header begins a new log in the same file.</summary>
internal sealed class ZeekTsvHeader
{
    private const int MaxColumns = 1024;

    /// <summary>Between the columns of a row; not empty.</summary>
    public byte[] Separator { get; private set; } = "\t"u8.ToArray();

    /// <summary>Between the items of a list; not empty.</summary>
    public byte[] ItemSeparator { get; private set; } = ","u8.ToArray();

    /// <summary>In place of a list or text that is there and empty.</summary>
    public byte[] Empty { get; private set; } = "(empty)"u8.ToArray();

    /// <summary>In place of a value that is not there.</summary>
    public byte[] Unset { get; private set; } = "-"u8.ToArray();

    /// <summary>Zeek's name of the log.</summary>
    public byte[] Path { get; private set; } = [];

    /// <summary>The log.</summary>
    public ZeekLog Log { get; private set; }

    /// <summary>How many columns a row has; 0 before they are known.</summary>
    public int ColumnCount { get; private set; }

    /// <summary>The columns that are read, from left to right.</summary>
    public ZeekColumn[] Columns { get; private set; } = [];

    /// <summary>Takes a header line.</summary>
    /// <returns>False when the line cannot be used; then the rows after it cannot be read.</returns>
    public bool TryTake(ReadOnlySpan<byte> line, ReadOnlySpan<byte> nameHint)
    {
        if (line.StartsWith("#separator "u8))
        {
            Begin(line["#separator "u8.Length..]);
            return true;
        }
        if (IsTag(line, "#set_separator"u8, out var value)) ItemSeparator = NotEmpty(ZeekText.Header(value), ItemSeparator);
        else if (IsTag(line, "#empty_field"u8, out value)) Empty = value.ToArray();
        else if (IsTag(line, "#unset_field"u8, out value)) Unset = value.ToArray();
        else if (IsTag(line, "#path"u8, out value)) Path = value.ToArray();
        else if (IsTag(line, "#fields"u8, out value)) return TryColumns(value, nameHint);
        return true;
    }

    private void Begin(ReadOnlySpan<byte> separator)
    {
        Separator = NotEmpty(ZeekText.Header(separator), Separator);
        Path = [];
        (ColumnCount, Columns) = (0, []);
    }

    private bool TryColumns(ReadOnlySpan<byte> names, ReadOnlySpan<byte> nameHint)
    {
        (ColumnCount, Columns) = (0, []);
        if (names.Count(Separator) >= MaxColumns) return false;
        var columns = new List<ZeekColumn>();
        var present = 0UL;
        var count = 0;
        foreach (var range in names.Split(Separator))
        {
            var field = ZeekFieldNames.Find(names[range]);
            if (field != ZeekField.None) columns.Add(new ZeekColumn(count, field, ZeekFieldNames.IsList(field)));
            present |= 1UL << (int)field;
            count++;
        }
        (ColumnCount, Columns) = (count, [.. columns]);
        Log = Path.Length > 0 ? ZeekLogs.OfPath(Path) : ZeekLogs.OfFields(present) ?? ZeekLogs.OfPath(nameHint);
        return true;
    }

    private bool IsTag(ReadOnlySpan<byte> line, ReadOnlySpan<byte> tag, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (!line.StartsWith(tag) || !line[tag.Length..].StartsWith(Separator)) return false;
        value = line[(tag.Length + Separator.Length)..];
        return true;
    }

    private static byte[] NotEmpty(byte[] bytes, byte[] otherwise) => bytes.Length > 0 ? bytes : otherwise;
}

/// <summary>A column that is read.</summary>
/// <param name="Index">Which one, from 0.</param>
/// <param name="Field">What it holds.</param>
/// <param name="IsList">True when it holds several items.</param>
internal readonly record struct ZeekColumn(int Index, ZeekField Field, bool IsList);
