using Nightjar.Cli;
using Xunit;

namespace Nightjar.Tests.Cli;

/// <summary>Runs the program through its own entry. The console is shared, so one runs at a time.</summary>
internal static class ProgramRun
{
    private static readonly Lock Console = new();

    /// <summary>The exit code, and what was written to standard output.</summary>
    public static (int Code, string Text) Of(params string[] args)
    {
        lock (Console)
        {
            var (output, error) = (System.Console.Out, System.Console.Error);
            using var text = new StringWriter();
            try
            {
                System.Console.SetOut(text);
                System.Console.SetError(TextWriter.Null);
                return (Program.Main(args), text.ToString());
            }
            finally
            {
                System.Console.SetOut(output);
                System.Console.SetError(error);
            }
        }
    }
}

/// <summary>Tests that run the program take the console of the whole process for it, so nothing else may run beside them: libraries write there too.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TheConsole
{
    public const string Name = "The console";
}
