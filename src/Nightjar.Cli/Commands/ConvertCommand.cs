using System.CommandLine;
using Nightjar.Cli.Content;
using Nightjar.Findings;
using Nightjar.Sinks;
using Nightjar.Sinks.Formats;

namespace Nightjar.Cli.Commands;

/// <summary><c>nightjar convert --in DIR --format stix</c>: findings that a scan has written, in the form that another tool takes.</summary>
internal sealed class ConvertCommand
{
    private const int MostTold = 5;

    private readonly Option<string> _from = new("--in") { Description = "The folder that scan --output has written, or a file of findings.", Required = true };
    private readonly Option<string> _format = new("--format") { Description = $"One of {FormatOption.Known}.", Required = true };
    private readonly Option<string?> _output = new("--output", "-o") { Description = "File to write; standard output by default." };

    public static Command Create()
    {
        var convert = new ConvertCommand();
        var command = new Command("convert", "Findings that a scan has written, in the form that another tool takes.") { convert._from, convert._format, convert._output };
        command.SetAction(convert.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        var format = FormatOption.Read(parsed.GetValue(_format)!);
        var path = FindingsFolder.FileOf(parsed.GetValue(_from)!);
        var findings = new List<Finding>();
        var strange = 0;
        foreach (var (number, finding, reason) in FindingsFolder.Read(path))
        {
            if (finding is not null) findings.Add(finding);
            else if (++strange <= MostTold) Console.Error.WriteLine($"nightjar: {path}:{number} is left out: {reason}.");
        }
        if (strange > MostTold) Console.Error.WriteLine($"nightjar: {SinkWords.Count(strange - MostTold, "more line")} of {path} left out.");
        Write(format, findings, parsed.GetValue(_output));
        return strange > 0 ? ExitCode.Unreadable : ExitCode.Done;
    }

    private static void Write(IFindingFormat format, List<Finding> findings, string? file)
    {
        if (file is not null)
        {
            WholeFile.Write(file, stream => FormatCatalog.Write(format, findings, stream));
            Console.Error.WriteLine($"{SinkWords.Count(findings.Count, "finding")} written to {file}: {format.Title}.");
            return;
        }
        using var output = Console.OpenStandardOutput();
        FormatCatalog.Write(format, findings, output);
    }
}
