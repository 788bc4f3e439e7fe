namespace Nightjar.Sources.Sqlite;

/// <summary>The rows of one table with the columns that are wanted. A column that the table does not have is null in every row.</summary>
internal sealed class TableRows
{
    private readonly DatabaseImage _image;
    private readonly TableCursor _cursor;
    private readonly RowValues _values = new();
    private readonly int[] _columns;
    private readonly int _id;

    /// <param name="database">The database.</param>
    /// <param name="table">A table of it.</param>
    /// <param name="columns">Names of the columns; they are asked for by their index here.</param>
    public TableRows(Database database, TableShape table, params ReadOnlySpan<string> columns)
    {
        _image = database.Image;
        _cursor = new TableCursor(_image, table.Root);
        _id = table.IdColumn;
        _columns = new int[columns.Length];
        for (var i = 0; i < columns.Length; i++) _columns[i] = table.ColumnOf(columns[i]);
    }

    /// <summary>Where the row begins in the file.</summary>
    public long Offset => _cursor.Offset;

    /// <summary>The id of the row.</summary>
    public long RowId => _cursor.RowId;

    /// <summary>Goes to the next row that can be read; false at the end.</summary>
    public bool Next()
    {
        while (_cursor.Next())
        {
            if (_values.TryTake(_cursor.Record, _image.Encoding)) return true;
            _image.Report(_cursor.Offset, "The row's values do not fit it.");
        }
        return false;
    }

    public bool TryNumber(int index, out double value)
    {
        value = _cursor.RowId;
        return IsId(index) || _values.TryNumber(_columns[index], out value);
    }

    public bool TryWhole(int index, out long value)
    {
        value = _cursor.RowId;
        return IsId(index) || _values.TryWhole(_columns[index], out value);
    }

    /// <summary>The whole number, or 0.</summary>
    public long WholeOrZero(int index) => TryWhole(index, out var value) ? value : 0;

    /// <summary>The text in UTF-8, or an empty one; valid until the next text is asked for.</summary>
    public ReadOnlySpan<byte> Text(int index) => _values.Text(_columns[index]);

    /// <summary>True when the table has the column.</summary>
    public bool Has(int index) => _columns[index] >= 0;

    private bool IsId(int index) => _columns[index] >= 0 && _columns[index] == _id;
}
