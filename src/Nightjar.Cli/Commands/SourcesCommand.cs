using System.CommandLine;
using System.Text.Json;
using Nightjar.Cli.Content;
using Nightjar.Cli.Terminal;
using Nightjar.Events;
using Nightjar.Sources;
using Nightjar.Sources.Mapping;
using Spectre.Console;

namespace Nightjar.Cli.Commands;

/// <summary><c>nightjar sources [lint | test | schema]</c>: what can be read, and the mappings that say how.</summary>
internal static class SourcesCommand
{
    public static Command Create(GlobalOptions settings)
    {
        var own = MappingFiles.Option();
        var command = new Command("sources", "The telemetry formats that Nightjar reads, and the mappings that say how.") { own };
        command.SetAction(parsed =>
        {
            var mappings = MappingFiles.Load(parsed.GetValue(own));
            if (mappings.HasErrors) return DiagnosticText.Print(mappings.Diagnostics, Console.Error);
            var formats = SourceCatalog.With(mappings).Select(reader => reader.Format).ToList();
            if (settings.IsJson(parsed)) WriteJson(formats);
            else WriteTable(formats, settings.Output(parsed));
            return ExitCode.Done;
        });
        command.Subcommands.Add(SourcesTestCommand.CreateLint());
        command.Subcommands.Add(SourcesTestCommand.Create());
        command.Subcommands.Add(Schema());
        return command;
    }

    private static Command Schema()
    {
        var command = new Command("schema", "The JSON schema of mapping files, for editors.");
        command.SetAction(_ => Console.Out.Write(MappingSchema.Write()));
        return command;
    }

    // Side by side where there is room, one below the other where words would be broken.
    private static void WriteTable(IEnumerable<SourceFormat> formats, IAnsiConsole output)
    {
        var isWide = TerminalReport.IsWide(output);
        var table = isWide ? TerminalReport.OpenTable("Source", "What it is", "Events", "ATT&CK log sources") : TerminalReport.OpenTable("Source", "What it is, what it gives");
        table.Columns[0].NoWrap = true;
        foreach (var format in formats)
        {
            var (title, events, logs) = (format.Title + (format.IsMapping ? " (mapping)" : ""), string.Join(", ", format.Yields.Select(EventClasses.Name)), string.Join(", ", format.LogNames));
            if (isWide) table.AddRow(TerminalReport.Cell(format.Id), TerminalReport.Cell(title), TerminalReport.Cell(events), TerminalReport.Cell(logs));
            else table.AddRow(TerminalReport.Cell(format.Id), TerminalReport.Cells(TerminalReport.Cell(title), TerminalReport.Cell(events, TerminalReport.Dim), TerminalReport.Cell(logs, TerminalReport.Dim)));
        }
        output.Write(table);
    }

    private static void WriteJson(IEnumerable<SourceFormat> formats)
    {
        using var output = Console.OpenStandardOutput();
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        json.WriteStartArray();
        foreach (var format in formats)
        {
            json.WriteStartObject();
            json.WriteString("id", format.Id);
            json.WriteString("title", format.Title);
            json.WriteBoolean("mapping", format.IsMapping);
            json.WriteString("platform", format.Platform.Name());
            WriteList(json, "events", format.Yields.Select(EventClasses.Name));
            WriteList(json, "log_names", format.LogNames);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.Flush();
        output.Write("\n"u8);
    }

    private static void WriteList(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
