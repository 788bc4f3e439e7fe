using System.CommandLine;
using Nightjar.Analytics.Translation;
using Nightjar.Cli.Content;
using Nightjar.Events;

namespace Nightjar.Cli.Commands;

/// <summary><c>nightjar analytics export ID</c>: writes an analytic as rules of Sigma, when Sigma can say what it says.</summary>
internal sealed class AnalyticsExportCommand
{
    private readonly Argument<string> _uid = new("id") { Description = "Uid of the analytic." };
    private readonly Option<string?> _from = new("--analytics") { Description = "A folder of analytics. Default: those that come with Nightjar." };
    private readonly Option<string?> _output = new("--output", "-o") { Description = "File to write. Default: standard output." };
    private readonly Option<bool> _force = new("--force") { Description = "Overwrites the file when it is there already." };

    public static Command Create(GlobalOptions settings)
    {
        var export = new AnalyticsExportCommand();
        var command = new Command("export", "Writes an analytic as rules of Sigma and a correlation over them.") { export._uid, export._from, export._output, export._force };
        command.SetAction(parsed => export.Run(parsed, settings));
        return command;
    }

    private int Run(ParseResult parsed, GlobalOptions settings)
    {
        var sources = parsed.GetValue(_from) is { } folder ? Catalogue.ReadFolder(folder) : Catalogue.Shipped;
        var set = Catalogue.Compile(sources, new SymbolTable());
        var name = parsed.GetValue(_uid)!;
        var analytic = set.Analytics.FirstOrDefault(item => string.Equals(item.Uid, name, StringComparison.OrdinalIgnoreCase));
        if (analytic is null && set.HasErrors) return DiagnosticText.Print(set.Diagnostics, Console.Error);
        if (analytic is null) throw new UsageException($"There is no analytic `{name}`. Known: {string.Join(", ", set.Analytics.Select(item => item.Uid))}.");
        var result = sources.Where(source => source.Path == analytic.File).SelectMany(SigmaExport.Export).FirstOrDefault(item => item.Uid == analytic.Uid)
            ?? throw new UsageException($"{analytic.Uid} is a rule of Sigma already: {analytic.File}.");
        foreach (var reason in result.Reasons) Console.Error.WriteLine($"{result.Uid} is not portable to plain Sigma: {reason}.");
        if (result.Text is null) return ExitCode.Mistakes;
        if (!settings.IsQuiet(parsed))
        {
            foreach (var remark in result.Remarks) Console.Error.WriteLine($"{result.Uid}: {remark}.");
        }
        Write(result.Text, parsed.GetValue(_output), parsed.GetValue(_force));
        return ExitCode.Done;
    }

    private static void Write(string text, string? path, bool force)
    {
        if (path is null)
        {
            Console.Out.Write(text);
            return;
        }
        if (File.Exists(path) && !force) throw new UsageException($"{path} is there already. --force overwrites it.");
        File.WriteAllText(path, text);
    }
}
