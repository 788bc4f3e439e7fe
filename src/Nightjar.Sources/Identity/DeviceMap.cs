using Nightjar.Events;

namespace Nightjar.Sources.Identity;

/// <summary>What the user knows of devices: by which address, hardware address or file each is known, and when. Checked as a whole.</summary>
public sealed class DeviceMap
{
    private DeviceMap(IReadOnlyList<DeviceMapRow> rows, IReadOnlyList<DeviceMapMistake> mistakes)
    {
        Rows = rows;
        Mistakes = mistakes;
    }

    /// <summary>A map that says nothing.</summary>
    public static DeviceMap Empty { get; } = new([], []);

    /// <summary>The rows that are used, in the order of their lines.</summary>
    public IReadOnlyList<DeviceMapRow> Rows { get; }

    /// <summary>Every mistake, in the order of lines. What is in error is left out, the rest is used.</summary>
    public IReadOnlyList<DeviceMapMistake> Mistakes { get; }

    /// <summary>Reads a map.</summary>
    /// <param name="csv">Comma-, semicolon- or tab-separated text whose first line names the columns: <c>device</c> (or <c>device_uid</c>) and
    /// any of <c>ip mac alias path from to platform group name</c>, in any order. Several groups are separated by <c>|</c>.</param>
    /// <param name="assumedOffset">The zone of times that state none.</param>
    /// <exception cref="IOException">The text itself could not be read.</exception>
    public static DeviceMap Read(TextReader csv, TimeSpan assumedOffset = default)
    {
        var mistakes = new List<DeviceMapMistake>();
        var rows = DeviceMapReader.Read(csv, assumedOffset, mistakes);
        var used = new DeviceMapCheck(mistakes).Take(rows);
        return new DeviceMap(used, [.. mistakes.OrderBy(mistake => mistake.Line).ThenBy(mistake => mistake.Rule.Code, StringComparer.Ordinal)]);
    }
}

/// <summary>Finds what rows say against each other.</summary>
internal sealed class DeviceMapCheck(List<DeviceMapMistake> mistakes)
{
    private readonly Dictionary<string, Timeline<Holder>> _holders = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DeviceMapRow> _described = new(StringComparer.Ordinal);

    /// <summary>The rows that stand; an earlier row counts before a later one.</summary>
    public IReadOnlyList<DeviceMapRow> Take(IEnumerable<DeviceMapRow> rows)
    {
        var used = new List<DeviceMapRow>();
        foreach (var row in rows)
        {
            if (Conflict(row) is { } mistake)
            {
                mistakes.Add(mistake);
                continue;
            }
            foreach (var (_, key, _) in Keys(row)) Of(key).Add(row.From, row.To, new Holder(row.Device, row.Line));
            Describe(row);
            used.Add(row);
        }
        return used;
    }

    private DeviceMapMistake? Conflict(DeviceMapRow row)
    {
        foreach (var (column, key, value) in Keys(row))
        {
            var other = Of(key).Overlapping(row.From, row.To, new Holder(row.Device, row.Line));
            if (other is not null)
                return DeviceMapRule.Overlap.At(row.Line, $"The {column} \"{value}\" is given to \"{row.Device}\" at a time when line {other.Line} gives it to \"{other.Device}\".");
        }
        return null;
    }

    private void Describe(DeviceMapRow row)
    {
        if (!_described.TryGetValue(row.Device, out var known))
        {
            _described[row.Device] = row;
            return;
        }
        if (row.Platform != Platform.Unknown && known.Platform != Platform.Unknown && row.Platform != known.Platform)
            mistakes.Add(DeviceMapRule.Contradiction.At(row.Line, $"\"{row.Device}\" is called {row.Platform.Name()} here and {known.Platform.Name()} before."));
        if (row.Name is not null && known.Name is not null && row.Name != known.Name)
            mistakes.Add(DeviceMapRule.Contradiction.At(row.Line, $"\"{row.Device}\" is named \"{row.Name}\" here and \"{known.Name}\" before."));
        _described[row.Device] = known with
        {
            Platform = known.Platform != Platform.Unknown ? known.Platform : row.Platform,
            Name = known.Name ?? row.Name,
        };
    }

    private static IEnumerable<(string Column, string Key, string Value)> Keys(DeviceMapRow row)
    {
        if (row.Ip is not null) yield return ("ip", "ip " + row.Ip, row.Ip);
        if (row.Mac is not null) yield return ("mac", "mac " + row.Mac, row.Mac);
        if (row.Path is not null) yield return ("path", "path " + row.Path, row.Path);
        if (row.Alias is not null) yield return ("alias", "alias " + row.Alias.ToUpperInvariant(), row.Alias);
    }

    private Timeline<Holder> Of(string key)
    {
        if (!_holders.TryGetValue(key, out var timeline)) _holders[key] = timeline = new Timeline<Holder>();
        return timeline;
    }

    // The line is for messages only.
    private sealed record Holder(string Device, int Line)
    {
        public bool Equals(Holder? other) => other is not null && other.Device == Device;

        public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Device);
    }
}
