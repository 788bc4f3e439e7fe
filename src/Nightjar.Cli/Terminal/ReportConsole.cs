using Spectre.Console;

namespace Nightjar.Cli.Terminal;

/// <summary>The console that reports are drawn on: with colour for a terminal that wants it, else plain text of a fixed width.</summary>
internal static class ReportConsole
{
    /// <summary>Columns when nobody tells how many there are, as in a pipe.</summary>
    public const int DefaultWidth = 80;

    /// <summary>Makes the console.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="color">False for a pipe, <c>--no-color</c>, <c>NO_COLOR</c> or <c>TERM=dumb</c>: then no escape is written at all.</param>
    /// <param name="width">Columns; at least 40 are assumed.</param>
    public static IAnsiConsole Create(TextWriter output, bool color, int width = DefaultWidth)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = color ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = color ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new FixedOutput(output, Math.Max(40, width)),
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        console.Profile.Capabilities.Links = false;
        return console;
    }

    // Spectre would ask the terminal, which is another one when the output is a pipe.
    private sealed class FixedOutput(TextWriter writer, int width) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => false;

        public int Width => width;

        public int Height => 25;

        public void SetEncoding(System.Text.Encoding encoding)
        {
        }
    }
}
