using System.Buffers;
using System.CommandLine;
using System.Globalization;
using Nightjar.Cli.Content;
using Nightjar.Cli.Terminal;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Knowledge;
using Nightjar.Simulation;
using Nightjar.Sinks;

namespace Nightjar.Cli.Commands;

/// <summary><c>nightjar simulate --output DIR</c> and <c>nightjar simulate score DIR… --labels FILE</c>: an invented fleet, and what was found of it.</summary>
internal static class SimulateCommand
{
    private const string LabelsFile = "labels.json";
    private const string MapFile = "device-map.csv";
    private const string TelemetryFolder = "telemetry";

    public static Command Create(GlobalOptions settings, CancellationToken cancellation)
    {
        var output = new Option<string>("--output", "-o") { Description = "Folder to write to: telemetry by day, device-map.csv, labels.json.", Required = true };
        var devices = new Option<int>("--devices") { Description = $"Devices, 2 to {SimulationSpec.Most}.", DefaultValueFactory = _ => 10 };
        var days = new Option<int>("--days") { Description = $"Days, 1 to {SimulationSpec.Most}; all attacks have room from {SimulationSpec.DaysForAll} on.", DefaultValueFactory = _ => 30 };
        var seed = new Option<ulong>("--seed") { Description = "Which chance; the same gives the same bytes.", DefaultValueFactory = _ => 1 };
        var attacks = new Option<string>("--attacks") { Description = $"all, none, or names with commas: {string.Join(", ", FleetSimulation.AttackNames)}.", DefaultValueFactory = _ => "all" };
        var command = new Command("simulate", "Writes telemetry of an invented fleet, attacks and innocent look-alikes included, with labels that say which is which.") { output, devices, days, seed, attacks };
        command.Subcommands.Add(Score(settings));
        command.SetAction(parsed =>
        {
            var spec = new SimulationSpec
            {
                Devices = Range(parsed.GetValue(devices), 2, "--devices"), Days = Range(parsed.GetValue(days), 1, "--days"), Seed = parsed.GetValue(seed), Attacks = Names(parsed.GetValue(attacks)!),
            };
            Write(new FleetSimulation(spec), spec, parsed.GetValue(output)!, settings.IsQuiet(parsed), cancellation);
            return ExitCode.Done;
        });
        return command;
    }

    private static void Write(FleetSimulation fleet, SimulationSpec spec, string folder, bool isQuiet, CancellationToken cancellation)
    {
        var telemetry = Path.Combine(folder, TelemetryFolder);
        Directory.CreateDirectory(telemetry);
        var buffer = new ArrayBufferWriter<byte>(1 << 20);
        var events = 0L;
        for (var day = 0; day < fleet.Days; day++)
        {
            cancellation.ThrowIfCancellationRequested();
            buffer.ResetWrittenCount();
            events += fleet.Write(day, buffer);
            File.WriteAllBytes(Path.Combine(telemetry, fleet.DateOf(day) + ".ocsf.ndjson"), buffer.WrittenSpan);
        }
        File.WriteAllText(Path.Combine(folder, MapFile), "device,platform,group\n" + string.Concat(fleet.Devices.Select(device => $"{device.Uid},{device.Platform.Name().ToLowerInvariant()},simulated\n")));
        using (var labels = File.Create(Path.Combine(folder, LabelsFile))) LabelFile.Write(spec, fleet.Labels, labels);
        if (isQuiet) return;
        Console.Error.WriteLine($"{SinkWords.Count(fleet.Devices.Count, "device")}, {SinkWords.Count(fleet.Days, "day")}, {SinkWords.Count(events, "event")}, {SinkWords.Count(fleet.Labels.Count, "attack")}, written to {folder}.");
        if (fleet.WithoutRoom.Count > 0) Console.Error.WriteLine($"So few days have no room for {string.Join(", ", fleet.WithoutRoom)}.");
    }

    private static Command Score(GlobalOptions settings)
    {
        var folders = new Argument<string[]>("folder") { Description = "Folders that scan --output has written, the one to compare with first.", Arity = ArgumentArity.OneOrMore };
        var labels = new Option<string>("--labels") { Description = "labels.json of the simulation.", Required = true };
        var command = new Command("score", "Precision and recall of every analytic against what was planted; several runs are compared.") { folders, labels };
        command.SetAction(parsed =>
        {
            var planted = ReadLabels(parsed.GetValue(labels)!);
            var cards = parsed.GetValue(folders)!.Select(folder => (folder, Scorecard.Of(planted, [.. FindingsFolder.Findings(folder)], FindingsFolder.Span(folder)))).ToList();
            ScorecardText.Write(cards, settings.Output(parsed), settings.IsJson(parsed));
            return ExitCode.Done;
        });
        return command;
    }

    private static IReadOnlyList<AttackLabel> ReadLabels(string file)
    {
        if (!File.Exists(file)) throw new UsageException($"There is no {file}. `nightjar simulate --output DIR` writes DIR/{LabelsFile}.");
        try
        {
            return LabelFile.Read(File.ReadAllBytes(file));
        }
        catch (InvalidDataException fault)
        {
            throw new UsageException($"{file}: {fault.Message}");
        }
    }

    private static int Range(int value, int least, string option) =>
        value >= least && value <= SimulationSpec.Most ? value : throw new UsageException($"{option} takes a number from {least} to {SimulationSpec.Most.ToString(CultureInfo.InvariantCulture)}.");

    private static string[]? Names(string text)
    {
        if (text == "all") return null;
        if (text == "none") return [];
        var names = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var name in names.Where(name => !FleetSimulation.AttackNames.Contains(name)))
            throw new UsageException($"There is no attack `{name}`. {Nearest.Hint(name, FleetSimulation.AttackNames)} Known: {string.Join(", ", FleetSimulation.AttackNames)}.".Replace("  ", " ", StringComparison.Ordinal));
        return names;
    }
}
