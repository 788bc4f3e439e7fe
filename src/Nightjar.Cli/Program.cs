using System.CommandLine;
using System.CommandLine.Help;
using Nightjar.Cli.Commands;

namespace Nightjar.Cli;

/// <summary>The nightjar command: reads the command line, calls a command, turns its outcome into an exit code.</summary>
internal static class Program
{
    public static int Main(string[] args)
    {
        using var interruption = new Interruption();
        // Named as people call it; a root command would bear the name of the assembly.
        var root = new Command("nightjar", "Nightjar reads what a mobile device tells, says what it means, and shows why.") { new HelpOption(), new VersionOption() };
        var settings = new GlobalOptions(root);
        root.Subcommands.Add(ScanCommand.Create(settings, interruption.Token));
        root.Subcommands.Add(AnalyticsCommand.Create(settings, interruption.Token));
        root.Subcommands.Add(ExplainCommand.Create(settings));
        root.Subcommands.Add(PlaybookCommand.Create());
        root.Subcommands.Add(ConvertCommand.Create());
        root.Subcommands.Add(BaselineCommand.Create(settings, interruption.Token));
        root.Subcommands.Add(InventoryCommand.Create(settings, interruption.Token));
        root.Subcommands.Add(PolicyCommand.Create(settings, interruption.Token));
        root.Subcommands.Add(CoverageCommand.Create(settings, interruption.Token));
        root.Subcommands.Add(EvidenceCommand.Create(settings, interruption.Token));
        root.Subcommands.Add(WhyNotCommand.Create(settings, interruption.Token));
        root.Subcommands.Add(SourcesCommand.Create(settings));
        root.Subcommands.Add(AttackCommand.Create(settings));
        root.Subcommands.Add(SimulateCommand.Create(settings, interruption.Token));
        return Run(root, args, interruption);
    }

    private static int Run(Command root, string[] args, Interruption interruption)
    {
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors) Console.Error.WriteLine($"nightjar: {error.Message}");
            Console.Error.WriteLine("Try: nightjar --help, or nightjar COMMAND --help.");
            return ExitCode.Usage;
        }
        try
        {
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            Console.Error.WriteLine("nightjar: interrupted. What was written before is whole; what was under way is not there.");
            return ExitCode.Interrupted;
        }
        catch (UsageException e)
        {
            Console.Error.WriteLine($"nightjar: {e.Message}");
            return ExitCode.Usage;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"nightjar: {e.Message}");
            return ExitCode.Unreadable;
        }
    }
}

/// <summary>The exit codes of the contract, §3.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>Findings at or above <c>--fail-on</c>, or a scenario failed.</summary>
    public const int Found = 1;

    /// <summary>Analytics or policy have mistakes.</summary>
    public const int Mistakes = 2;

    public const int Usage = 3;

    /// <summary>An input could not be read at all; the others were.</summary>
    public const int Unreadable = 4;

    public const int Interrupted = 130;
}

/// <summary>The user asked for something that cannot be meant.</summary>
internal sealed class UsageException(string message) : Exception(message);
