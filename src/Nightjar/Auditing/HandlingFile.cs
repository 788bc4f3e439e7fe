using System.Globalization;
using Nightjar.Findings;
using Nightjar.Knowledge;
using Nightjar.Sinks;

namespace Nightjar.Auditing;

/// <summary>What became of a finding.</summary>
public enum HandlingStatus
{
    Open,
    Confirmed,
    FalsePositive,
    Accepted,
    Closed,
}

/// <summary>What was done about a finding, as somebody wrote it down.</summary>
/// <param name="Finding">Uid of the finding.</param>
/// <param name="Status">What became of it.</param>
public sealed record HandlingEntry(string Finding, HandlingStatus Status)
{
    /// <summary>What was decided; empty where nothing was.</summary>
    public string Decision { get; init; } = "";

    /// <summary>Who answers for it; empty only while it is open.</summary>
    public string Owner { get; init; } = "";

    /// <summary>The day of the decision; null only while it is open.</summary>
    public DateOnly? Date { get; init; }

    public string Note { get; init; } = "";

    /// <summary>Line and column of the entry, from 1.</summary>
    public (int Line, int Column) Place { get; init; }
}

/// <summary>What came of reading a handling file: its entries in the order written, and every mistake.</summary>
public sealed record HandlingReading(IReadOnlyList<HandlingEntry> Entries, IReadOnlyList<Diagnostic> Diagnostics);

/// <summary>Reads what was done about findings, from YAML or CSV, and reports all mistakes at once.</summary>
public static class HandlingFile
{
    private const string List = "handling";

    private static readonly string[] Keys = ["finding", "status", "decision", "owner", "date", "note"];

    private static readonly IReadOnlyList<string> Statuses = [.. Enum.GetValues<HandlingStatus>().Select(status => status.Snake())];

    /// <summary>Reads a file. Never throws for what stands in it.</summary>
    /// <param name="file">Its name; one that ends with <c>.csv</c> is read as CSV, any other as YAML.</param>
    /// <param name="text">Its content.</param>
    public static HandlingReading Read(string file, string text)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(text);
        var diagnostics = new List<Diagnostic>();
        var mistakes = new AuthorMistakes(file, diagnostics, HandlingRules.Maps);
        var maps = file.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ? OfCsv(text, mistakes) : OfYaml(file, text, mistakes);
        var entries = new List<HandlingEntry>();
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var map in maps)
        {
            var entry = Entry(map);
            if (entry.Finding.Length > 0 && !known.TryAdd(entry.Finding, entry.Place.Line))
                mistakes.Add(HandlingRules.HandledTwice, map.Node, $"`{YamlText.Excerpt(entry.Finding)}` is handled in line {known[entry.Finding]} already.");
            entries.Add(entry);
        }
        return new HandlingReading(entries, [.. diagnostics.Distinct().Order()]);
    }

    /// <summary>A warning for each entry about a finding that was not made.</summary>
    public static IReadOnlyList<Diagnostic> Unknown(string file, IEnumerable<HandlingEntry> entries, IEnumerable<Finding> findings)
    {
        var known = findings.Select(finding => finding.Uid).ToHashSet(StringComparer.Ordinal);
        return [.. entries.Where(entry => !known.Contains(entry.Finding))
            .Select(entry => HandlingRules.UnknownFinding.At(file, entry.Place.Line, entry.Place.Column, $"This run made no finding `{YamlText.Excerpt(entry.Finding)}`."))];
    }

    private static IReadOnlyList<AuthorMap> OfYaml(string file, string text, AuthorMistakes mistakes)
    {
        var root = YamlText.Parse(file, text.TrimStart('\uFEFF'), mistakes.All, HandlingRules.Yaml);
        if (root is YamlMap map)
        {
            var whole = new AuthorMap(map, mistakes);
            whole.Require(List);
            var maps = whole.Maps(List);
            whole.Close();
            return maps;
        }
        if (mistakes.All.Count == 0) mistakes.Add(HandlingRules.WrongShape, 1, 1, $"The file is {root?.Shape ?? "empty"} where a mapping with `{List}` is expected.");
        return [];
    }

    // A row becomes the map that YAML would give, so that both are judged by the same rules.
    private static IReadOnlyList<AuthorMap> OfCsv(string text, AuthorMistakes mistakes)
    {
        if (text.Length > YamlText.MaxLength)
        {
            mistakes.Add(HandlingRules.TooLarge, 1, 1, string.Create(CultureInfo.InvariantCulture, $"The file has {text.Length} characters; at most {YamlText.MaxLength} are read."));
            return [];
        }
        var rows = CsvText.Rows(text.TrimStart('\uFEFF'), out var unclosed);
        if (unclosed > 0) mistakes.Add(HandlingRules.NotCsv, unclosed, 1, "A quote is opened here and never closed.");
        if (rows.Count == 0 || !IsHeader(rows[0], mistakes)) return [];
        return [.. rows.Skip(1).Where(row => Fits(row, rows[0].Cells.Count, mistakes)).Select(row => new AuthorMap(Map(rows[0].Cells, row), mistakes))];
    }

    private static bool IsHeader((int Line, IReadOnlyList<string> Cells) row, AuthorMistakes mistakes)
    {
        var before = mistakes.Errors;
        for (var i = 0; i < row.Cells.Count; i++)
        {
            var name = row.Cells[i];
            if (!Keys.Contains(name)) mistakes.Add(HandlingRules.UnknownKey, row.Line, i + 1, $"`{YamlText.Excerpt(name)}` is no column. The columns are {string.Join(", ", Keys)}.", Nearest.Hint(name, Keys));
            else if (row.Cells.Take(i).Contains(name)) mistakes.Add(HandlingRules.DuplicateKey, row.Line, i + 1, $"The column `{name}` stands twice.");
        }
        return mistakes.Errors == before;
    }

    private static bool Fits((int Line, IReadOnlyList<string> Cells) row, int columns, AuthorMistakes mistakes)
    {
        if (row.Cells.Count > columns) mistakes.Add(HandlingRules.NotCsv, row.Line, columns + 1, string.Create(CultureInfo.InvariantCulture, $"The row has {row.Cells.Count} cells, and there are {columns} columns."));
        return row.Cells.Count <= columns;
    }

    private static YamlMap Map(IReadOnlyList<string> columns, (int Line, IReadOnlyList<string> Cells) row) => new(
        [.. row.Cells.Select((cell, at) => KeyValuePair.Create(new YamlScalar(columns[at], true, row.Line, at + 1), (YamlNode)new YamlScalar(cell, false, row.Line, at + 1)))
            .Where(pair => ((YamlScalar)pair.Value).Text.Length > 0)], row.Line, 1);

    private static HandlingEntry Entry(AuthorMap map)
    {
        var uid = map.RequireText("finding");
        var status = Status(map);
        var needs = status is not (null or HandlingStatus.Open);
        var entry = new HandlingEntry(uid, status ?? HandlingStatus.Open)
        {
            Decision = map.Text("decision")?.Text ?? "",
            Owner = (needs ? map.RequireText("owner") : map.Text("owner")?.Text) ?? "",
            Date = needs && map.Require("date") is null ? null : Date(map),
            Note = map.Text("note")?.Text ?? "",
            Place = (map.Node.Line, map.Node.Column),
        };
        map.Close();
        return entry;
    }

    private static HandlingStatus? Status(AuthorMap map)
    {
        if (map.Require("status") is null || map.Text("status") is not { } text) return null;
        foreach (var status in Enum.GetValues<HandlingStatus>())
        {
            if (status.Snake() == text.Text) return status;
        }
        map.Mistakes.Add(HandlingRules.BadValue, text, $"`status` is one of {string.Join(", ", Statuses)}, not `{YamlText.Excerpt(text.Text)}`.", Nearest.Hint(text.Text, Statuses));
        return null;
    }

    private static DateOnly? Date(AuthorMap map)
    {
        if (map.Text("date") is not { } text) return null;
        if (DateOnly.TryParseExact(text.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
        map.Mistakes.Add(HandlingRules.BadValue, text, $"`date` is a day such as 2026-03-04, not `{YamlText.Excerpt(text.Text)}`.");
        return null;
    }
}
