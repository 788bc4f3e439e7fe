using System.CommandLine;
using Nightjar.Cli.Terminal;
using Spectre.Console;

namespace Nightjar.Cli.Commands;

/// <summary>The options that every command takes.</summary>
internal sealed class GlobalOptions
{
    private readonly Option<bool> _json = new("--json") { Description = "Write the result as JSON.", Recursive = true };
    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "Say nothing but the result.", Recursive = true };
    private readonly Option<bool> _noColor = new("--no-color") { Description = "Write without colours; NO_COLOR does the same.", Recursive = true };

    public GlobalOptions(Command root)
    {
        root.Options.Add(_json);
        root.Options.Add(_quiet);
        root.Options.Add(_noColor);
    }

    public bool IsJson(ParseResult parsed) => parsed.GetValue(_json);

    public bool IsQuiet(ParseResult parsed) => parsed.GetValue(_quiet);

    /// <summary>Where a command draws its result: colours and boxes on a terminal, plain text elsewhere.</summary>
    public IAnsiConsole Output(ParseResult parsed) => Create(Console.Out, Console.IsOutputRedirected, !parsed.GetValue(_noColor));

    private static IAnsiConsole Create(TextWriter writer, bool isRedirected, bool wantsColor) =>
        ReportConsole.Create(writer, wantsColor && !isRedirected && !IsPlainTerminal, isRedirected ? ReportConsole.DefaultWidth : Width());

    private static bool IsPlainTerminal =>
        Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 } || Environment.GetEnvironmentVariable("TERM") is null or "dumb";

    private static int Width()
    {
        try
        {
            return Console.WindowWidth > 0 ? Console.WindowWidth : ReportConsole.DefaultWidth;
        }
        catch (IOException)
        {
            return ReportConsole.DefaultWidth;
        }
    }
}
