using Nightjar.Findings;
using Nightjar.Sinks;
using Nightjar.Sinks.Plain;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Nightjar.Cli.Terminal;

/// <summary>What <c>scan</c> prints: the sentence first, then findings, what could not be checked, and files.</summary>
/// <remarks>Nothing is cut off: long texts go on in the next line. Words say what colours repeat.</remarks>
internal static class TerminalReport
{
    private const int RoomForColumns = 110;

    /// <summary>Prints the report.</summary>
    /// <param name="result">What was found.</param>
    /// <param name="console">Where to; see <see cref="ReportConsole"/>.</param>
    public static void Write(RunResult result, IAnsiConsole console)
    {
        var findings = result.Findings.Order(ReportOrder.ByGravity).ToList();
        WriteLead(console, result, findings);
        FindingsTable.Write(console, findings);
        UncheckedTable.Write(console, result.Summary);
        FilesTable.Write(console, result.Summary);
        FilesTable.WriteJoins(console, result.Summary);
    }

    /// <summary>True where a table of many columns is easier to read than facts one below the other.</summary>
    internal static bool IsWide(IAnsiConsole console) => console.Profile.Width >= RoomForColumns;

    /// <summary>A text of any origin: made visible, and never read as markup.</summary>
    internal static Text Cell(string text, Style? style = null) => new(VisibleText.Of(text), style ?? Style.Plain);

    /// <summary>Several lines in a cell.</summary>
    internal static IRenderable Cells(params IEnumerable<IRenderable> lines) => new Rows(lines);

    /// <summary>A heading with a free line before it.</summary>
    internal static void Heading(IAnsiConsole console, string text)
    {
        console.WriteLine();
        Line(console, text, Bold);
    }

    /// <summary>A paragraph.</summary>
    internal static void Line(IAnsiConsole console, string text, Style? style = null)
    {
        console.Write(Cell(text, style));
        console.WriteLine();
    }

    /// <summary>A table without frames, as wide as the console.</summary>
    internal static Table OpenTable(params IEnumerable<string> heads)
    {
        var table = new Table { Border = TableBorder.Simple, Expand = true, UseSafeBorder = true };
        foreach (var head in heads) table.AddColumn(new TableColumn(Cell(head, Dim)) { Padding = new Padding(0, 0, 2, 0) });
        return table;
    }

    internal static Style Bold { get; } = new(decoration: Decoration.Bold);

    internal static Style Dim { get; } = new(decoration: Decoration.Dim);

    /// <summary>The colour of a severity, beside its word.</summary>
    internal static Style Of(Severity severity) => severity switch
    {
        Severity.Critical or Severity.High => new Style(Color.Red, decoration: Decoration.Bold),
        Severity.Medium => new Style(Color.Olive, decoration: Decoration.Bold),
        _ => Bold,
    };

    private static void WriteLead(IAnsiConsole console, RunResult result, List<Finding> findings)
    {
        Line(console, RunSentence.Found(result), findings.Count > 0 ? Of(findings[0].Severity) : Bold);
        if (findings.Count > 0) Line(console, "The gravest: " + findings[0].Title);
        foreach (var sentence in RunSentence.Policy(result.Summary)) Line(console, sentence);
        Line(console, RunSentence.Unchecked(result.Summary));
        Line(console, RunSentence.Files(result.Summary));
        if (RunSentence.Baseline(result.Summary) is { } baseline) Line(console, baseline);
        if (RunSentence.Span(result.Summary) is { } span) Line(console, $"{SinkWords.Count(result.Summary.Events, "event")}, {span}.");
    }
}
