using System.Text;

namespace Nightjar.Auditing;

/// <summary>Tables as comma-separated text: read by RFC 4180, written so that no cell is taken for a formula.</summary>
internal static class CsvText
{
    /// <summary>The rows with the lines they begin on; lines without anything are left out.</summary>
    /// <param name="text">The text.</param>
    /// <param name="unclosed">Line of a quote that is never closed; 0 when there is none.</param>
    public static IReadOnlyList<(int Line, IReadOnlyList<string> Cells)> Rows(string text, out int unclosed)
    {
        var rows = new List<(int, IReadOnlyList<string>)>();
        var (cells, cell) = (new List<string>(), new StringBuilder());
        var (line, begin, quoted) = (1, 1, 0);
        for (var i = 0; i <= text.Length; i++)
        {
            var c = i < text.Length ? text[i] : '\n';
            if (quoted > 0 && i < text.Length)
            {
                if (c == '"' && i + 1 < text.Length && text[i + 1] == '"') i++;
                else if (c == '"') quoted = -1;
                if (c == '\n') line++;
                if (quoted > 0) cell.Append(c);
            }
            else if (c == '"' && cell.Length == 0 && quoted == 0) quoted = line;
            else if (c is ',' or '\n')
            {
                if (quoted > 0) break;
                cells.Add(cell.ToString().Trim());
                cell.Clear();
                quoted = 0;
                if (c == ',') continue;
                if (cells.Count > 1 || cells[0].Length > 0) rows.Add((begin, cells));
                cells = [];
                begin = ++line;
            }
            else cell.Append(c);
        }
        unclosed = Math.Max(0, quoted);
        return rows;
    }

    /// <summary>Writes a table: UTF-8, lines end with LF.</summary>
    public static void Write(Stream output, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string?>> rows)
    {
        using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 16 * 1024, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(string.Join(',', columns));
        foreach (var row in rows) writer.WriteLine(string.Join(',', row.Select(Sinks.Formats.CsvFormat.Cell)));
    }
}
