using Spectre.Console;

namespace Nightjar.Cli.Terminal;

/// <summary>Facts one below the other: a short name, and what is to be said of it, which wraps beside the name and not below it.</summary>
internal static class FactsTable
{
    private const int Indent = 2;
    private const int WidestName = 40;

    /// <summary>Writes them; nothing when there are none.</summary>
    public static void Write(IAnsiConsole console, IEnumerable<(string Name, string Text)> facts)
    {
        var all = facts.ToList();
        if (all.Count == 0) return;
        var width = all.Max(fact => Math.Min(WidestName, fact.Name.Length));
        var grid = new Grid { Expand = false };
        grid.AddColumn(new GridColumn { Padding = new Padding(Indent, 0, 2, 0), Width = width });
        grid.AddColumn(new GridColumn { Padding = new Padding(0, 0, 0, 0) });
        foreach (var (name, text) in all) grid.AddRow(TerminalReport.Cell(name), TerminalReport.Cell(text));
        console.Write(grid);
    }
}
