using System.Globalization;
using Nightjar.Events;
using Nightjar.Inventory;
using Nightjar.Sinks;
using Spectre.Console;

namespace Nightjar.Cli.Terminal;

/// <summary>An inventory for people.</summary>
internal static class InventoryText
{
    private const int SignerShown = 16;

    /// <summary>Every app, device by device.</summary>
    public static void WriteAll(AppInventory inventory, IAnsiConsole console)
    {
        WriteLead(inventory, console);
        foreach (var device in inventory.Entries.GroupBy(entry => entry.Device, StringComparer.Ordinal))
        {
            TerminalReport.Heading(console, $"{device.Key}, {device.First().Platform.Name()}: {SinkWords.Count(device.Count(entry => entry.Removed is null), "app")}");
            console.Write(Table(device));
        }
    }

    /// <summary>How apps drifted, in the order of time.</summary>
    public static void WriteDrift(AppInventory inventory, IAnsiConsole console)
    {
        var drifts = inventory.Entries.SelectMany(entry => entry.Drifts, (entry, drift) => (Entry: entry, Drift: drift)).OrderBy(pair => pair.Drift.Time).ToList();
        TerminalReport.Line(console, drifts.Count == 0
            ? $"No app of {SinkWords.Count(inventory.Entries.Count, "app")} on {Devices(inventory)} was seen to be other than before."
            : $"{SinkWords.Count(drifts.Count, "drift")} of {SinkWords.Count(drifts.Select(pair => (pair.Entry.Device, pair.Entry.App)).Distinct().Count(), "app")}.", TerminalReport.Bold);
        if (drifts.Count == 0) return;
        var table = TerminalReport.OpenTable("When (UTC)", "App", "What");
        table.Columns[0].NoWrap = true;
        foreach (var record in drifts.GroupBy(pair => (pair.Drift.Time, pair.Entry.Device, pair.Entry.App)))
        {
            table.AddRow(
                TerminalReport.Cell(Time(record.Key.Time)),
                TerminalReport.Cells(TerminalReport.Cell(record.Key.App), TerminalReport.Cell(record.Key.Device, TerminalReport.Dim)),
                TerminalReport.Cells(record.SelectMany(pair => new[] { TerminalReport.Cell(What(pair.Drift.Kind)), TerminalReport.Cell("  " + Change(pair.Drift), TerminalReport.Dim) })));
        }
        console.Write(table);
    }

    /// <summary>All that is known of each entry.</summary>
    public static void WriteDetails(AppInventory inventory, IAnsiConsole console)
    {
        WriteLead(inventory, console);
        foreach (var entry in inventory.Entries)
        {
            TerminalReport.Heading(console, $"{entry.App} on {entry.Device}");
            var facts = new Grid().AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(1, 0, 2, 0) }).AddColumn(new GridColumn { Padding = new Padding(0) });
            foreach (var (name, value) in Facts(entry)) facts.AddRow(TerminalReport.Cell(name, TerminalReport.Dim), TerminalReport.Cell(value));
            console.Write(facts);
        }
    }

    private static void WriteLead(AppInventory inventory, IAnsiConsole console) =>
        TerminalReport.Line(console, $"{SinkWords.Count(inventory.Entries.Count, "app")} on {Devices(inventory)}, {(inventory.At is { } at ? "as of " + Time(at) + " UTC" : "as of the last event")}.", TerminalReport.Bold);

    private static string Devices(AppInventory inventory) => SinkWords.Count(inventory.Entries.Select(entry => entry.Device).Distinct(StringComparer.Ordinal).Count(), "device");

    private static Table Table(IEnumerable<InventoryEntry> entries)
    {
        var table = TerminalReport.OpenTable("App", "From", "Seen (UTC)");
        table.Columns[2].NoWrap = true;
        foreach (var entry in entries)
        {
            table.AddRow(
                TerminalReport.Cells(TerminalReport.Cell(entry.App), TerminalReport.Cell(Identity(entry), TerminalReport.Dim)),
                TerminalReport.Cells(TerminalReport.Cell(Origin(entry)), TerminalReport.Cell(Managed(entry), TerminalReport.Dim)),
                TerminalReport.Cells(Seen(entry).Select((line, i) => TerminalReport.Cell(line, i == 0 ? null : TerminalReport.Dim))));
        }
        return table;
    }

    private static string Identity(InventoryEntry entry) =>
        $"{(entry.Version is null ? "version unknown" : "version " + entry.Version)}, {(entry.Signer is null ? "signer unknown" : "signer " + Short(entry.Signer))}";

    private static string Origin(InventoryEntry entry) => (entry.Source, entry.Installer) switch
    {
        (InstallSource.Unknown, null) => "unknown",
        (InstallSource.Unknown, var installer) => installer,
        (var source, null) => Words(source.Name()),
        var (source, installer) => $"{Words(source.Name())}, by {installer}",
    };

    private static string Managed(InventoryEntry entry)
    {
        var managed = entry.IsManaged switch { Tri.True => "managed", Tri.False => "not managed", _ => "management unknown" };
        return entry.Permissions is { } held ? $"{managed}, {SinkWords.Count(held.Count, "permission")}" : managed;
    }

    private static IEnumerable<string> Seen(InventoryEntry entry)
    {
        yield return $"{Day(entry.FirstSeen)} to {Day(entry.LastSeen)}";
        if (entry.Removed is { } removed) yield return $"removed {Day(removed)}";
        if (entry.Drifts.Count > 0) yield return $"drifted {SinkWords.Count(entry.Drifts.Count, "time")}";
    }

    private static IEnumerable<(string Name, string Value)> Facts(InventoryEntry entry)
    {
        if (entry.Label is not null) yield return ("name", entry.Label);
        yield return ("version", entry.Version ?? "unknown");
        yield return ("signer", entry.Signer ?? "unknown");
        yield return ("from", Origin(entry));
        yield return ("managed", entry.IsManaged switch { Tri.True => "yes", Tri.False => "no", _ => "unknown" });
        yield return ("category", entry.Category ?? "unknown");
        yield return ("role", string.Join(", ", entry.Roles));
        if (entry.Installed is { } installed) yield return ("installed", Time(installed));
        if (entry.Updated is { } updated) yield return ("updated", Time(updated));
        if (entry.Removed is { } removed) yield return ("removed", Time(removed));
        yield return ("seen", $"{Time(entry.FirstSeen)} to {Time(entry.LastSeen)}");
        yield return ("permissions", entry.Permissions is null ? "unknown" : entry.Permissions.Count == 0 ? "none" : string.Join('\n', entry.Permissions));
        foreach (var drift in entry.Drifts) yield return ("drift", $"{Time(drift.Time)} {What(drift.Kind)}: {Change(drift)}");
    }

    private static string What(DriftKind kind) => kind switch
    {
        DriftKind.Installer => "another installer",
        DriftKind.Source => "another install source",
        DriftKind.Signer => "another signer",
        DriftKind.Reinstalled => "installed anew, by another signer",
        DriftKind.Role => "another role",
        DriftKind.Permission => "a permission more",
        _ => "an older version",
    };

    private static string Change(InventoryDrift drift) => drift switch
    {
        { From: "" } => drift.To,
        { Kind: DriftKind.Signer or DriftKind.Reinstalled } => $"{Short(drift.From)} became {Short(drift.To)}",
        { Kind: DriftKind.Source } => $"{Words(drift.From)} became {Words(drift.To)}",
        _ => $"{drift.From} became {drift.To}",
    };

    private static string Short(string signer) => signer.Length <= SignerShown ? signer : signer[..SignerShown] + "…";

    private static string Words(string snake) => snake.Replace('_', ' ');

    private static string Day(Instant time) => time.ToDateTimeOffset().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Time(Instant time) => time.ToDateTimeOffset().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
