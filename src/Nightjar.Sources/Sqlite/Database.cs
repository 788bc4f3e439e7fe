using System.Text;

namespace Nightjar.Sources.Sqlite;

/// <summary>The tables of a database.</summary>
internal sealed class Database
{
    private const int MaxTables = 10_000;

    private readonly Dictionary<string, TableShape> _tables = new(StringComparer.OrdinalIgnoreCase);
    private readonly DatabaseImage _image;

    private Database(DatabaseImage image) => _image = image;

    public DatabaseImage Image => _image;

    /// <summary>All tables.</summary>
    public IReadOnlyCollection<TableShape> Tables => _tables.Values;

    /// <summary>Reads the list of tables, which begins on the first page.</summary>
    public static Database Of(DatabaseImage image)
    {
        var database = new Database(image);
        var rows = new TableCursor(image, 1);
        var values = new RowValues();
        while (database._tables.Count < MaxTables && rows.Next())
        {
            if (!values.TryTake(rows.Record, image.Encoding)) image.Report(rows.Offset, "The row's values do not fit it.");
            else if (values.Text(0).SequenceEqual("table"u8) && values.TryWhole(3, out var root)) database.Add(values, root);
        }
        return database;
    }

    /// <summary>The table of a name, in any case; null when there is none.</summary>
    public TableShape? Find(string name) => _tables.GetValueOrDefault(name);

    private void Add(RowValues values, long root)
    {
        var name = Encoding.UTF8.GetString(values.Text(1));
        _tables.TryAdd(name, TableShape.Of(name, root, Encoding.UTF8.GetString(values.Text(4))));
    }
}
