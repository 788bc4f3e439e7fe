using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Nightjar.Events;

namespace Nightjar.Sources.Identity;

/// <summary>Reads the rows of a device map, each by itself.</summary>
internal sealed class DeviceMapReader
{
    private const int MaxRows = 1_000_000;
    private const int MaxCell = 4096;

    private static readonly string[] Columns = ["device", "ip", "mac", "path", "from", "to", "platform", "group", "name", "alias"];

    private readonly List<DeviceMapMistake> _mistakes;
    private readonly TimeSpan _assumedOffset;
    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);

    private DeviceMapReader(TimeSpan assumedOffset, List<DeviceMapMistake> mistakes)
    {
        _mistakes = mistakes;
        _assumedOffset = assumedOffset;
    }

    /// <summary>The rows that can be read, in the order of their lines.</summary>
    public static List<DeviceMapRow> Read(TextReader csv, TimeSpan assumedOffset, List<DeviceMapMistake> mistakes)
    {
        var rows = new List<DeviceMapRow>();
        using var text = new HeaderPeek(csv);
        var reader = new DeviceMapReader(assumedOffset, mistakes);
        using var parser = new CsvParser(text, reader.Configuration(text.Delimiter), leaveOpen: true);
        if (parser.Read() && reader.TakeHeader(parser.Record ?? [], parser.RawRow)) reader.TakeRows(parser, rows);
        return rows;
    }

    private CsvConfiguration Configuration(char delimiter) => new(CultureInfo.InvariantCulture)
    {
        Delimiter = delimiter.ToString(),
        AllowComments = true,
        IgnoreBlankLines = true,
        TrimOptions = TrimOptions.Trim,
        BadDataFound = found =>
        {
            var line = found.Context.Parser?.RawRow ?? 0;
            if (_mistakes.Count == 0 || _mistakes[^1].Rule != DeviceMapRule.NotCsv || _mistakes[^1].Line != line)
                _mistakes.Add(DeviceMapRule.NotCsv.At(line, "The quotes of the line do not match."));
        },
    };

    private bool TakeHeader(string[] names, int line)
    {
        for (var i = 0; i < names.Length; i++)
        {
            var name = names[i].ToLowerInvariant();
            if (name == "device_uid") name = "device";
            if (name.Length == 0) continue;
            if (!Columns.Contains(name)) _mistakes.Add(DeviceMapRule.UnknownColumn.At(line, $"\"{names[i]}\" is no column of a device map."));
            else if (!_columns.TryAdd(name, i)) _mistakes.Add(DeviceMapRule.RepeatedColumn.At(line, $"\"{names[i]}\" is named twice."));
        }
        if (!_columns.ContainsKey("device")) _mistakes.Add(DeviceMapRule.NoDeviceColumn.At(line, "No column names the device."));
        return _columns.ContainsKey("device");
    }

    private void TakeRows(CsvParser parser, List<DeviceMapRow> rows)
    {
        while (true)
        {
            var line = parser.RawRow + 1;
            var before = _mistakes.Count;
            if (!parser.Read()) return;
            var cells = parser.Record ?? [];
            if (_mistakes.Count > before) continue;
            if (rows.Count == MaxRows)
            {
                _mistakes.Add(DeviceMapRule.TooManyRows.At(line, $"There are more than {MaxRows} rows."));
                return;
            }
            // A row of one line stands where it ends; only a row of several begins before.
            if (!cells.Any(cell => cell.Contains('\n', StringComparison.Ordinal))) line = parser.RawRow;
            if (Row(cells, line) is { } row) rows.Add(row);
        }
    }

    private DeviceMapRow? Row(string[] cells, int line)
    {
        var before = _mistakes.Count;
        var device = Cell(cells, "device");
        if (MeaninglessText.Is(device)) _mistakes.Add(DeviceMapRule.NoDevice.At(line, "The row names no device."));
        foreach (var column in Columns)
            if (Cell(cells, column) is { Length: > MaxCell } cell) Bad(line, column, cell, $"of a bearable length; {MaxCell} characters are the most");
        var row = new DeviceMapRow(line, device)
        {
            Ip = Value(cells, line, "ip", AddressPrefix.Normalise, "an IP address or prefix"),
            Mac = Value(cells, line, "mac", HardwareAddress.Normalise, "a hardware address"),
            Path = Value(cells, line, "path", PathPattern.Normalise, "a file, a folder or a pattern"),
            Alias = Cell(cells, "alias") is { Length: > 0 } alias && !MeaninglessText.Is(alias) ? alias : null,
            From = Time(cells, line, "from") ?? Instant.Min,
            To = Time(cells, line, "to") ?? Instant.Max,
            Platform = PlatformOf(cells, line),
            Groups = [.. Cell(cells, "group").Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)],
            Name = Cell(cells, "name") is { Length: > 0 } name ? name : null,
        };
        if (row.From >= row.To) _mistakes.Add(DeviceMapRule.EndsBeforeBegin.At(line, $"\"{Cell(cells, "to")}\" is not after \"{Cell(cells, "from")}\"."));
        return _mistakes.Count == before ? row : null;
    }

    private string Cell(string[] cells, string column) =>
        _columns.TryGetValue(column, out var index) && index < cells.Length ? cells[index] : "";

    private string? Value(string[] cells, int line, string column, Func<string, string?> normalise, string kind)
    {
        var cell = Cell(cells, column);
        if (cell.Length == 0) return null;
        var value = normalise(cell);
        if (value is null) Bad(line, column, cell, kind);
        return value;
    }

    private Instant? Time(string[] cells, int line, string column)
    {
        var cell = Cell(cells, column);
        if (cell.Length == 0) return null;
        var text = System.Text.Encoding.UTF8.GetBytes(cell.Length == 10 ? cell + "T00:00:00" : cell);
        if (TimeText.TryParse(text, _assumedOffset, out var time, out _)) return time;
        Bad(line, column, cell, "a time such as 2026-03-01T08:00:00Z or a day such as 2026-03-01");
        return null;
    }

    private Platform PlatformOf(string[] cells, int line)
    {
        var cell = Cell(cells, "platform");
        if (cell.Length == 0) return Platform.Unknown;
        if (string.Equals(cell, "other", StringComparison.OrdinalIgnoreCase)) return Platform.Other;
        var platform = Platforms.Parse(cell);
        if (platform == Platform.Unknown) Bad(line, "platform", cell, "android, ios, ipados or other");
        return platform;
    }

    private void Bad(int line, string column, string cell, string kind) =>
        _mistakes.Add(DeviceMapRule.BadValue.At(line, $"The {column} \"{(cell.Length <= 100 ? cell : cell[..100] + "…")}\" is not {kind}."));
}
