using System.CommandLine;
using Nightjar.Cli.Scanning;
using Nightjar.Cli.Terminal;
using Nightjar.Engine;
using Nightjar.Events;
using Nightjar.Inventory;
using Nightjar.Knowledge;

namespace Nightjar.Cli.Commands;

/// <summary><c>nightjar inventory PATH…</c>: which apps were on which devices, as of any moment, and how they drifted.</summary>
internal sealed class InventoryCommand
{
    private readonly InputOptions _input = new();
    private readonly Option<string?> _on = new("--on") { Description = "Only what is on this device." };
    private readonly Option<string?> _app = new("--app") { Description = "Only this app, with all that is known of it." };
    private readonly Option<string?> _at = new("--at") { Description = "As of this time (RFC 3339, or a date). Default: the end of what was read." };
    private readonly Option<bool> _drift = new("--drift") { Description = "Only how apps are no longer what they were: installer, source, signer, role, permissions, version." };
    private readonly Option<bool> _csv = new("--csv") { Description = "Write a table of comma-separated values." };

    public static Command Create(GlobalOptions settings, CancellationToken cancellation)
    {
        var inventory = new InventoryCommand();
        var command = new Command("inventory", "Which apps were on which devices: version, signer, installer, permissions, first and last seen.") { inventory._input.Paths };
        foreach (var option in new Option[] { inventory._on, inventory._app, inventory._at, inventory._drift, inventory._csv }.Concat(inventory._input.Reading)) command.Options.Add(option);
        command.SetAction(parsed => inventory.Run(parsed, settings, cancellation));
        return command;
    }

    private int Run(ParseResult parsed, GlobalOptions settings, CancellationToken cancellation)
    {
        if (parsed.GetValue(_csv) && settings.IsJson(parsed)) throw new UsageException("--csv and --json are two ways to write the same; name one.");
        var at = InputOptions.Time(parsed.GetValue(_at), "--at");
        var progress = ProgressLine.ForTerminal(settings.IsQuiet(parsed));
        if (_input.Request(parsed, progress) is not { } request) return ExitCode.Mistakes;
        var symbols = new SymbolTable();
        using var reading = new TelemetryReading(request, symbols, new EngineOptions().ClockSkew);
        AppInventory inventory;
        try
        {
            inventory = Read(reading, symbols, at, cancellation);
        }
        finally
        {
            progress?.Clear();
        }
        Tell(parsed, settings, Chosen(inventory, parsed));
        var unreadable = reading.Intake.Accounts.Where(file => file.State == FileState.Unreadable).ToList();
        foreach (var file in unreadable) Console.Error.WriteLine($"nightjar: {file.Path} could not be read.");
        return unreadable.Count > 0 ? ExitCode.Unreadable : ExitCode.Done;
    }

    private static AppInventory Read(TelemetryReading reading, SymbolTable symbols, Instant? at, CancellationToken cancellation)
    {
        InventoryBuilder builder = null!;
        reading.Feed(() => [(builder = new InventoryBuilder(symbols, ReferenceData.Shipped.AppRoles, at)).Learn], cancellation);
        return builder.Build();
    }

    private AppInventory Chosen(AppInventory all, ParseResult parsed)
    {
        var entries = all.Entries;
        if (parsed.GetValue(_on) is { } device) entries = Only(entries, entry => entry.Device, device, "device");
        if (parsed.GetValue(_app) is { } app) entries = Only(entries, entry => entry.App, app, "app");
        return all with { Entries = entries };
    }

    private static List<InventoryEntry> Only(IReadOnlyList<InventoryEntry> entries, Func<InventoryEntry, string> of, string wanted, string what)
    {
        var found = entries.Where(entry => of(entry) == wanted).ToList();
        if (found.Count > 0) return found;
        var known = entries.Select(of).Distinct(StringComparer.Ordinal).ToList();
        throw new UsageException($"No event names the {what} `{wanted}`. {(known.Count == 0 ? $"No {what} was seen." : Nearest.Hint(wanted, known))}".TrimEnd());
    }

    private void Tell(ParseResult parsed, GlobalOptions settings, AppInventory inventory)
    {
        var onlyDrift = parsed.GetValue(_drift);
        if (settings.IsJson(parsed)) InventoryRecords.WriteJson(inventory, Console.Out, onlyDrift);
        else if (parsed.GetValue(_csv)) InventoryRecords.WriteCsv(inventory, Console.Out, onlyDrift);
        else if (onlyDrift) InventoryText.WriteDrift(inventory, settings.Output(parsed));
        else if (parsed.GetValue(_app) is not null) InventoryText.WriteDetails(inventory, settings.Output(parsed));
        else InventoryText.WriteAll(inventory, settings.Output(parsed));
        if (inventory.LeftOut > 0) Console.Error.WriteLine($"nightjar: {inventory.LeftOut} more apps on devices were seen than are held; they are not in the list.");
    }
}
