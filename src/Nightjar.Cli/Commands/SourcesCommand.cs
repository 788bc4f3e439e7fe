using System.CommandLine;
using Nightjar.Sources;
using Spectre.Console;

namespace Nightjar.Cli.Commands;

/// <summary><c>nightjar sources</c>: what can be read.</summary>
internal static class SourcesCommand
{
    public static Command Create(GlobalOptions settings)
    {
        var command = new Command("sources", "The telemetry formats that Nightjar reads.");
        command.SetAction(parsed =>
        {
            var table = new Table { Border = TableBorder.Minimal }.AddColumns("Source", "What it is", "ATT&CK log sources");
            foreach (var format in SourceCatalog.All.Select(reader => reader.Format))
                table.AddRow(Markup.Escape(format.Id), Markup.Escape(format.Title), Markup.Escape(string.Join(", ", format.LogNames)));
            settings.Output(parsed).Write(table);
            return ExitCode.Done;
        });
        return command;
    }
}
