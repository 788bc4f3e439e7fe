using Nightjar.Knowledge;
using Nightjar.Sources.Mapping.Plan;

namespace Nightjar.Sources.Mapping.Reading;

/// <summary>The tables of a mapping: values for values.</summary>
internal sealed class TableShelf
{
    private readonly Dictionary<string, (YamlScalar Name, YamlMap Rows)> _tables = new(StringComparer.Ordinal);
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);
    private readonly AuthorMistakes _mistakes;

    public TableShelf(AuthorMap? tables, AuthorMistakes mistakes)
    {
        _mistakes = mistakes;
        foreach (var (name, rows) in tables?.Node.Entries ?? [])
        {
            if (rows is YamlMap map) _tables[name.Text] = (name, map);
            else mistakes.Add(MappingRules.WrongShape, rows, $"The table `{YamlText.Excerpt(name.Text)}` is {rows.Shape} where a map is expected.");
        }
    }

    /// <summary>The table of a name, or one that is written out; null for none, and, reported, for one that is not there.</summary>
    /// <param name="node">What the author wrote; null for nothing.</param>
    /// <param name="check">Hears of each value that the table gives.</param>
    public ValueTable? Find(YamlNode? node, Action<YamlScalar> check)
    {
        switch (node)
        {
            case null:
                return null;
            case YamlMap rows:
                return Make("", rows, check);
            case YamlScalar name when _tables.TryGetValue(name.Text, out var table):
                _used.Add(name.Text);
                return Make(name.Text, table.Rows, check);
            default:
                var text = (node as YamlScalar)?.Text ?? "";
                _mistakes.Add(MappingRules.UnknownTable, node, $"There is no table `{YamlText.Excerpt(text)}`.", Nearest.Hint(text, _tables.Keys));
                return null;
        }
    }

    /// <summary>Reports the tables that nothing uses.</summary>
    public void Close()
    {
        foreach (var (name, _) in _tables.Values.Where(table => !_used.Contains(table.Name.Text)))
            _mistakes.Add(MappingRules.UnusedTable, name, $"The table `{YamlText.Excerpt(name.Text)}` is not used.");
    }

    private ValueTable Make(string name, YamlMap rows, Action<YamlScalar> check)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (from, to) in rows.Entries)
        {
            if (to is not YamlScalar value)
            {
                _mistakes.Add(MappingRules.WrongShape, to, $"A row of a table is {to.Shape} where a text is expected.");
                continue;
            }
            check(value);
            values[from.Text] = value.Text;
        }
        return new ValueTable(name, values);
    }
}
