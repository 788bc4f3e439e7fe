using System.CommandLine;
using Nightjar.Analytics.Translation;
using Nightjar.Cli.Content;
using Nightjar.Knowledge;

namespace Nightjar.Cli.Commands;

/// <summary><c>nightjar analytics import PATH</c>: turns rules of Sigma into analytics, and says what could not be carried over.</summary>
internal sealed class AnalyticsImportCommand
{
    private const string FileName = "analytic.yml";

    private readonly Argument<string> _path = new("path") { Description = "A file of Sigma rules, or a folder." };
    private readonly Option<string?> _output = new("--output", "-o") { Description = "Folder in which each analytic gets a folder of its own. Default: standard output." };
    private readonly Option<bool> _force = new("--force") { Description = "Overwrites analytics that are there already." };

    public static Command Create()
    {
        var import = new AnalyticsImportCommand();
        var command = new Command("import", "Turns Sigma rules and correlations into analytics.") { import._path, import._output, import._force };
        command.SetAction(import.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        var path = parsed.GetValue(_path)!;
        if (!File.Exists(path) && !Directory.Exists(path)) throw new UsageException($"There is no {path}.");
        var result = SigmaImport.Import(Catalogue.ReadFolder(path), ReferenceData.Shipped);
        var code = DiagnosticText.Print(result.Diagnostics, Console.Error);
        if (parsed.GetValue(_output) is { } folder) WriteTo(folder, result, parsed.GetValue(_force));
        else Console.Out.Write(string.Join("---\n", result.Analytics.Select(item => item.Text)));
        Console.Error.WriteLine($"{result.Analytics.Count} analytics, {result.Diagnostics.Count} remarks.");
        return code;
    }

    // All or none: what is there already is told before anything is written.
    private static void WriteTo(string folder, SigmaImportResult result, bool force)
    {
        (string Path, string Text)[] files = [.. result.Analytics.Select(item => (Path.Combine(folder, item.Folder, FileName), item.Text))];
        if (!force && files.Select(file => file.Path).FirstOrDefault(File.Exists) is { } there) throw new UsageException($"{there} is there already. --force overwrites it.");
        foreach (var (path, text) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
            Console.Error.WriteLine($"written: {path.Replace('\\', '/')}");
        }
    }
}
