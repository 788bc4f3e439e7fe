using System.CommandLine;
using System.CommandLine.Help;
using Nightjar.Cli.Commands;

namespace Nightjar.Cli;

/// <summary>The nightjar command: reads the command line, calls a command, turns its outcome into an exit code.</summary>
internal static class Program
{
    internal static readonly Dictionary<string, Func<GlobalOptions, CancellationToken, Command>> Commands = new(StringComparer.Ordinal)
    {
        ["scan"] = ScanCommand.Create,
        ["analytics"] = AnalyticsCommand.Create,
        ["explain"] = (settings, _) => ExplainCommand.Create(settings),
        ["playbook"] = (_, _) => PlaybookCommand.Create(),
        ["convert"] = (_, _) => ConvertCommand.Create(),
        ["baseline"] = BaselineCommand.Create,
        ["inventory"] = InventoryCommand.Create,
        ["policy"] = PolicyCommand.Create,
        ["coverage"] = CoverageCommand.Create,
        ["evidence"] = EvidenceCommand.Create,
        ["why-not"] = WhyNotCommand.Create,
        ["sources"] = (settings, _) => SourcesCommand.Create(settings),
        ["attack"] = (settings, _) => AttackCommand.Create(settings),
        ["simulate"] = SimulateCommand.Create,
    };

    public static int Main(string[] args)
    {
        using var interruption = new Interruption();
        // Named as people call it; a root command would bear the name of the assembly.
        var root = new Command("nightjar", "Nightjar reads what a mobile device tells, says what it means, and shows why.") { new HelpOption(), new VersionOption() };
        var settings = new GlobalOptions(root);
        foreach (var create in Called(args)) root.Subcommands.Add(create(settings, interruption.Token));
        return Run(root, args, interruption);
    }

    // Making a command takes milliseconds, for what it offers by name: only the one that is called is made, where the first word calls one.
    private static Func<GlobalOptions, CancellationToken, Command>[] Called(string[] args) =>
        args.Length > 0 && Commands.TryGetValue(args[0], out var called) ? [called] : [.. Commands.Values];

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
