namespace Nightjar.Sources.Sqlite;

/// <summary>A table as the database describes it: where it begins and what its columns are called.</summary>
internal sealed class TableShape
{
    private static readonly string[] Constraints = ["CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"];

    private readonly List<string> _columns = [];

    private TableShape(string name, long root)
    {
        Name = name;
        Root = root;
    }

    public string Name { get; }

    /// <summary>Number of the page that it begins at.</summary>
    public long Root { get; }

    /// <summary>The column that is the row's id and is not kept in the row; −1 when there is none.</summary>
    public int IdColumn { get; private set; } = -1;

    /// <summary>The place of a column, by its name in any case; −1 when the table has none of that name.</summary>
    public int ColumnOf(string name) => _columns.FindIndex(column => column.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads the statement that made a table. Only names are taken from it.</summary>
    public static TableShape Of(string name, long root, string statement)
    {
        var shape = new TableShape(name, root);
        var open = statement.IndexOf('(', StringComparison.Ordinal);
        if (open < 0) return shape;
        foreach (var definition in Definitions(statement, open + 1)) shape.Add(definition.Trim());
        return shape;
    }

    private void Add(string definition)
    {
        if (definition.Length == 0) return;
        var isQuoted = "\"'`[".Contains(definition[0], StringComparison.Ordinal);
        var end = isQuoted ? definition.IndexOf(definition[0] == '[' ? ']' : definition[0], 1) : definition.IndexOfAny([' ', '\t', '\n', '\r', '(']);
        if (end < 0) end = definition.Length;
        var name = isQuoted ? definition[1..end] : definition[..end];
        if (!isQuoted && Constraints.Contains(name, StringComparer.OrdinalIgnoreCase)) return;
        var rest = end < definition.Length ? definition[(end + (isQuoted ? 1 : 0))..] : "";
        if (rest.TrimStart().StartsWith("INTEGER PRIMARY KEY", StringComparison.OrdinalIgnoreCase)) IdColumn = _columns.Count;
        _columns.Add(name);
    }

    // Commas between definitions, not those inside brackets or quotes.
    private static IEnumerable<string> Definitions(string statement, int from)
    {
        var depth = 0;
        char quote = default;
        var start = from;
        for (var i = from; i < statement.Length; i++)
        {
            var c = statement[i];
            if (quote != default)
            {
                if (c == quote) quote = default;
            }
            else if (c is '"' or '\'' or '`' or '[')
            {
                quote = c == '[' ? ']' : c;
            }
            else if (c == '(')
            {
                depth++;
            }
            else if (c == ')' && depth > 0)
            {
                depth--;
            }
            else if (depth == 0 && (c == ',' || c == ')'))
            {
                yield return statement[start..i];
                if (c == ')') yield break;
                start = i + 1;
            }
        }
    }
}
