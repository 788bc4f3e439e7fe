using System.Globalization;
using System.Text.Json;
using Nightjar.Events;
using Nightjar.Inventory;

namespace Nightjar.Cli.Terminal;

/// <summary>An inventory for machines: JSON lines, or comma-separated values.</summary>
internal static class InventoryRecords
{
    private static readonly JsonSerializerOptions Lines = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>An object for each app on each device, or for each drift.</summary>
    public static void WriteJson(AppInventory inventory, TextWriter to, bool onlyDrift)
    {
        foreach (var entry in inventory.Entries)
        {
            if (!onlyDrift) to.WriteLine(JsonSerializer.Serialize(Whole(entry), Lines));
            else foreach (var drift in entry.Drifts) to.WriteLine(JsonSerializer.Serialize(new { entry.Device, entry.App, Kind = drift.Kind.Name(), Time = Time(drift.Time), drift.From, drift.To }, Lines));
        }
    }

    /// <summary>A line for each, below one that names the columns. Several permissions stand with a bar between them.</summary>
    public static void WriteCsv(AppInventory inventory, TextWriter to, bool onlyDrift)
    {
        to.WriteLine(onlyDrift
            ? "device,app,kind,time,from,to"
            : "device,platform,app,label,version,signer,installer,install_source,is_managed,category,roles,permissions,installed,updated,removed,first_seen,last_seen,drifts");
        foreach (var entry in inventory.Entries)
        {
            if (!onlyDrift) Row(to, Fields(entry));
            else foreach (var drift in entry.Drifts) Row(to, [entry.Device, entry.App, drift.Kind.Name(), Time(drift.Time), drift.From, drift.To]);
        }
    }

    private static object Whole(InventoryEntry entry) => new
    {
        entry.Device, Platform = entry.Platform.Name(), entry.App, entry.Label, entry.Version, entry.Signer, entry.Installer, InstallSource = entry.Source.Name(),
        IsManaged = Flag(entry.IsManaged), entry.Category, entry.Roles, entry.Permissions, Installed = Time(entry.Installed), Updated = Time(entry.Updated), Removed = Time(entry.Removed),
        FirstSeen = Time(entry.FirstSeen), LastSeen = Time(entry.LastSeen),
        Drifts = entry.Drifts.Select(drift => new { Kind = drift.Kind.Name(), Time = Time(drift.Time), drift.From, drift.To }),
    };

    private static IEnumerable<string?> Fields(InventoryEntry entry) =>
    [
        entry.Device, entry.Platform.Name(), entry.App, entry.Label, entry.Version, entry.Signer, entry.Installer, entry.Source.Name(), Flag(entry.IsManaged) switch { true => "true", false => "false", _ => "" },
        entry.Category, string.Join('|', entry.Roles), entry.Permissions is null ? "" : string.Join('|', entry.Permissions), Time(entry.Installed), Time(entry.Updated), Time(entry.Removed),
        Time(entry.FirstSeen), Time(entry.LastSeen), string.Join('|', entry.Drifts.Select(drift => drift.Kind.Name()).Distinct()),
    ];

    private static void Row(TextWriter to, IEnumerable<string?> fields) => to.WriteLine(string.Join(',', fields.Select(Quoted)));

    // A field that begins like a formula would be one in a spreadsheet: the texts come from devices.
    private static string Quoted(string? field)
    {
        var text = field ?? "";
        if (text.Length > 0 && text[0] is '=' or '+' or '-' or '@') text = "'" + text;
        return text.AsSpan().IndexOfAny("\",\r\n") >= 0 ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }

    private static bool? Flag(Tri value) => value switch { Tri.True => true, Tri.False => false, _ => null };

    private static string? Time(Instant? time) => time?.ToDateTimeOffset().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
